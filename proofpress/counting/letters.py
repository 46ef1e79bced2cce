"""The letters of a definition: integer symbols, and where the author wrote what uses them.

Place in the chain: **definition** -> derivation -> proof. First words of every definition.
"""

from __future__ import annotations

import ast
import linecache
import sys
from functools import lru_cache
from pathlib import Path

import sympy as sp

from proofpress.claims import Source
from proofpress.steps.inside import by_line

# As modules name their files, which in a checkout behind a link is not where they really stand.
_PRESS = Path(__file__).absolute().parent.parent


def integers(names: str) -> sp.Symbol | tuple[sp.Symbol, ...]:
    """Return integer symbols, as SymPy's `symbols` does: one name gives one symbol.

    They carry no sign: SymPy would fold `n >= 1` to True for a positive symbol, and the
    hypothesis would vanish from the claim. State it with `assuming=` instead.

    >>> n, t = integers("n t")
    >>> n >= 1
    n >= 1
    >>> integers("n") == n
    True
    """
    return sp.symbols(names, integer=True)


def author_source(name: str) -> Source:
    """Return the place of the innermost call that does not belong to the press.

    The path is relative to the working folder (the report's root) where it lies inside.

    >>> author_source("causal").name
    'causal'
    """
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_press(frame.f_code.co_filename):
        frame = frame.f_back
    file = _told(Path(frame.f_code.co_filename), Path.cwd())
    with by_line(file):
        return Source(file, frame.f_lineno, name)


@lru_cache(maxsize=64)
def _told(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root).as_posix()
    except ValueError:
        # Outside the report a machine's own path says nothing to a reader.
        return path.name


def name_comparison(source: Source) -> str | None:
    """Return a `==` or `!=` that the author wrote inside the call at `source`, if there is one.

    Python compares two letters' names there and answers False or True at once, so the condition
    would silently be lost from the predicate.

    >>> name_comparison(Source("no such file", 1, "set")) is None
    True
    """
    with by_line(source.file):
        text = "".join(linecache.getlines(source.file))
    if "==" not in text and "!=" not in text:
        return None  # and reading the whole module would take longer than all of its definitions
    for call in _calls(text):
        last = call.end_lineno or call.lineno
        if call.lineno <= source.line <= last:
            for node in ast.walk(call):
                if isinstance(node, ast.Compare) and any(
                    isinstance(sign, ast.Eq | ast.NotEq) for sign in node.ops
                ):
                    return ast.unparse(node)
    return None


@lru_cache(maxsize=64)
def _calls(text: str) -> tuple[ast.Call, ...]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ()
    return tuple(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _last_name(node.func).endswith("IntegerSet")
    )


def _last_name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


@lru_cache(maxsize=256)
def _is_press(filename: str) -> bool:
    return filename == "<string>" or _PRESS in Path(filename).parents
