"""Which files count as inputs of a report, and under which name.

Place in the chain: observation -> **here** -> record. Whatever stands below the report counts
under its relative name. A file elsewhere counts under its absolute one, unless it belongs to
Python, to an installed package (its version speaks for it), to the system, or to a cache.
"""

from __future__ import annotations

import os
import site
import sys

# Rooms of the press that only run the build. What they do to a step is not part of its result.
MACHINERY = ("build", "cli", "report")
_PRESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# The folder, in that of a report's outputs, of all that a build keeps for the next.
STATE = ".steps"
_LEFT_OUT = (".venv/", ".git/")
# The system's own folders change with the system only, and no report is told by them.
_SYSTEM: tuple[str, ...] = ("/proc", "/sys", "/dev", "/run", "/etc", "/usr", "/lib", "/lib64")
_SYSTEM += ("/bin", "/sbin", "/var", "/private/var", "/System", "/Library")


def site_packages() -> str:
    """Return the folder where this environment's packages stand."""
    # What sysconfig calls "purelib", whose import takes longer than most walks. Windows lists the
    # environment's own folder before it, Debian lists its dist-packages after it.
    listed = site.getsitepackages()
    named = [folder for folder in listed if os.path.basename(folder) == "site-packages"]
    return (named or listed)[0]


class Zone:
    """What counts for the report below `root`."""

    def __init__(self, root: str) -> None:
        # A path can be told with the links that lead to the report, or without them.
        self._inside = tuple({os.path.realpath(root) + os.sep, os.path.abspath(root) + os.sep})
        self._packages = site_packages() + os.sep
        home = os.path.expanduser("~")
        caches = (os.environ.get("XDG_CACHE_HOME"), f"{home}/.cache", f"{home}/Library/Caches")
        windows = (os.environ.get("SYSTEMROOT"), os.environ.get("PROGRAMFILES"))
        python = (sys.prefix, sys.base_prefix, os.path.dirname(os.__file__))
        quiet = (*_SYSTEM, *python, *filter(None, (*caches, *windows)))
        self._quiet = tuple(folder.rstrip(os.sep) + os.sep for folder in quiet)
        rooms = (self.place(os.path.join(_PRESS, room)) for room in MACHINERY)
        self._machinery = tuple(f"{room}/" for room in rooms if room)

    def place(self, path: str) -> str | None:
        """Return the name under which a file or folder counts; None for one that does not.

        >>> Zone("/report").place("/report/data/a.csv"), Zone("/report").place("/usr/lib/a")
        ('data/a.csv', None)
        """
        try:
            full = os.path.abspath(path)
        except FileNotFoundError:  # the folder in which the process works is gone
            return None
        for inside in self._inside:
            if full.startswith(inside):
                name = full[len(inside) :].replace(os.sep, "/")
                kept = not {"__pycache__", STATE}.isdisjoint(name.split("/"))
                return None if kept or (name + "/").startswith(_LEFT_OUT) else name
            if full + os.sep == inside:
                return "."
        return None if (full + os.sep).startswith(self._quiet) else full

    def machinery(self, place: str) -> bool:
        """Return whether a place is in the press's own machinery: nothing there is an input of a
        step."""
        return bool(self._machinery) and (place + "/").startswith(self._machinery)

    def package(self, path: str) -> str | None:
        """Return the top-level name of the installed package that a file belongs to, if it does."""
        if not path.startswith(self._packages):
            return None
        first, _, rest = path[len(self._packages) :].partition(os.sep)
        if first.endswith(".dist-info"):
            return first.partition("-")[0]
        # The bytecode of a module that is a single file stands in a folder with all others'.
        return (rest if first == "__pycache__" else first).partition(".")[0]
