"""Where the author wrote a definition, and a comparison of names that Python decides there.

Place in the chain: **definition** -> derivation -> proof.
"""

from __future__ import annotations

import ast
import linecache
from functools import lru_cache

from proofpress.build.inside import by_line
from proofpress.faults.places import naming
from proofpress.ledger.claims import Source
from proofpress.terms.origin import author_place


def author_source(name: str) -> Source:
    """Return the place of the innermost call that does not belong to the press.

    >>> author_source("causal").name
    'causal'
    """
    file, line = author_place()
    with by_line(file):
        return Source(file, line, name)


def line_naming(key: str) -> str:
    """Return the author's line that has `key` in quotes, from the call on that is carried out.

    >>> line_naming("is not there").partition(":")[0]
    '<doctest proofpress.counting.letters.line_naming[0]>'
    """
    file, call = author_place()
    with by_line(file):
        return f"{file}:{naming(linecache.getlines(file), key, call)}"


def name_comparison(source: Source) -> str | None:
    """Return a `==` or `!=` that the author wrote inside the call at `source`, if there is one.

    Of SymPy's symbols Python compares the names there and answers False or True at once, so the
    condition would silently be lost from the predicate. (Letters from integers(...) make an
    equation of it.)

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
