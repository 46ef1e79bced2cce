"""Tracebacks and warnings without the paths of the machine on which they arose.

Place in the chain: text of an output -> **the same on each machine** -> terminal.
"""

from __future__ import annotations

import os
import re

# Where a machine keeps its libraries, and what may be a path. Only at a line's start, or behind
# File, may one have spaces: elsewhere words before it would be taken for folders.
_KEPT = re.compile(r".*/(?:(?:site|dist)-packages|lib/python3\.\d+)/")
_PATHS = re.compile(r"(?:^(?:File )?|File \")~?/[^\n:\"]*|[^\s:\"'<>()]+", re.MULTILINE)


def shortened(text: str) -> str:
    """Return a text in which files of packages and of Python begin with the package's name, and
    those of the report with its folders.

    >>> shortened("File ~/x/.venv/lib/python3.11/site-packages/numpy/core.py:3")
    'File numpy/core.py:3'
    >>> shortened("File /usr/lib/python3.11/json/decoder.py:355, in decode")
    'File json/decoder.py:355, in decode'
    """
    for folder in {os.getcwd(), os.path.realpath(os.getcwd())}:
        home = os.path.expanduser("~")
        below = folder.removeprefix(home + os.sep)
        written = [folder + os.sep] + [f"~{os.sep}{below}{os.sep}"] * (below != folder)
        for start in written if below else ():
            text = text.replace(start, "")
    return _PATHS.sub(_without_folders, text.replace("\\", "/") if os.sep == "\\" else text)


def _without_folders(path: re.Match[str]) -> str:
    """Return a path without the folders above a library: they are the machine's."""
    before, slash, below = path[0].partition("/")
    kept = _KEPT.match(slash + below)
    return before.removesuffix("~") + (slash + below)[kept.end() :] if kept else path[0]
