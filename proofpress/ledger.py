"""The ledger: every claim with its evidence, as one JSON file that all printing reads.

Place in the chain: definition -> derivation -> proof -> **ledger** -> figure, template, ink.
It holds no time and no machine fact, so equal sources give equal bytes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

from proofpress.claims import Claim, Evidence, Statement, Verdict
from proofpress.errors import PressError

SCHEMA = 1

Examples = Mapping[str, Mapping[str, Mapping[str, int]]]


def settle(modules: Iterable[str | ModuleType]) -> tuple[Claim, ...]:
    """Return all claims of the modules, derived and tried, in the order in which they stand.

    A module is given as such or by its importable name; it holds its statements in CLAIMS.
    Raises PressError for a definition that cannot be read, with the author's file and line.
    """
    with collector_at_rest():
        return tuple(statement.settle() for statement in stated(modules))


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Return a context in which Python's garbage collector does not run.

    SymPy makes much and leaves next to no cycles: the collector walks through all that was
    imported again and again, a twentieth of the time, and finds nothing.

    >>> with collector_at_rest():
    ...     gc.isenabled()
    False
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def stated(modules: Iterable[str | ModuleType]) -> list[Statement]:
    """Return all statements of the modules; raises PressError where two have one name."""
    found: list[Statement] = []
    places: dict[str, str] = {}
    for module in modules:
        for statement in statements(module):
            if statement.name in places:
                raise PressError(
                    f"the claim {statement.name} is made twice",
                    where=f"{statement.source}, and before at {places[statement.name]}",
                    mend="give one of them another name",
                )
            places[statement.name] = str(statement.source)
            found.append(statement)
    return found


def statements(module: str | ModuleType) -> Sequence[Statement]:
    """Return the CLAIMS of a derivation module, importing it where it is given by name."""
    loaded = load(module) if isinstance(module, str) else module
    try:
        return tuple(loaded.CLAIMS)
    except AttributeError as error:
        raise PressError(
            f"the module {loaded.__name__} states no claims",
            where=loaded.__file__,
            mend="give it a tuple CLAIMS",
        ) from error


def load(name: str) -> ModuleType:
    """Return a derivation module by its importable name.

    Raises PressError with the author's file and line for whatever goes wrong in it.
    """
    try:
        return importlib.import_module(name)
    except PressError:
        raise
    except SyntaxError as error:
        where = f"{_relative(error.filename or name)}:{error.lineno}"
        raise PressError(f"syntax error: {error.msg}", where, "correct the line") from error
    except Exception as error:
        what, mend = _explained(error)
        raise PressError(what, _author_line(error, name), mend) from error


def _explained(error: Exception) -> tuple[str, str | None]:
    """Return what went wrong in an author's module, and how to mend it where that is known."""
    if isinstance(error, TypeError) and "truth value of Relational" in str(error):
        return (
            "a comparison of letters was asked whether it is true",
            "write 1 <= i <= n as (i >= 1) & (i <= n), and &, |, ~ for and, or, not",
        )
    if isinstance(error, TypeError) and "unsupported operand" in str(error):
        return f"{error}", "put every comparison that is joined by & or | in parentheses"
    return f"{type(error).__name__}: {error}", None


def _author_line(error: Exception, name: str) -> str:
    """Return the innermost line of the traceback that lies in the module itself."""
    own = name.rpartition(".")[2] + ".py"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{_relative(f.filename)}:{f.lineno}" for f in frames if Path(f.filename).name == own]
    return lines[-1] if lines else name


def _relative(filename: str) -> str:
    try:
        return Path(filename).resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return Path(filename).name


def faults(claims: Iterable[Claim]) -> list[PressError]:
    """Return an error for each claim that is refuted or undecided: what, where, how to mend it.

    >>> faults([])
    []
    """
    result = []
    for claim in claims:
        for verdict in (Verdict.REFUTED, Verdict.UNDECIDED):
            found = [e for e in claim.evidence if e.verdict is verdict]
            if claim.verdict is verdict and found:
                result.append(_fault(claim, found))
    return result


def _fault(claim: Claim, found: Sequence[Evidence]) -> PressError:
    details = [f"{e.method}: {e.detail}" for e in found]
    if claim.verdict is Verdict.REFUTED:
        counterexamples = [e.detail for e in found if "stated" in e.detail] or details
        return PressError(
            f"the stated closed form of {claim.name} is not the count of its definition"
            f"\n  {counterexamples[0]}",
            str(claim.source),
            "correct stated=, add the missing case, or narrow the domain in assuming=",
        )
    return PressError(
        f"{claim.name} is undecided\n  " + "\n  ".join(details),
        str(claim.source),
        "simplify the definition, or state the claim for a smaller domain",
    )


def examples_for(
    claims: Iterable[Claim | Statement], modules: Iterable[str | ModuleType], chosen: Examples
) -> dict[str, dict[str, dict[str, int]]]:
    """Return the example letters by topic: a module's EXAMPLES, with `chosen` laid over them.

    A topic (the first part of a claim's name) takes the EXAMPLES of the module that states it;
    values chosen for the module's own name, then for the topic, replace or add letters.
    """
    result: dict[str, dict[str, dict[str, int]]] = {}
    topics = {claim.name.partition(".")[0] for claim in claims}
    for module in modules:
        loaded = load(module) if isinstance(module, str) else module
        own = loaded.__name__.rpartition(".")[2]
        defaults: Mapping[str, Mapping[str, int]] = getattr(loaded, "EXAMPLES", {})
        for topic in {s.name.partition(".")[0] for s in statements(loaded)} & topics:
            merged = result.setdefault(topic, {})
            layers = [defaults, chosen.get(own, {})]
            layers += [chosen.get(topic, {})] if topic != own else []
            for layer in layers:
                for example, letters in layer.items():
                    merged.setdefault(example, {}).update(letters)
    return result


def ledger_document(claims: Iterable[Claim], examples: Examples) -> dict[str, Any]:
    """Return the ledger as a JSON-able dictionary; see ARCHITECTURE for its schema.

    `examples` gives letters by topic and example name. A claim is evaluated at each example of
    its topic that has all its letters.
    """
    entries = {}
    for claim in sorted(claims, key=lambda c: c.name):
        entries[claim.name] = _entry(claim, examples.get(claim.topic, {}))
    return {"schema": SCHEMA, "claims": entries}


def write(
    path: str | Path, modules: Sequence[str | ModuleType], examples: Examples | None = None
) -> tuple[Claim, ...]:
    """Return the settled claims of the modules after writing their ledger to `path`.

    The file is renamed into place when it is complete.
    """
    claims = settle(modules)
    document = ledger_document(claims, examples_for(claims, modules, examples or {}))
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.write_text(dumped(document), encoding="utf-8")
    os.replace(part, target)
    return claims


def dumped(document: Mapping[str, Any]) -> str:
    """Return the ledger's text: one line for each value, and one for each pair of a mask.

    >>> print(dumped({"cells": [[1, 2]]}), end="")
    {
     "cells": [
      [1, 2]
     ]
    }
    """
    text = json.dumps(document, indent=1, ensure_ascii=False)
    return re.sub(r"\[\s+(-?\d+),\s+(-?\d+)\s+\]", r"[\1, \2]", text) + "\n"


def _entry(claim: Claim, examples: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    from proofpress.counting.latex import formula

    usable = {
        name: {str(letter): values[str(letter)] for letter in claim.letters}
        for name, values in sorted(examples.items())
        if all(str(letter) in values for letter in claim.letters)
    }
    value = _evaluator(claim, claim.closed_form)
    shown: dict[str, Any] = {}
    if claim.verdict in (Verdict.UNDECIDED, Verdict.REFUTED):
        # A form that is not settled has no values to print.
        usable = {}
    for name, letters in usable.items():
        _refuse_outside(claim, name, letters)
        shown[name] = {"letters": letters, "value": value(letters)}
        if claim.cells is not None:
            shown[name]["cells"] = [list(cell) for cell in claim.cells(letters)]
    related = {}
    for key, expression in claim.related.items():
        valued = _evaluator(claim, expression)
        related[key] = {
            "formula": formula(expression, claim.letters),
            "examples": {name: valued(letters) for name, letters in usable.items()},
        }
    return {
        "title": claim.title,
        "kind": claim.kind,
        "letters": [str(letter) for letter in claim.letters],
        "definition": claim.definition,
        "domain": claim.domain,
        "closed_form": str(claim.closed_form),
        "formula": claim.formula,
        "verdict": claim.verdict.value,
        "evidence": [
            {"method": e.method, "verdict": e.verdict.value, "scope": e.scope, "detail": e.detail}
            for e in claim.evidence
        ],
        "derivation": [
            {"name": line.name, "text": line.text, "formula": line.formula}
            for line in claim.derivation
        ],
        "examples": shown,
        "related": related,
        "source": {
            "file": claim.source.file,
            "line": claim.source.line,
            "name": claim.source.name,
        },
    }


def _refuse_outside(claim: Claim, example: str, letters: Mapping[str, int]) -> None:
    """Raise PressError for example letters that the claim says nothing about."""
    if claim.assuming is None:
        return
    try:
        inside = _evaluator(claim, claim.assuming)(letters)
    except ZeroDivisionError:
        inside = False
    if not inside:
        values = ", ".join(f"{letter} = {value}" for letter, value in letters.items())
        raise PressError(
            f"the letters {values} are outside the domain of {claim.name}: {claim.assuming}",
            where=f"letters.{claim.topic}.{example}",
            mend="choose other example letters",
        )


def _evaluator(claim: Claim, expression: Any) -> Callable[[Mapping[str, int]], int | str | bool]:
    """Return a function from letters to an exact value: an int, a truth value, or "p/q"."""
    from proofpress.counting.plain import exact, function

    compute = function(claim.letters, expression)

    def value(letters: Mapping[str, int]) -> int | str | bool:
        found = compute(*(letters[str(letter)] for letter in claim.letters))
        if isinstance(found, bool):
            return found
        number = exact(found)
        return str(number) if isinstance(number, Fraction) else number

    return value
