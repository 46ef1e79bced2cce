"""All false statements."""

from __future__ import annotations

from . import (
    false_bounds,
    false_coordinates,
    false_domains,
    false_others,
    false_runs,
    false_steps,
    false_totals,
)

FALSE = (
    *false_domains.FALSE,
    *false_coordinates.FALSE,
    *false_bounds.FALSE,
    *false_steps.FALSE,
    *false_totals.FALSE,
    *false_runs.FALSE,
    *false_others.FALSE,
)
