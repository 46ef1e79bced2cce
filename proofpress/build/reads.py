"""What the log of a process tells: all that it read, in the form in which a record wants it.

Place in the chain: observation -> **here** -> record. The lines are described in observe.py.
"""

from __future__ import annotations


class Reads:
    """What a log tells: states by file, digests by module, names sought by folder, and so on."""

    def __init__(self, log: str) -> None:
        self.bytes: dict[str, tuple | None] = {}
        self.code: dict[str, str] = {}
        self.lines: set[str] = set()
        self.names: set[str] = set()
        self.presence: set[str] = set()
        self.imports: dict[str, set[str]] = {}
        self.packages: set[str] = set()
        self.optional: set[str] = set()
        self.named: dict[str, tuple | None] = {}
        self.variables: set[str] = set()
        wrote: set[str] = set()
        listed = {
            "lines": self.lines,
            "names": self.names,
            "presence": self.presence,
            "package": self.packages,
            "optional": self.optional,
            "variable": self.variables,
            "wrote": wrote,
        }
        for kind, first, *rest in _facts(log):
            match kind:
                case "bytes" | "named":
                    told = rest[0].strip("()")
                    known = tuple(map(int, told.split(","))) if told != "None" else None
                    (self.bytes if kind == "bytes" else self.named).setdefault(first, known)
                case "code":
                    self.code.setdefault(first, rest[0])
                case "import":
                    self.imports.setdefault(first, set()).add(rest[0])
                case _:
                    listed[kind].add(first)
        # What a step has written itself is not its input; what was read needs no other mention.
        for path in wrote:
            self.bytes.pop(path, None)
        self.presence -= self.bytes.keys() | self.code.keys() | wrote | self.names


def _facts(log: str) -> list[list[str]]:
    """Return the fields of each line; none where there is no log."""
    try:
        with open(log, "rb") as file:
            text = file.read().decode("ascii")
    except FileNotFoundError:
        return []
    return [[_plain(part) for part in line.split("\t")] for line in text.splitlines()]


def _plain(part: str) -> str:
    """Return a field as it was before it was written on one line."""
    return part.encode().decode("unicode_escape") if "\\" in part else part
