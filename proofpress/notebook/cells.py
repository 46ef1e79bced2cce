"""What the code of a notebook's cells means, and what in it no snapshot of a session can hold.

Place in the chain: below `resume` and `session`, which both look at cells before they believe in
a snapshot. Only syntax is read here; nothing runs.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from proofpress.build.digests import digest

# What IPython keeps of earlier cells under names of its own.
HISTORY = re.compile(r"_{1,3}|_i{1,3}|_i?\d+|In|Out|_ih|_oh|_dh")
# Names through which code can reach what a snapshot does not follow.
ROUNDABOUT = frozenset(
    {
        "__builtins__",
        "__main__",
        "_getframe",
        "builtins",
        "compile",
        "ctypes",
        "dir",
        "display_id",
        "eval",
        "exec",
        "get_ipython",
        "globals",
        "input",
        "inspect",
        "locals",
        "multiprocessing",
        "subprocess",
        "update_display",
        "vars",
    }
)
# Calls into a library for their effect alone, whose effects a snapshot holds: on random
# generators and settings that `surroundings` restores, on the arguments, or none that last.
HELD = (
    "IPython.display.display",
    "bisect.",
    "copy.",
    "gc.collect",
    "heapq.",
    "locale.setlocale",
    "logging.",
    "matplotlib.",
    "numpy.",
    "os.chdir",
    "os.environ",
    "proofpress.notebook.",
    "random.",
    "sys.path",
    "sys.setrecursionlimit",
    "sys.stderr",
    "sys.stdout",
    "time.sleep",
    "torch.manual_seed",
    "torch.nn.",
    "torch.random.",
    "torch.set_default_dtype",
    "torch.set_float32_matmul_precision",
    "torch.set_grad_enabled",
    "torch.set_num_threads",
    "torch.set_printoptions",
    "torch.testing.",
    "torch.use_deterministic_algorithms",
    "transformers.logging.",
    "transformers.set_seed",
    "transformers.utils.logging.",
    "warnings.",
)


def meaning(cell: Mapping[str, Any]) -> str:
    """Return a digest of what a code cell does: comments and layout do not enter, tags do.

    Code that is not plain Python counts letter by letter. A closing semicolon keeps IPython from
    showing the last value, and counts.

    >>> a, b, c = ({"source": s, "metadata": {}} for s in ("f( 1)  # one", "f(1)", "f(1);"))
    >>> meaning(a) == meaning(b), meaning(b) == meaning(c)
    (True, False)
    """
    source = cell["source"]
    tree = parsed(source)
    code = source if tree is None else ast.dump(tree) + str(_ends_silent(source))
    return digest(f"{sorted(cell['metadata'].get('tags', ()))}{code}".encode())


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree, or None for what only IPython understands."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def names(sources: Iterable[str]) -> set[str]:
    """Return all names of variables in some code, whatever is done with them.

    >>> sorted(names(["a = b.c", "def f(x): return y"]))
    ['a', 'b', 'y']
    """
    trees = [tree for source in sources if (tree := parsed(source)) is not None]
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}


def names_in_definitions(sources: Iterable[str]) -> set[str]:
    """Return the names inside functions, classes and lambdas: later cells may come to use these."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.GeneratorExp)
    trees = [tree for source in sources if (tree := parsed(source)) is not None]
    bodies = [node for tree in trees for node in ast.walk(tree) if isinstance(node, inner)]
    return {node.id for body in bodies for node in ast.walk(body) if isinstance(node, ast.Name)}


def roundabout(source: str) -> tuple[int, str] | None:
    """Line and words of the first thing by which code evades a snapshot, or None."""
    tree = parsed(source)
    if tree is None:
        return 1, "is not plain Python"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if node.id in ROUNDABOUT:
                return node.lineno, f"uses {node.id}"
            if HISTORY.fullmatch(node.id) and isinstance(node.ctx, ast.Load):
                return node.lineno, f"reads {node.id}, which IPython keeps"
        elif isinstance(node, ast.Attribute) and node.attr in ROUNDABOUT:
            # x.eval() and the like are methods of some object.
            if node.attr in ("_getframe", "update_display", "inspect"):
                return node.lineno, f"uses {node.attr}"
        elif isinstance(node, ast.keyword) and node.arg == "display_id":
            return node.value.lineno, "shows what a later cell may change"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            given = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            if evading := ROUNDABOUT & {part for name in given for part in name.split(".")}:
                return node.lineno, f"imports {min(evading)}"
    return None


def effects(
    sources: Iterable[str], is_own: Callable[[str], bool]
) -> Iterator[tuple[int, int, str]]:
    """Place of the source, line and words of each effect on a library that may go unnoticed.

    These are calls into a library whose value nobody uses, and assignments to its attributes,
    but for those that a snapshot holds. Names are followed to the import that made them, in this
    source or an earlier one. `is_own` tells modules that are watched in another way.
    """
    imported: dict[str, str] = {}
    for place, source in enumerate(sources):
        tree = parsed(source)
        if tree is None:
            continue
        for node in ast.walk(tree):
            imported.update(_imports(node))
        for node in ast.walk(tree):
            for target in _affected(node):
                path = _dotted(target, imported)
                if path is not None and not path.startswith(HELD) and not is_own(path):
                    yield place, target.lineno, f"changes {path}"


def imports(sources: Iterable[str]) -> list[str]:
    """Return the modules that some code imports, as dotted names, in order.

    >>> imports(["import a.b as c", "def f():\\n    from d import e"])
    ['a.b', 'd', 'd.e']
    """
    found: dict[str, None] = {}
    for source in sources:
        for node in ast.walk(parsed(source) or ast.Module([], [])):
            if isinstance(node, ast.Import):
                found.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
                found.update(dict.fromkeys(f"{node.module}.{a.name}" for a in node.names))
    return list(found)


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            yield (alias.asname, alias.name) if alias.asname else (first, first)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _affected(node: ast.AST) -> list[ast.expr]:
    """Return the expressions that a statement acts upon, other than plain names."""
    match node:
        case ast.Expr(value=ast.Call(func=called)):
            return [called]
        case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[first, *_]):
            return [first]
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            pass
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            targets = [target]
        case _:
            return []
    flat = [leaf for target in targets for leaf in getattr(target, "elts", [target])]
    return [target for target in flat if isinstance(target, ast.Attribute | ast.Subscript)]


def _dotted(node: ast.expr, imported: Mapping[str, str]) -> str | None:
    """Return the full name that an expression hangs on, if its first name was imported."""
    parts: list[str] = []
    while True:
        match node:
            case ast.Attribute(value=inner, attr=attribute):
                parts.append(attribute)
            case ast.Subscript(value=inner) | ast.Call(func=inner):
                # What belongs to a result of a call is that call's.
                pass
            case ast.Name(id=name) if name in imported:
                return ".".join([imported[name], *reversed(parts)])
            case _:
                return None
        node = inner


def _ends_silent(source: str) -> bool:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, IndentationError):
        return source.rstrip().endswith(";")
    blank = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER)
    solid = [token.string for token in tokens if token.type not in blank]
    return bool(solid) and solid[-1] == ";"
