"""report.toml's settings, kept between builds while nothing that decides them has changed.

Place in the chain: command line -> **here** -> settings. To read and check them anew takes longer
than to look whether every step is up to date.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress

from proofpress.build import sealed
from proofpress.build.digests import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FILE = "output/.steps/settings"
_PRESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What reads and checks them; it has not been imported where kept ones are given.
_READERS = ("report/settings.py", "latex/characters.py", "faults/nearest.py")
CODE = tuple(os.path.join(_PRESS, name) for name in _READERS)


def given(root: str, rules: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the report in `root`, as JSON can hold them; see `settings.read`.

    Raises PressError for what is wrong with them.
    """
    key = _key(root, rules)
    path = os.path.join(root, FILE)
    kept = sealed.read(path)
    if kept is not None and key is not None:
        known, values = marshal.loads(kept)
        if known == key:
            return values
    from pathlib import Path

    from proofpress.report import settings

    values = settings.plain(settings.read(Path(root, "report.toml"), rules))
    # What cannot be kept, on a full disk for instance, is read again next time.
    with suppress(OSError, ValueError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        sealed.write(path, marshal.dumps((key, values)))
    return values


def _key(root: str, rules: Mapping[str, Any]) -> str | None:
    """A digest of all that decides the settings; None where a file of it cannot be read."""
    parts = [sys.version.encode(), repr(rules).encode()]
    try:
        for path in (os.path.join(root, "report.toml"), *CODE):
            with open(path, "rb") as file:
                parts.append(digest(file.read()).encode())
    except OSError:
        return None
    return digest(b"\0".join(parts))
