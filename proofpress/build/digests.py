"""What the build knows of files, as short digests: contents, meaning, names, presence.

Place in the chain: what decides whether a step is up to date. Times never decide: a file's
status only tells whether a digest taken earlier can be reused.
"""

from __future__ import annotations

import marshal
import os
import time

# hashlib offers the same function, but loads all of OpenSSL with it.
from _blake2 import blake2b
from _thread import allocate_lock

from proofpress.build import sealed
from proofpress.build.glance import state

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ast import AST
    from collections.abc import Callable, Iterable
    from typing import Any

ABSENT = "absent"
# A file changed again within this time of being read could keep its status, because file
# systems count time in ticks; its digest is not remembered. Seconds.
SETTLED = 0.05
# compile() then returns the syntax tree; the module ast, which names this number, is slow to load.
_ONLY_THE_TREE = 0x400
# Python before 3.11.5 counts the depth of all threads' trees together, and then raises SystemError.
_ALONE = allocate_lock()
KINDS = ("bytes", "code", "lines", "names", "presence")


def parsed(source: bytes | str) -> AST:
    """Return the syntax tree of a source, in any thread. Raises as compile() does."""
    with _ALONE:
        return compile(source, "", "exec", _ONLY_THE_TREE, dont_inherit=True)


def digest(data: bytes) -> str:
    """Return a digest of 20 bytes, as 40 hexadecimal digits.

    >>> len(digest(b""))
    40
    """
    return blake2b(data, digest_size=20).hexdigest()


def meaning(data: bytes, lines: bool = False) -> str:
    """Return the digest of what Python source means: comments and layout do not enter.

    With `lines` the lines on which it stands enter as well. What is not valid Python counts by
    its bytes.

    >>> meaning(b"x = 1  # one") == meaning(b"\\nx = (1)") != meaning(b"x = 1.0")
    True
    >>> meaning(b"x = 1  # one", lines=True) == meaning(b"\\nx = 1", lines=True)
    False
    """
    parts: list[str] = []
    try:
        tree = parsed(data)
        _write(tree, parts.append, lines)
    except (SyntaxError, ValueError, RecursionError):
        return digest(data)
    return digest("".join(parts).encode("utf-8", "surrogatepass"))


def _write(node: Any, add: Callable[[str], None], lines: bool) -> None:
    """Write a syntax tree with the lines of its nodes, or without any place."""
    if isinstance(node, list):
        add("[")
        for inner in node:
            _write(inner, add, lines)
        add("]")
    elif (fields := getattr(node, "_fields", None)) is not None:
        add(type(node).__name__ + "(")
        for field in fields:
            _write(getattr(node, field, None), add, lines)
        if lines:
            add(f"@{getattr(node, 'lineno', '')}")
        add(")")
    else:
        add(repr(node) + ",")


def names(path: str) -> list[str] | None:
    """Return the sorted names in a folder, without hidden ones and bytecode; None when there is
    none.

    >>> names("no such folder") is None
    True
    """
    try:
        found = os.listdir(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return sorted(name for name in found if not name.startswith(".") and name != "__pycache__")


def fresh(kind: str, full: str) -> tuple[str, bool]:
    """Return a digest taken now, and whether the file's status can tell a later change.

    `kind` is "bytes", "code" (what Python source means), "lines" (that, and on which lines),
    "names" (of what is in a folder), or "presence".
    """
    key = state(full)
    if key is None:
        return ABSENT, True
    if kind == "presence":
        return "present", True
    if kind == "names":
        listed = names(full)
        taken, size = ABSENT if listed is None else digest("\0".join(listed).encode()), key[0]
    else:
        with open(full, "rb") as file:
            data = file.read()
        whole = kind == "bytes" or not full.endswith(".py")
        taken = digest(data) if whole else meaning(data, kind == "lines")
        size = len(data)
    settled = time.time() - max(key[1], key[2]) / 1e9 > SETTLED
    return taken, settled and size == key[0] and state(full) == key


class Digests:
    """Digests of files below `root`, remembered in `cache` while a file's status stands.

    An absolute path stands for itself. A file is looked at once; `forget` what changes. `tell`
    hears of a cache that was damaged.
    """

    def __init__(self, root: str, cache: str, tell: Callable[[str], object]) -> None:
        self.root = root
        self._cache = cache
        self._changed = False
        # By kind and path: the state under which the digest was taken, and the digest. The state
        # is () when it could not tell a later change.
        self.seen: dict[tuple[str, str], tuple[tuple | None, str]] = {}
        self._modules: dict[str, dict[str, list[str]]] = {}
        kept = sealed.read(cache, tell)
        self._known: dict[tuple[str, str], tuple[tuple, str]] = (
            {} if kept is None else marshal.loads(kept)
        )

    def of(self, path: str) -> str:
        """Return the digest of a file's bytes, of all files below a folder, or "absent"."""
        return self.take("bytes", path)

    def take(self, kind: str, path: str) -> str:
        """Return the digest of the given kind (see `fresh`), or "absent"."""
        found = self.seen.get((kind, path))
        if found is not None:
            return found[1]
        full = os.path.join(self.root, path)
        if kind == "bytes" and os.path.isdir(full):
            return self._folder(path, full)
        key = state(full)
        entry = self._known.get((kind, path))
        if entry is not None and entry[0] == key:
            self.seen[kind, path] = entry
            return entry[1]
        taken, settled = fresh(kind, full)
        self.seen[kind, path] = (key if settled else (), taken)
        if settled and key is not None:
            self._known[kind, path] = (key, taken)
            self._changed = True
        return taken

    def _folder(self, path: str, full: str) -> str:
        self.take("names", path)
        top = path.rstrip("/")
        listed = [f"{name}\0{self.of(f'{top}/{name}')}" for name in names(full) or ()]
        return digest("\n".join(listed).encode())

    def modules(self, folder: str) -> dict[str, list[str]]:
        """Return the files and packages of a folder that can be imported, by the name that does
        it."""
        self.take("names", folder)
        if folder not in self._modules:
            found = self._modules[folder] = {}
            for name in names(os.path.join(self.root, folder)) or ():
                stem, _, suffix = name.partition(".")
                within = os.path.join(self.root, folder, name, "__init__.py")
                package = not suffix and os.path.exists(within)
                if package or name.endswith((".py", ".so", ".pyd")):
                    found.setdefault(stem, []).append(name)
        return self._modules[folder]

    def forget(self, paths: Iterable[str]) -> None:
        """Look again at these files, and at what is below these folders, when asked next."""
        for path in paths:
            above = os.path.dirname(path.rstrip("/")) or "."
            gone = [("names", above), *((kind, path.rstrip("/")) for kind in KINDS)]
            if path.endswith("/"):
                gone += [key for key in self.seen if key[1].startswith(path)]
            for key in gone:
                self.seen.pop(key, None)
            self._modules.pop(above, None)

    def moved(self, scratch: str, outputs: Iterable[str]) -> None:
        """Take outputs that were renamed out of `scratch` for what they were there.

        Renaming changes a file's status, so a caller that has to be sure digests them again.
        """
        self.forget(outputs)
        inside = scratch + "/"
        for kind, path in [key for key in self.seen if key[1].startswith(inside)]:
            _, taken = self.seen.pop((kind, path))
            self._known.pop((kind, path), None)
            self.seen[kind, path.removeprefix(inside)] = ((), taken)

    def save(self) -> None:
        """Write what was learnt, for the next build."""
        if not self._changed:
            return
        os.makedirs(os.path.dirname(self._cache), exist_ok=True)
        sealed.write(self._cache, marshal.dumps(self._known))
        self._changed = False
