"""The names of the files that an author writes, for messages; nothing is opened by them.

Place in the chain: any room -> **here** -> message. `report/` alone knows where the files are.
"""

from __future__ import annotations

SETTINGS = "report.toml"
PIPELINE = "build.py"


def setting(*keys: str, otherwise: str = "") -> str:
    """Return the place of a setting for an error that is raised below `report/`.

    Of the dotted keys the first that is set is meant, else the place `otherwise`. Before the error
    is printed, the setting's line takes the place of its key (`faults.written`).

    >>> setting("letters.grid.n"), setting("letters.grid", otherwise="derivations/a.py:3")
    ('report.toml [letters.grid.n]', 'report.toml [letters.grid] or derivations/a.py:3')
    """
    named = " ".join(f"[{key}]" for key in keys)
    return f"{SETTINGS} {named}" + (f" or {otherwise}" if otherwise else "")
