"""Results that are kept between builds, each under all that could make it another one.

Place in the chain: the one memory of every step. A result stands while the code of the press that
makes it (`press.py` finds it) and the parts that its maker states are the same. Entries are sealed:
a damaged one is told of, and made again.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from typing import Any

from proofpress.build import sealed
from proofpress.build.digests import digest
from proofpress.build.inside import damaged
from proofpress.build.press import code


class Memo:
    """Results below `folder`, a file each, made by the modules or rooms `makers` of the press.

    Results are made of what marshal writes: texts, numbers, tuples, lists, dictionaries, code. A
    part of a key can be anything whose repr tells it from others.
    """

    def __init__(self, folder: str | os.PathLike[str], *makers: str) -> None:
        self._folder, self._code = folder, code(*makers)

    def recall(self, name: str, parts: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """Return what `make` returned for these parts before, or returns now; it may depend on
        nothing else. What it raises, and None, is not kept."""
        found = self.find(name, *parts)
        if found is None:
            found = make()
            self.keep(name, found, *parts)
        return found

    def find(self, name: str, *parts: object) -> Any | None:
        """Return what is kept under a name, if it was kept for these parts."""
        key, _, value = (sealed.read(self._file(name), damaged) or b"").partition(b"\n")
        return marshal.loads(value) if key == self._key(parts) else None

    def keep(self, name: str, value: Any, *parts: object) -> None:
        """Keep a value for these parts, in place of what stood under its name."""
        file = self._file(name)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        sealed.write(file, self._key(parts) + b"\n" + marshal.dumps(value))

    def _key(self, parts: tuple[object, ...]) -> bytes:
        return digest(repr((self._code, parts)).encode()).encode()

    def _file(self, name: str) -> str:
        return os.path.join(self._folder, name)
