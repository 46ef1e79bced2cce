"""Python's own files of bytecode, written whole or not at all.

Place in the chain: before the press imports itself. On a full disk the import system of Python,
up to 3.13 at least, puts a file in place that was cut short, and every later start ends with an
EOFError.
"""

from __future__ import annotations

import os

# That of importlib.machinery, whose import takes longer than the rest of what comes first.
from _frozen_importlib_external import SourceFileLoader


def write_whole() -> None:
    """Keep from now on no bytecode that could not be written to its end."""
    SourceFileLoader.set_data = _set_data  # type: ignore[method-assign, assignment]


def _set_data(loader: SourceFileLoader, path: str, data: bytes, *, _mode: int = 0o666) -> None:
    """As the import system calls it: a file that cannot be kept is no fault."""
    new = f"{path}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(new, "wb", opener=lambda name, flags: os.open(name, flags, _mode)) as file:
            file.write(data)
        os.replace(new, path)
    except OSError:
        if os.path.exists(new):
            os.unlink(new)
