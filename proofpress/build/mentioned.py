"""Files that a piece of Python names in its text, for libraries that open files by themselves.

Place in the chain: source -> **files that it names** -> record. h5py, polars or PyTorch may open a
file in C, where no hook of Python sees it. So whatever file the author's source names, and that
stood there before the step began, counts as read.
"""

from __future__ import annotations

import ast
import glob
import os
import re
from typing import TYPE_CHECKING

from proofpress.build.digests import parsed
from proofpress.build.glance import state

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 200  # characters of a path
_MAGIC = re.compile(r"^(\s*)[!%].*$", re.MULTILINE)
_QUOTED = re.compile(r"""'([^'\n]+)'|"([^"\n]+)\"""")


def files(source: str, folder: str) -> set[str]:
    """Return the paths of all files that a source names, as it is told from a folder.

    >>> {os.path.basename(path) for path in files("Path('..') / 'build' / 'step.py'",
    ...                                           os.path.dirname(__file__))}
    {'step.py'}
    """
    found = set()
    for name in set(names(source)):
        path = os.path.normpath(os.path.join(folder, name))
        listed = glob.glob(path) if glob.has_magic(name) else [path]
        found |= {one for one in listed if (known := state(one)) is not None and known[0] >= 0}
    return found


def names(source: str) -> Iterator[str]:
    """Yield the texts of a source that may name files; dots of an f-string become a pattern.

    >>> sorted(names('read(f"data/{n}.csv", os.path.join("a", "b.h5"))'))
    ['.csv', 'a', 'a/b.h5', 'b.h5', 'data/', 'data/*.csv']
    """
    try:
        tree = parsed(_MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError):  # a cell may hold a shell's lines
        texts = [one or other for one, other in _QUOTED.findall(source)]
    else:
        texts = [*filter(None, map(_text, ast.walk(tree)))]
    yield from (text for text in texts if len(text) <= _LONGEST and _is_name(text))


def _is_name(text: str) -> bool:
    """Return whether a text may be a path, and not a pattern for everything."""
    if "\n" in text or "\0" in text:
        return False
    return not glob.has_magic(text) or re.search(r"\w\w", text) is not None


def _text(node: ast.AST) -> str:
    """Return the text that a node stands for, as far as it is known; else ""."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "*" for part in parts)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _joined([left, right])
        case ast.Call(func=ast.Name(id="Path") | ast.Attribute(attr="Path" | "join"), args=parts):
            return _joined(parts)
    return ""


def _joined(nodes: list[ast.expr]) -> str:
    parts = [_text(node) for node in nodes]
    return "/".join(parts) if parts and all(parts) else ""
