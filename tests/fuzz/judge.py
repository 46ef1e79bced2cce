"""One case, tried in the press and compared with the reference: the outcome, and why.

Wrong is: another number than the reference, or than barvinok; *proved* where the reference finds
a point of the stated domain at which it is false or has no value; *refuted* although nothing was
stated, or with a counterexample that is none; any exception but the press's own error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from random import Random
from typing import Any

from proofpress import PressError
from proofpress.counting.deadline import OutOfTime, time_limit

from . import latex, reference
from .empty import some_point
from .grammar import SetCase
from .mapped import Mapped
from .press import DERIVING, made
from .reference import NoValue, compiled, text_of, whole
from .statements import Claimed, points_of

# Seconds of the processor for one settled claim.
SETTLING = 3.0

# How many points the reference may look at for one case, by how many letters are counted.
MOST_LOOKS = 60_000

# How many values of the parameters are compared: closed forms, and the press's own enumeration.
COMPARED = 24
LISTED = 3
FAR = (97, 100, 101, 1000)


@dataclass(frozen=True)
class Outcome:
    """What came of a case: a column of the table, and what was seen where it is wrong.

    `also` names what was tried beyond the press's own answers; `form` is the text of the closed
    form that the press came to for a set.
    """

    column: str
    detail: str = ""
    also: tuple[str, ...] = ()
    form: str = ""


class Wrong(Exception):
    """Raised with what was seen."""


class Unseen(Exception):
    """Raised where the reference knows no point of a domain, and not that there is none."""


def judged_set(case: SetCase, lot: Random, settle: bool) -> Outcome:
    """Return what the press makes of a set, compared at small values of its parameters."""
    try:
        return _judged_set(case, lot, settle)
    except Wrong as wrong:
        return Outcome("wrong", str(wrong))
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Outcome:
    """Return the outcome of an exception: only the press's own error is an answer."""
    if isinstance(error, OutOfTime) or isinstance(error.__cause__, OutOfTime):
        return Outcome("no answer", "the time limit was reached")
    if isinstance(error, PressError):
        return Outcome("refused", error.what)
    return Outcome("raised", f"{type(error).__name__}: {error}")


def _judged_set(case: SetCase, lot: Random, settle: bool) -> Outcome:
    values = list(islice(affordable(case, cases_of(case.parameters, case.domain, lot)), COMPARED))
    truth = [points_of(case, value) for value in values]
    # One limit for all of it: what takes long is tried once, and not three times.
    with time_limit(DERIVING):
        there = made(case.source(), case.letters)
        for value, points in list(zip(values, truth, strict=True))[:LISTED]:
            listed = list(there.points(**value))
            if listed != points:
                raise Wrong(f"points() at {value} gives {_short(listed)}, true {_short(points)}")
            if there.count(**value) != len(points):
                raise Wrong(f"count() at {value} is {there.count(**value)}, true {len(points)}")
        form = there.cardinality()
    text = text_of(form)
    closed = closed_form(text, case.parameters)
    for value, points in zip(values, truth, strict=True):
        if wrong := unequal(closed, value, len(points)):
            raise Wrong(f"cardinality() at {value}: {wrong} [{form}]")
    if not settle:
        return Outcome("equal", form=text)
    try:
        with time_limit(SETTLING):
            claim = made(f"Count('fuzz.set', 'Fuzzed', {case.source()})", case.letters).settle()
    except OutOfTime:
        return Outcome("undecided", "the time limit was reached", form=text)
    if claim.verdict == "refuted":
        raise Wrong(f"refuted, and nothing was stated: {_why(claim)}")
    read = printed(claim, closed, values)
    return Outcome(str(claim.verdict), _why(claim), ("read",) if read else (), text)


def compared_with_barvinok(case: SetCase, form: str, lot: Random) -> Outcome | None:
    """Return what is wrong with a closed form beside barvinok's count, also far out.

    None where nothing is. The press is not asked again: it has answered with the form. Raises
    Outside for a set that is not in isl's fragment.
    """
    from . import barvinok

    number = barvinok.counter(case)
    closed = closed_form(form, case.parameters)
    for value in islice(cases_of(case.parameters, case.domain, lot, far=True), 2 * COMPARED):
        if wrong := unequal(closed, value, number(value)):
            return Outcome("wrong", f"cardinality() at {value}: {wrong} by barvinok [{form}]")
    return None


def judged_claim(case: Claimed, lot: Random) -> Outcome:
    """Return what the press says of a claim, where the reference tries the claim's domain."""
    try:
        return _judged_claim(case, lot)
    except Wrong as wrong:
        return Outcome("wrong", str(wrong))
    except Exception as error:
        return _failed(error)


def _judged_claim(case: Claimed, lot: Random) -> Outcome:
    with time_limit(SETTLING):
        claim = made(case.source, case.names).settle()
    verdict = str(claim.verdict)
    closed = closed_form(text_of(claim.closed_form), case.letters)
    with suppress(Unseen):
        if wrong := _wrongly_settled(case, claim, closed, lot):
            raise Wrong(f"{wrong} [{claim.closed_form}]")
    if claim.kind in ("bound", "bijection"):
        return Outcome(verdict, _why(claim))
    values = list(islice(cases_of(case.letters, case.domain, lot), COMPARED))
    read = printed(claim, closed, values)
    return Outcome(verdict, _why(claim), ("read",) if read else ())


def _wrongly_settled(
    case: Claimed, claim: Any, closed: Callable[..., Any], lot: Random
) -> str | None:
    """Return what is wrong with a proof or a refutation."""
    if claim.verdict == "refuted":
        return _wrongly_refuted(case, claim, closed, lot)
    if claim.verdict == "proved" and (fault := first_fault(case, closed, lot)):
        return f"proved, and false {fault}"
    return None


def _wrongly_refuted(
    case: Claimed, claim: Any, closed: Callable[..., Any], lot: Random
) -> str | None:
    """Return what is wrong with a refutation: its counterexample is none, or there is no other."""
    named = None if isinstance(case, Mapped) else counterexample(claim, case.letters)
    if named is None:
        fault = first_fault(case, closed, lot)
        return None if fault else f"refuted, and the reference finds no fault: {_why(claim)}"
    value = next(reference.domain(case.letters, case.domain, [named]), None)
    if value is None:
        return f"refuted outside of its domain, at {named}"
    return None if case.fault(value, closed) else f"refuted at {value}, where it is true"


def first_fault(case: Claimed, closed: Callable[..., Any], lot: Random) -> str | None:
    """Return the first point of the domain at which a claim is false, with the reason.

    A domain that isl knows to be empty is a fault as well: nothing is said there that could be
    proved. Raises Unseen where no point of the domain is known.
    """
    points = list(affordable(case, cases_of(case.letters, case.domain, lot, far=True)))
    if not points:
        point = some_point(case.letters, case.domain)
        if point is None:
            return "for want of any point in its domain"
        points = list(affordable(case, reference.domain(case.letters, case.domain, [point])))
    if not points:
        raise Unseen
    for value in points:
        if fault := case.fault(value, closed):
            return f"at {value}: {fault}"
    return None


def printed(
    claim: Any, closed: Callable[[dict[str, int]], Any], values: Iterable[dict[str, int]]
) -> bool:
    """Return whether a claim's printed formula could be read back; all its values are right then.

    Raises Wrong where the print says another value than the closed form.
    """
    for known in values:
        if any(len(letter) > 1 for letter in known):
            return False  # how such a letter is printed is not known here
        try:
            truth = whole(closed(known))
        except NoValue:
            continue
        try:
            said = latex.value(claim.formula, known)
        except latex.Unread:
            return False
        except NoValue as error:
            said = f"no value ({error})"
        if said != truth:
            raise Wrong(f"printed at {known}: {said}, not {truth} [{claim.formula}]")
    return True


def closed_form(text: str, letters: Iterable[str]) -> Callable[[dict[str, int]], Any]:
    """Return the value of a text (`text_of`) at values of the letters, by the reference.

    A relation or a map, which has no number, gives its truth value.

    >>> closed_form("n*(n + 1)/2", ["n"])({"n": 4})
    10
    """
    names = tuple(letters)

    def closed(values: dict[str, int]) -> Any:
        return compiled(text, names)(*(values[name] for name in names))

    return closed


def unequal(
    closed: Callable[[dict[str, int]], Any], value: dict[str, int], truth: int
) -> str | None:
    """Return how a closed form differs from the truth, None where it does not."""
    try:
        said = whole(closed(value))
    except NoValue as error:
        return f"no value ({error}), true {truth}"
    return None if said == truth else f"{said}, true {truth}"


def cases_of(
    letters: tuple[str, ...], assuming: str, lot: Random, far: bool = False
) -> Iterator[dict[str, int]]:
    """Return values of the letters in a domain, small ones first; with `far`, large ones as well.

    >>> list(islice(cases_of(("n",), "n >= 19", Random(0)), 3))
    [{'n': 19}, {'n': 20}, {'n': 21}]
    """
    return reference.domain(letters, assuming, _candidates(len(letters), lot, far))


def _candidates(number: int, lot: Random, far: bool) -> Iterator[tuple[int, ...]]:
    if number == 0:
        yield ()
        return
    if number == 1:
        yield from ((x,) for x in sorted(range(-60 if far else -8, 61 if far else 31), key=abs))
        if far:
            yield from ((x,) for x in FAR)
        return
    small = {2: range(-4, 10), 3: range(-2, 6)}.get(number, range(-1, 4))
    near = sorted(product(small, repeat=number), key=lambda point: sum(map(abs, point)))
    many = 80 if far else 40
    yield from near if len(near) <= many else sorted(lot.sample(near, many), key=near.index)
    wide = (*range(-6, 30), *((37, 40, 60, 100, 113, 150) if far else ()))
    for _ in range(6 * many):
        yield tuple(lot.choice(wide) if lot.random() < 0.6 else lot.choice(small) for _ in near[0])


def affordable(case: Any, values: Iterable[dict[str, int]]) -> Iterator[dict[str, int]]:
    """Return those values whose points can be looked at without losing the others."""
    depth = max(
        [1, *(len(part.counted) for part in vars(case).values() if isinstance(part, SetCase))]
        + ([len(case.counted)] if isinstance(case, SetCase) else [])
    )
    left = MOST_LOOKS * (5 if not isinstance(case, SetCase) else 1)
    for value in values:
        looks = prod([max(map(abs, value.values()), default=0) + 8] * depth)
        if looks <= left:
            left -= looks
            yield value


def counterexample(claim: Any, letters: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the values that a refutation names, None where it names none."""
    for evidence in claim.evidence:
        if str(evidence.verdict) == "refuted":
            found = dict(re.findall(r"(\w+) = (-?\d+)", evidence.scope))
            if all(letter in found for letter in letters):
                return tuple(int(found[letter]) for letter in letters)
    return None


def _why(claim: Any) -> str:
    wanted = "undecided" if str(claim.verdict) == "undecided" else "refuted"
    return "; ".join(
        f"{evidence.method}: {evidence.detail}"
        for evidence in claim.evidence
        if str(evidence.verdict) == wanted
    )


def _short(points: list[tuple[int, ...]]) -> str:
    return f"{len(points)}: {str(points[:12])[1:-1]}{', ...' if len(points) > 12 else ''}"
