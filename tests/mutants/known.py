"""Changes of the press that no test can notice, or need not, each with the reason: looked at by
hand."""

from __future__ import annotations

# The program says the same as before, for every input that its callers can give it.
EQUIVALENT: dict[str, str] = {}

# No answer becomes wrong; the press tries more or less, or tells less.
HARMLESS: dict[str, str] = {}
