"""A notebook's parameters: names and defaults of its cell tagged `parameters`, if it has one."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from proofpress.faults.author import setting
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.nearest import meant

TAG = "parameters"
# The tag that papermill gives to the cell in which it sets other values.
INJECTED = "injected-parameters"


def known_parameters(notebook: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Name and default of every parameter, in the order of the parameters cell; none without one.

    A parameter is an assignment of a literal to one name. `where` names the notebook in errors.
    Raises PressError when more than one cell is tagged, or when the cell is no Python.
    """
    tagged = [
        (number, cell["source"])
        for number, cell in enumerate(notebook["cells"], start=1)
        if cell["cell_type"] == "code" and TAG in cell["metadata"].get("tags", ())
    ]
    if not tagged:
        return {}
    if len(tagged) > 1:
        numbers = " and ".join(str(number) for number, _ in tagged)
        raise PressError(
            f"{len(tagged)} cells are tagged `{TAG}`",
            where=f"{where}, cells {numbers}",
            mend="keep the tag on one of them",
        )
    [(number, source)] = tagged
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise PressError(
            f"the parameters are no Python: {error.msg}",
            where=f"{where}, cell {number}, line {error.lineno}: {(error.text or '').strip()}",
            mend="write each as name = value",
        ) from None
    return dict(pair for statement in statements if (pair := _assignment(statement)))


def chosen_parameters(
    known: Mapping[str, Any], given: Mapping[str, Any], where: str
) -> dict[str, Any]:
    """Return those of the given values that differ from the default, in the notebook's own order.

    Raises PressError for a name that the notebook does not know (with the nearest it does), and
    for a value of another type than the default's; an int serves where a float is asked for.

    >>> chosen_parameters({"epochs": 2, "rate": 0.1}, {"rate": 1, "epochs": 2}, "demo.ipynb")
    {'rate': 1.0}
    """
    faults = []
    stem = PurePath(where).stem
    for name, value in given.items():
        if name not in known:
            place = setting(f"notebook.{stem}.{name}", f"notebook.{name}", otherwise=where)
            mend = meant(name, known) or _others(known)
            faults.append(PressError(f"{where} has no parameter {name}", place, mend))
        elif not _fits(value, known[name]):
            place = setting(f"notebook.{stem}.{name}", f"notebook.{name}", otherwise=where)
            wanted = type(known[name]).__name__
            what = f"the parameter {name} is {value!r}, of type {type(value).__name__}"
            mend = f"give {name} a value of type {wanted}, such as {known[name]!r}"
            faults.append(PressError(what, place, mend))
    if faults:
        raise PressErrors(faults)
    chosen = {}
    for name, default in known.items():
        if name in given and given[name] != default:
            value = given[name]
            chosen[name] = float(value) if isinstance(default, float) else value
    return chosen


def _assignment(statement: ast.stmt) -> tuple[str, Any] | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            pass
        case _:
            return None
    try:
        return name, ast.literal_eval(value)
    except ValueError:
        return None


def _others(known: Mapping[str, Any]) -> str:
    if known:
        return f"its parameters are {', '.join(known)}"
    return f"set it in a code cell of the notebook, and tag that cell `{TAG}`"


def _fits(value: Any, default: Any) -> bool:
    if default is None:
        return True
    if isinstance(value, bool) or isinstance(default, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))
