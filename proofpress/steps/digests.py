"""Contents of files as short digests, and of Python files the meaning instead of the bytes.

Place in the chain: what decides whether a step is up to date. Times never decide: a file's
status only tells whether a digest taken earlier can be reused.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from typing import Literal

from proofpress.steps.glance import state

ABSENT = "absent"
# A file changed again within this time of being read could keep its status, because file
# systems count time in ticks; its digest is not remembered. Seconds.
SETTLED = 0.05


def digest(data: bytes) -> str:
    """A digest of 20 bytes, as 40 hexadecimal digits.

    >>> len(digest(b""))
    40
    """
    return hashlib.blake2b(data, digest_size=20).hexdigest()


class Digests:
    """Digests of files below `root`, remembered in `cache` while a file's status stands."""

    def __init__(self, root: str, cache: str) -> None:
        self.root = root
        self._cache = cache
        self._changed = False
        # The state of each path under which its digest was taken; False when it was too fresh
        # to tell a later change by.
        self.states: dict[str, tuple | Literal[False] | None] = {}
        try:
            with open(cache, encoding="utf-8") as file:
                known = json.load(file)
        except (OSError, ValueError):
            known = {}
        self._known: dict[str, list] = known if isinstance(known, dict) else {}

    def of(self, path: str) -> str:
        """The digest of a file's bytes, of all files below a folder, or "absent"."""
        full = os.path.join(self.root, path)
        if os.path.isdir(full):
            inside = []
            for folder, _, files in os.walk(full):
                self.states[os.path.relpath(folder, self.root)] = state(folder)
                inside += [os.path.relpath(os.path.join(folder, name), full) for name in files]
            listed = [f"{name}\0{self.of(os.path.join(path, name))}" for name in sorted(inside)]
            return digest("\n".join(listed).encode())
        return self._remembered(path, full, "bytes", digest)

    def code(self, path: str) -> str:
        """The digest of what a Python file means: comments and layout do not enter.

        A file that is not Python, or not valid Python, counts by its bytes.
        """
        if not path.endswith(".py"):
            return self.of(path)
        return self._remembered(path, os.path.join(self.root, path), "code", _meaning)

    def save(self) -> None:
        """Writes what was learnt, for the next build."""
        if not self._changed:
            return
        os.makedirs(os.path.dirname(self._cache), exist_ok=True)
        fresh = f"{self._cache}.{os.getpid()}"
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump(self._known, file)
        os.replace(fresh, self._cache)
        self._changed = False

    def _remembered(self, path: str, full: str, kind: str, take: Callable[[bytes], str]) -> str:
        key = state(full)
        self.states[path] = key
        if key is None:
            return ABSENT
        entry = self._known.get(f"{kind}:{path}")
        if entry is not None and tuple(entry[:-1]) == key:
            return entry[-1]
        with open(full, "rb") as file:
            data = file.read()
        taken = take(data)
        newest = max(key[1], key[2]) / 1e9
        if time.time() - newest > SETTLED and len(data) == key[0]:
            self._known[f"{kind}:{path}"] = [*key, taken]
            self._changed = True
        else:
            self.states[path] = False
        return taken


def _meaning(data: bytes) -> str:
    import ast

    try:
        return digest(ast.dump(ast.parse(data)).encode())
    except (SyntaxError, ValueError):
        return digest(data)
