"""The ledger: every claim with its evidence, as one JSON file that all printing reads.

Place in the chain: definition -> derivation -> proof -> **ledger** -> figure, template, ink.
It holds no time and no machine fact, so equal sources give equal bytes.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from proofpress.deriving import apart
from proofpress.deriving.examples import evaluator, values_at
from proofpress.faults.author import setting
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.nearest import choice, nearest
from proofpress.faults.places import imported, line_of, short, told, written
from proofpress.ledger.claims import UNSETTLED, Claim, Evidence, Statement, Verdict, conclusion
from proofpress.ledger.layout import laid_out

SCHEMA = 1

Examples = Mapping[str, Mapping[str, Mapping[str, int]]]


def settle(modules: Iterable[str | ModuleType]) -> tuple[Claim, ...]:
    """Return all claims of the modules, derived and tried, in the order in which they stand.

    A module is given as such or by its importable name; it holds its statements in CLAIMS.
    Raises PressError for a definition that cannot be read, with the author's file and line.
    """
    claims, failed = settled(stated(modules))
    if failed:
        raise PressErrors(failed)
    return claims


def settled(statements: Iterable[Statement]) -> tuple[tuple[Claim, ...], list[PressError]]:
    """Return the claims of all statements that can be settled, and the errors of the others.

    >>> settled([])
    ((), [])
    """
    claims: list[Claim] = []
    failed: list[PressError] = []
    with collector_at_rest():
        for statement in statements:
            apart.about_to(f"{statement.name} was settled", str(statement.source))
            try:
                claims.append(statement.settle())
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # one that fails, or exits, must not hide the others
                failed.append(placed(error, statement))
    return tuple(claims), failed


def placed(error: BaseException, statement: Statement | Claim) -> PressError:
    """Return what went wrong with a statement, at the line where the author made it."""
    known = told(error)
    if known.where:
        return known
    return PressError(f"{statement.name}: {known.what}", str(statement.source), known.mend)


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
    faults: list[PressError] = []
    places: dict[str, str] = {}
    for module in modules:
        try:
            listed = statements(module)
        except PressError as error:
            faults.append(error)
            continue
        for statement in listed:
            if statement.name in places:
                what = f"the claim {statement.name} is made twice"
                where = f"{statement.source}, and before at {places[statement.name]}"
                faults.append(PressError(what, where, "give one of them another name"))
            places[statement.name] = str(statement.source)
            found.append(statement)
    if faults:
        raise PressErrors(faults)
    return found


def statements(module: str | ModuleType) -> Sequence[Statement]:
    """Return the CLAIMS of a derivation module, importing it where it is given by name."""
    loaded = load(module) if isinstance(module, str) else module
    file = loaded.__file__ or loaded.__name__
    if not hasattr(loaded, "CLAIMS"):
        near = nearest("CLAIMS", [name for name in vars(loaded) if name.upper() == name])
        what, where = "the module states no claims", f"{file}:1" if loaded.__file__ else file
        if near:
            where = written(short(file), f"{near} =", "")
            raise PressError(what, where, f"name it CLAIMS instead of {near}")
        raise PressError(what, where, "give it a tuple CLAIMS")
    claims = loaded.CLAIMS
    # A generator gives its claims once, and they are asked for more than once.
    if not isinstance(claims, list | tuple):
        what = f"CLAIMS is a {type(claims).__name__}, not a tuple of claims"
        raise PressError(what, written(file, "CLAIMS", ""), "write CLAIMS = (claim, another)")
    for claim in claims:
        if not callable(getattr(claim, "settle", None)):
            what = f"CLAIMS holds {claim!r}, which is no claim"
            mend = "put claims into it: Count(...), Total(...), Bound(...) and the like"
            raise PressError(what, written(file, "CLAIMS", ""), mend)
    return claims


def load(name: str) -> ModuleType:
    """Return a derivation module by its importable name.

    Raises PressError with the author's file and line for whatever goes wrong in it.
    """
    from proofpress.counting import truth

    apart.about_to(f"{name} was imported", name.replace(".", "/") + ".py")
    try:
        with truth.refused():
            return imported(name)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit, too, is no success
        raise _explained(error) or told(error) from error


def _explained(error: BaseException) -> PressError | None:
    """Return what goes wrong in definitions above all; None for what goes wrong in any Python."""
    if isinstance(error, TypeError) and "truth value of" in str(error):
        return PressError(
            "a condition on letters was asked whether it is true",
            line_of(error),
            "write 1 <= i <= n as (i >= 1) & (i <= n), and &, |, ~ for and, or, not",
        )
    if isinstance(error, TypeError) and "unsupported operand" in str(error):
        mend = "put every comparison that is joined by & or | in parentheses"
        return PressError(str(error), line_of(error), mend)
    return None


def faults(claims: Iterable[Claim]) -> list[PressError]:
    """Return an error for each claim whose verdict its author does not expect: what, where, mend.

    >>> faults([])
    []
    """
    result = []
    for claim in claims:
        if not claim.as_expected:
            result.append(_fault(claim))
        result += [
            _unshown(claim, key, found)
            for key, found in claim.shown.items()
            if found and conclusion(found) in UNSETTLED
        ]
    return result


def _unshown(claim: Claim, key: str, found: Sequence[Evidence]) -> PressError:
    details = [f"{e.method}: {e.detail}" for e in found if e.verdict in UNSETTLED]
    return PressError(
        f'related "{key}" of {claim.name} is {conclusion(found)}\n  ' + "\n  ".join(details),
        claim.places[key],
        "correct it, or leave it out of related=",
    )


def _fault(claim: Claim) -> PressError:
    found = [e for e in claim.evidence if e.verdict is claim.verdict]
    details = [f"{e.method}: {e.detail}" for e in found]
    if claim.expect:
        what = f"{claim.name} is {claim.verdict}, but was expected {claim.expect}"
        mend = "correct the statement, or leave out expect="
        return PressError("\n  ".join([what, *details]), str(claim.source), mend)
    if claim.verdict is Verdict.REFUTED and not any(
        e.method == "stated form" for e in claim.evidence
    ):
        return PressError(
            f"{claim.name} is refuted\n  {details[0]}",
            str(claim.source),
            "correct it, or narrow the domain in assuming=",
        )
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
        "simplify the definition, or state the claim for a smaller domain; methods that prove read "
        "sums, products, quotients and whole powers of letters, floor, ceiling, Mod, Abs, Min, Max "
        "and Piecewise: give a letter for any other term",
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


def refuse_unknown_letters(claims: Sequence[Claim | Statement], chosen: Examples) -> None:
    """Raise PressError for letters of report.toml that no claim has: they would change nothing."""
    letters: dict[str, set[str]] = {}
    for claim in claims:
        module = Path(claim.source.file).stem
        for topic in (claim.name.partition(".")[0], module):
            letters.setdefault(topic, set()).update(map(str, claim.letters))
    faults = []
    for topic, examples in chosen.items():
        if topic not in letters:
            mend = choice(topic, sorted(letters))
            what = f"there are no claims of {topic} to give letters to"
            faults.append(PressError(what, setting(f"letters.{topic}"), mend))
            continue
        for example, values in examples.items():
            for letter in values.keys() - letters[topic]:
                what = f"no claim of {topic} has a letter {letter}"
                mend = f"its letters are {', '.join(sorted(letters[topic]))}"
                place = setting(f"letters.{topic}.{example}.{letter}")
                faults.append(PressError(what, place, mend))
    if faults:
        raise PressErrors(faults)


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
    return laid_out(document) + "\n"


def _entry(claim: Claim, examples: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    from proofpress.proving.printed import misprints, related_formulas

    wrong = [] if claim.expect is None or claim.as_expected else [_fault(claim)]
    if wrong := [*wrong, *misprints(claim)]:
        raise PressErrors(wrong)
    # A form that is not settled has no values to print.
    shown = {} if claim.verdict in UNSETTLED else values_at(claim, examples)
    at = {name: found["letters"] for name, found in shown.items()}
    related = {}
    for key, shown_formula in related_formulas(claim).items():
        valued = evaluator(claim, claim.related[key])
        related[key] = {
            "formula": shown_formula,
            "verdict": conclusion(claim.shown[key]).value if claim.shown.get(key) else "assumed",
            "evidence": [_evidence(found) for found in claim.shown.get(key, ())],
            "where": claim.places[key],
            # A growth beyond all bounds has no value anywhere.
            "examples": {}
            if claim.related[key].is_infinite
            else {name: valued(letters) for name, letters in at.items()},
        }
    return {
        "title": claim.title,
        "kind": claim.kind,
        "letters": [str(letter) for letter in claim.letters],
        "definition": claim.definition,
        "domain": claim.domain,
        "condition": "True" if claim.assuming is None else str(claim.assuming),
        "closed_form": str(claim.closed_form),
        "formula": claim.formula,
        "verdict": claim.verdict.value,
        "evidence": [_evidence(found) for found in claim.evidence],
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


def _evidence(found: Evidence) -> dict[str, Any]:
    return {
        "method": found.method,
        "engines": list(found.engines),
        "verdict": found.verdict.value,
        "scope": found.scope,
        "detail": found.detail,
    }
