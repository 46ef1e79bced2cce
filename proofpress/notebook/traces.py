"""Tracebacks and warnings without the paths of the machine on which they arose.

Place in the chain: text of an output -> **the same on each machine** -> terminal.
"""

from __future__ import annotations

import os
import re

_FOLDER = r"(?:~|/|[A-Za-z]:\\)[^\s'\"<>|:]*?"
_PACKAGES = re.compile(rf"{_FOLDER}[\\/](?:site|dist)-packages[\\/]")
_LIBRARY = re.compile(rf"{_FOLDER}[\\/]lib[\\/]python3\.\d+[\\/]")


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
    return _LIBRARY.sub("", _PACKAGES.sub("", text))
