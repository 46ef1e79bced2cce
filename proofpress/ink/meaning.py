"""The value of a reading, to hold against the closed form that was proved.

Place in the chain: ink -> reading -> **value** <- closed form. Signs and digits can be as
in the ledger's LaTeX, and that LaTeX be wrong; its value at many points of the domain tells.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from proofpress import formulas
from proofpress.faults.errors import PressError
from proofpress.ink.walk import NotRead, Walk
from proofpress.ledger.expressions import FUNCTIONS, value

__all__ = ["NotRead", "at", "difference", "expression"]

_POINTS = 24
_ENOUGH = 6  # points at which both have a value
_CANDIDATES = 2000  # tried for points that lie in the domain
_NAMES = {"Piecewise", "True", "False", *FUNCTIONS}
_SMALL = range(-2, 13)


def expression(reading: str, letters: Sequence[str] = ()) -> str:
    """Return the reading as `proofpress.ledger.expressions` writes closed forms. Raises NotRead.

    Letters of more than one sign are known by their names.

    >>> expression("⟨n^⟨2⟩(n−1)⟩/⟨2⟩"), expression("n_⟨1⟩·rows", ("n_1", "rows"))
    ('((n**(2)*(n-1))/(2))', 'n_1*rows')
    >>> expression("{nifn≤t+1,2n−totherwise.")
    'Piecewise((n, n<=t+1), (2*n-t, True))'
    """
    found = _shown(reading, letters)
    if len(found) > 1:
        raise NotRead(f"{len(found)} sides in {reading}")
    return found[0]


def difference(
    reading: str, closed_form: str, domain: str | None = None, letters: Sequence[str] = ()
) -> str | None:
    """Return where the reading and the closed form differ in value; None when they nowhere do.

    They are compared, exactly, at small and large integers of the domain, given as LaTeX. Raises
    NotRead when the reading is no formula of numbers.

    >>> difference("⟨n(n+1)⟩/⟨2⟩", "n*(n + 1)/2")
    >>> difference("⟨n(n−1)⟩/⟨2⟩", "n*(n + 1)/2", r"n \\ge 1")
    'at n = 1 the ink says 0, the closed form 1'
    """
    found = {x for x in re.findall(r"[A-Za-z_][A-Za-z_0-9]*", closed_form) if x not in _NAMES}
    known = sorted(found | set(letters))
    shown, proved = _in_order(_shown(reading, known)), _in_order(_sides(closed_form))
    if len(shown) != len(proved):
        raise NotRead(f"{reading} has other parts than {closed_form}")
    compared = wanted = 0
    for place in _points(known, domain):
        wanted += 1
        for ink, form in zip(shown, proved, strict=True):
            try:
                truth = value(form, place)
            except PressError:
                continue  # outside of the domain: a division by zero, no case
            compared += 1
            said = _said(ink, place)
            if said != truth:
                listed = ", ".join(f"{letter} = {number}" for letter, number in place.items())
                return f"at {listed or 'all values'} the ink says {said}, the closed form {truth}"
    if compared < min(_ENOUGH, wanted) or not wanted:
        raise NotRead(f"{closed_form} has a value at too few points")
    return None


def _in_order(sides: list[str]) -> list[str]:
    """Return the sides of several equations, by what stands on the left; SymPy has an order of its
    own.

    >>> _in_order(["u", "x + 1", "a", "x"]), _in_order(["b", "a"])
    (['a', 'x', 'u', 'x + 1'], ['b', 'a'])
    """
    if len(sides) < 4 or len(sides) % 2:
        return sides
    pairs = sorted(zip(sides[::2], sides[1::2], strict=True))
    return [side for pair in pairs for side in pair]


def at(reading: str, letters: Mapping[str, int]) -> Fraction:
    """Return the value of a reading at given letters. Raises NotRead."""
    try:
        return value(expression(reading, tuple(letters)), letters)
    except PressError as error:
        raise NotRead(error.what) from error


def _said(ink: str, place: Mapping[str, int]) -> object:
    try:
        return value(ink, place)
    except PressError:
        return "nothing"


def _shown(reading: str, letters: Sequence[str]) -> list[str]:
    """Return what the ink says on each side of its relations; several equations stand between
    commas."""
    walk = Walk(reading, letters)
    made = walk.sides()
    if walk.peek():
        raise NotRead(f"{walk.peek()} in {reading}")
    return made


def _sides(text: str) -> list[str]:
    """Return the sides of relations; a formula by itself is one side.

    >>> _sides("a + b <= c"), _sides("Eq(n, m*w) & Eq(i, Max(1, w))")
    (['a + b', 'c'], ['n', 'm * w', 'i', 'Max(1, w)'])
    """
    try:
        return [ast.unparse(side) for side in _parts(ast.parse(text, mode="eval").body)]
    except (SyntaxError, RecursionError) as error:
        raise NotRead(text) from error


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
            return [*_parts(left), *_parts(right)]
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.Call(func=ast.Name(id="Eq"), args=[left, right]):
            return [left, right]
    return [node]


def _points(letters: Sequence[str], domain: str | None) -> Iterator[dict[str, int]]:
    """Yield integers of the domain for the letters, the same in every run.

    Small ones reach all cases, large ones tell polynomials apart.
    """
    inside = _condition(domain)
    found = 0
    for place in _candidates(letters):
        if inside is None or formulas.value(inside, place) is True:
            yield place
            found += 1
            if found == _POINTS:
                return


def _condition(domain: str | None) -> formulas.Node | None:
    try:
        return None if domain is None else formulas.read(domain)
    except formulas.NotRead:
        return None


def _candidates(letters: Sequence[str]) -> Iterator[dict[str, int]]:
    if not letters:
        yield {}
        return
    chance = random.Random(12)
    if len(letters) == 1:
        for number in (*_SMALL, *(chance.randint(13, 9973) for _ in range(_CANDIDATES))):
            yield {letters[0]: number}
        return
    some = list(product(_SMALL, repeat=len(letters))) if len(letters) == 2 else []
    chance.shuffle(some)
    for k in range(_CANDIDATES):
        if k % 3 == 0 and some:
            yield dict(zip(letters, some.pop(), strict=True))
        else:
            high = (12, 12, 9973)[k % 3]
            yield {letter: chance.randint(0, high) for letter in letters}
