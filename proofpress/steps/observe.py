"""Watches what a process reads: files below the report, and whose packages it uses.

Place in the chain: started by the worker before a step's first line, and by the same name in
every Python process that the step starts (`observed/sitecustomize.py`), the notebook's kernel
among them. What is written here is believed more than what a step declares.
"""

from __future__ import annotations

import os
import sys

LOG = "PROOFPRESS_READS"
ROOT = "PROOFPRESS_ROOT"

_seen: set[str] = set()


def start(root: str, log: str) -> None:
    """Notes each first reading of a file below `root`, or of a package, in the file `log`.

    A line is "file PATH", relative to root, or "package MODULE". Lines are written at once,
    so that a process that is killed has still told what it read.
    """
    from proofpress.steps.packages import site_packages

    inside = os.path.realpath(root) + os.sep
    packages = site_packages() + os.sep
    left_out = tuple(inside + name + os.sep for name in (".venv", ".git", "output/.steps"))
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(line: str) -> None:
        if line not in _seen:
            _seen.add(line)
            os.write(handle, (line + "\n").encode("utf-8", "surrogateescape"))

    def hook(event: str, details: tuple) -> None:
        if event != "open" or not isinstance(details[0], str | bytes | os.PathLike):
            return
        mode, flags = details[1], details[2]
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (
            mode is None and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        ):
            return
        path = os.path.abspath(os.fsdecode(details[0]))
        if path.startswith(packages):
            note("package " + path[len(packages) :].split(os.sep)[0].removesuffix(".py"))
        elif path.startswith(inside) and not path.startswith(left_out) and not _compiled(path):
            note("file " + path[len(inside) :].replace(os.sep, "/"))

    sys.addaudithook(hook)


def _compiled(path: str) -> bool:
    return f"{os.sep}__pycache__{os.sep}" in path


def modules(root: str) -> set[str]:
    """The source files below `root` of all modules that this process has imported."""
    inside = os.path.realpath(root) + os.sep
    found = set()
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and path.startswith(inside) and not path.startswith(inside + ".venv" + os.sep):
            found.add(path[len(inside) :].replace(os.sep, "/"))
    return found


def read_log(log: str) -> tuple[set[str], set[str]]:
    """The files and the packages' top-level modules that a log names."""
    files: set[str] = set()
    packages: set[str] = set()
    try:
        with open(log, encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                kind, _, name = line.rstrip("\n").partition(" ")
                (files if kind == "file" else packages).add(name)
    except FileNotFoundError:
        pass
    return files, packages
