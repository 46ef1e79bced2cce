"""All true statements."""

from __future__ import annotations

from . import true_counts, true_others

TRUE = (*true_counts.TRUE, *true_others.TRUE)
