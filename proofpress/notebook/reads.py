"""What each cell was the first to read, as facts that can be checked and told again.

Place in the chain: between the log that a kernel's watch writes (`steps.observe`) and `resume`.
A kernel tells each fact once, so what a cell depends on is what it and the cells before it told.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proofpress.build import mentioned
from proofpress.build.decide import found_modules, variable
from proofpress.build.digests import Digests, fresh
from proofpress.build.glance import state
from proofpress.build.inside import damaged
from proofpress.build.reads import Reads
from proofpress.build.zone import Zone

# The press's own modules: the key of what `past` keeps speaks for those that matter.
PRESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Log:
    """A kernel's log of reads, taken cell by cell."""

    def __init__(self, folder: Path, root: str) -> None:
        self.path = folder / "reads"
        self.path.touch()
        self._part = folder / "reads.part"
        self._own = str(folder.resolve()) + os.sep
        self._root, self._zone = root, Zone(root)
        self._digests = Digests(root, str(folder / "reads.digests"), damaged)
        self._modules: set[str] = set()
        self._taken = 0
        self._began = os.stat(self.path).st_mtime_ns

    def take(self, source: str = "", at: str = "") -> dict[str, Any]:
        """Return the facts since the last call, each file with its digest at this moment.

        `source` is the cell that has run in the folder `at`: files that it names count, too, if
        they stood there before the run; a library may have read them unseen.
        """
        with open(self.path, "rb") as file:
            file.seek(self._taken)
            whole = file.read().rpartition(b"\n")[0]
        self._taken += len(whole) + (1 if whole else 0)
        self._part.write_bytes(whole)
        reads = Reads(str(self._part))
        taken: dict[str, dict[str, str]] = {}
        disturbed = []
        # A snapshot looks at the source of each module, which no cell has read.
        self._modules |= reads.code.keys()
        for path, known in reads.bytes.items():
            if path not in self._modules and self._counts(path, known):
                taken.setdefault("bytes", {})[path] = self._now("bytes", path)
                if state(os.path.join(self._root, path)) != known:
                    disturbed.append(path)
        for path, known in reads.named.items():
            # A file that its program wrote is in another state than before.
            if self._counts(path, known) and state(os.path.join(self._root, path)) == known:
                taken.setdefault("bytes", {})[path] = self._now("bytes", path)
        for full in mentioned.files(source, at):
            place = self._zone.place(full)
            known = state(full)
            if place and known and known[2] < self._began and self._counts(place, known):
                taken.setdefault("bytes", {}).setdefault(place, self._now("bytes", place))
        for path, imported in reads.code.items():
            if self._now("bytes", path) != imported:
                disturbed.append(path)
            kind = "lines" if path in reads.lines else "code"
            taken.setdefault(kind, {})[path] = self._now(kind, path)
        for kind, paths in (("names", reads.names), ("presence", reads.presence)):
            for path in sorted(paths):
                if not _is_temporary(path) and not self._is_own(path):
                    taken.setdefault(kind, {})[path] = self._now(kind, path)
        imports = {
            folder: [sorted(names), found_modules(folder, names, self._digests)]
            for folder, names in reads.imports.items()
            if not self._is_own(folder + os.sep)
        }
        return {
            "reads": taken,
            "disturbed": disturbed,
            "imports": imports,
            "packages": sorted(reads.packages),
            "optional": sorted(reads.optional),
            "variables": {name: variable(name) for name in sorted(reads.variables)},
        }

    def _now(self, kind: str, path: str) -> str:
        return fresh(kind, os.path.join(self._root, path))[0]

    def _is_own(self, path: str) -> bool:
        return os.path.join(os.path.realpath(self._root), path).startswith(self._own)

    def _counts(self, path: str, known: tuple | None) -> bool:
        """Return whether a file was there before the run, and is not the kernel's own."""
        if self._is_own(path):
            return False
        if not os.path.isabs(path):
            return True
        if known is None:
            return not _is_temporary(path)
        return known[2] < self._began and os.path.exists(path)


def difference(facts: dict[str, Any], digests: Digests) -> str | None:
    """Return the first file that is not as it was, or None."""
    for path in facts["disturbed"]:
        if _is_press(path, digests.root):
            continue
        return f"{path} was edited while the notebook ran"
    for kind, listed in facts["reads"].items():
        for path, taken in listed.items():
            # A style of the press counts as any file does.
            if _is_press(path, digests.root) and (kind != "bytes" or path.endswith(".py")):
                continue
            if digests.take(kind, path) != taken:
                return f"{path} changed"
    for name, taken in facts["variables"].items():
        if variable(name) != taken:
            return f"${name} changed"
    for folder, (sought, found) in facts["imports"].items():
        if _is_press(folder, digests.root):
            continue
        for name in sorted(set(found) ^ set(found_modules(folder, sought, digests))):
            return f"{name} is {'gone' if name in found else 'new'}"
    return None


def retold(facts: dict[str, Any], root: str) -> Iterator[str]:
    """Yield the facts as lines of a log, for the log of a build whose step did not read again."""
    for kind, listed in facts["reads"].items():
        for path in listed:
            full = os.path.join(root, path)
            if kind == "bytes":
                yield _line(kind, path, repr(state(full)))
                continue
            if kind in ("code", "lines"):
                yield _line("code", path, fresh("bytes", full)[0])
            if kind != "code":
                yield _line(kind, path)
    for folder, (sought, _) in facts["imports"].items():
        for name in sought:
            yield _line("import", folder, name)
    told = {"package": "packages", "optional": "optional", "variable": "variables"}
    for kind, listed in told.items():
        for name in facts[listed]:
            yield _line(kind, name)


def _line(*parts: str) -> str:
    return "\t".join(part.encode("unicode_escape").decode() for part in parts) + "\n"


def _is_press(path: str, root: str) -> bool:
    full = os.path.abspath(os.path.join(root, path))
    return full == PRESS or full.startswith(PRESS + os.sep)


def _is_temporary(path: str) -> bool:
    return os.path.isabs(path) and path.startswith(os.path.realpath(tempfile.gettempdir()))
