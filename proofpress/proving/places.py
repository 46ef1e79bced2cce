"""The integer points at which what is printed of a claim is compared with what was proved.

Place in the chain: domain -> **points** -> comparison of print and proof.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import product
from typing import Any

from proofpress.counting.plain import OutsideDomain, function
from proofpress.latex.meant import (
    Amounts,
    Equal,
    Exactly,
    LeastOf,
    Meant,
    Named,
    Points,
    Product,
    Rows,
    Summed,
    Together,
)
from proofpress.ledger.claims import Claim
from proofpress.proving.converted import letter_name

At = dict[str, int]

_SEED = 11
_SMALL = range(-2, 9)
_ALL_OF = 150  # points of the small box are all tried up to this number
_ENOUGH = 40  # points of the domain
_TRIES = 600
_HIGH = (9, 40, 9973)  # how large random letters may be
_ROOM = 30  # of a sum: it is added up step by step


class Places:
    """The points of a claim's domain, small ones and random larger ones, the same in every run."""

    few, some, many = 8, 40, 200

    def __init__(self, claim: Claim) -> None:
        self._names = [letter_name(letter) for letter in claim.letters]
        self._inside: Callable[..., Any] = lambda *values: True
        if claim.assuming is not None:
            self._inside = function(claim.letters, claim.assuming)

    def inside(self, at: At | Any) -> bool:
        """Return whether a point lies in the domain."""
        try:
            return bool(self._inside(*(at[name] for name in self._names)))
        except (OutsideDomain, ArithmeticError, ValueError, TypeError, KeyError):
            return False

    def of(self, meant: Meant, number: int) -> list[At]:
        """Return about so many points for what is meant; its other letters are any integers.

        Where there is a sum in it, they are small.
        """
        free = {letter_name(x) for x in free_letters(meant)}
        others = sorted(free - set(self._names) if self._domain else free)
        chance = random.Random(_SEED)
        small = _has_sum(meant)
        known = [at for at in self._domain if not small or max(at.values()) <= _ROOM]
        if not known:  # the domain begins beyond
            known = sorted(self._domain, key=lambda at: max(at.values()))[: self.few]
        points = []
        for k in range(number):
            at = dict(known[k % len(known)]) if known else {}
            high = 9 if k % 3 or small else 99
            points.append({**at, **{name: chance.randint(-2, high) for name in others}})
            if not others and k + 1 >= len(known):
                break
        return points

    def anywhere(self, meant: Meant, number: int) -> list[At]:
        """Return about so many small points for a condition, inside the domain and outside.

        A wrong domain holds at all points of the right one.
        """
        # All letters of the claim: SymPy may have cancelled one that is printed.
        names = sorted({*self._names, *(letter_name(letter) for letter in free_letters(meant))})
        chance = random.Random(_SEED)
        high = _SMALL.stop - 1
        outside = [{x: chance.randint(_SMALL.start, high) for x in names} for _ in range(number)]
        return self.of(meant, number // 2) + outside

    @cached_property
    def _domain(self) -> list[At]:
        """The points of the domain, in an order in which the first ones are of all kinds."""
        found: list[At] = []
        for at in self._candidates():
            if self.inside(at):
                found.append(at)
            if len(found) >= _ENOUGH:
                break
        random.Random(_SEED).shuffle(found)
        return found

    def _candidates(self) -> Iterator[At]:
        count = len(self._names)
        if not count:
            yield {"": 0}
            return
        if len(_SMALL) ** count <= _ALL_OF:
            for values in product(_SMALL, repeat=count):
                yield dict(zip(self._names, values, strict=True))
        chance = random.Random(_SEED)
        for k in range(_TRIES):
            high = _HIGH[k % len(_HIGH)]
            yield {name: chance.randint(-2, high) for name in self._names}


def _has_sum(meant: Meant) -> bool:
    import sympy as sp

    match meant:
        case Summed():
            return True
        case Equal(parts) | Together(parts) | Product(parts):
            return any(map(_has_sum, parts))
        case sp.Basic():
            return bool(meant.has(sp.Sum, sp.Product, sp.factorial, sp.binomial))
    return False


def free_letters(meant: Meant) -> frozenset[Any]:
    """Return the letters in what is meant that no sum binds.

    >>> free_letters(Together((1, 2)))
    frozenset()
    """
    match meant:
        case None | int() | Amounts():
            return frozenset()
        case Summed(letter, low, high, term):
            return _of(low, high) | (free_letters(term) - {letter})
        case Equal(parts) | Together(parts) | Product(parts):
            return _of(*parts)
        case Named(_, letters):
            return frozenset(letters)
        case Points(counted, condition):
            return frozenset(counted) | free_letters(condition)
        case LeastOf(first, second) | Exactly(first, second):
            return _of(first, second)
        case Rows(rows):
            return _of(*(sides for _, sides in rows))
    return frozenset(meant.free_symbols)


def bound_letters(meant: Meant) -> frozenset[Any]:
    """Return the letters that sums in what is meant bind."""
    match meant:
        case Summed(letter, _, _, term):
            return bound_letters(term) | {letter}
        case Equal(parts) | Together(parts):
            return frozenset().union(*map(bound_letters, parts))
    return frozenset()


def _of(*parts: Meant) -> frozenset[Any]:
    return frozenset().union(*map(free_letters, parts))
