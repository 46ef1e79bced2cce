"""Random sets as source text: what an author can write in a predicate, and bounded by construction.

Letters: counted letters and parameters are drawn from names that authors use, awkward ones too.
A case is a pure function of its lot, so seed and index give it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

PLAIN = ("i", "j", "k", "a", "b")
PLAIN_PARAMETERS = ("n", "t", "w", "m")
AWKWARD = (
    *("q_1", "q1", "n_1", "n1", "x0", "x_0", "v0", "v1", "local", "lambda_", "beta", "batchnorm"),
    *("nabs", "n__2", "N", "E", "I", "S", "alpha1", "row_index", "len_q", "bold", "prime", "q_2"),
)


@dataclass(frozen=True)
class SetCase:
    """A set as an author writes it, in pieces that a smaller case can leave out.

    `bounds` are the conjuncts that bound the counted letters, `others` the remaining ones; `box`
    holds for each counted letter the least and the largest value that the bounds leave it.
    """

    counted: tuple[str, ...]
    parameters: tuple[str, ...]
    bounds: tuple[str, ...]
    others: tuple[str, ...]
    box: tuple[tuple[str, str], ...]
    assuming: tuple[str, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """Return all letters: the parameters, then the counted ones."""
        return (*self.parameters, *self.counted)

    @property
    def predicate(self) -> str:
        """Return the whole predicate.

        >>> SetCase(("i",), ("n",), ("1 <= i", "i <= n"), (), (("1", "n"),), ()).predicate
        '(1 <= i) & (i <= n)'
        """
        return " & ".join(f"({part})" for part in (*self.bounds, *self.others))

    @property
    def domain(self) -> str:
        """Return the assumption, "True" where there is none."""
        return " & ".join(f"({part})" for part in self.assuming) or "True"

    def source(self, name: str = "fuzzed") -> str:
        """Return the call that makes the set.

        >>> SetCase(("i",), ("n",), ("1 <= i", "i <= n"), (), (("1", "n"),), ()).source()
        "IntegerSet('fuzzed', (i,), (1 <= i) & (i <= n), parameters=(n,))"
        """
        assumed = f"assuming={self.domain}, " if self.assuming else ""
        return (
            f"IntegerSet({name!r}, {_tuple(self.counted)}, {self.predicate}, "
            f"{assumed}parameters={_tuple(self.parameters)})"
        )


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(names)}{',' if len(names) == 1 else ''})"


@dataclass(frozen=True)
class Taste:
    """Which operations a kind of set uses, each with a weight, and how its letters are called."""

    terms: dict[str, int]
    awkward: bool = False
    depth: int = 2


TASTES = {
    "affine": Taste({"affine": 1}),
    "nested Mod": Taste({"mod": 5, "affine": 1}),
    "nested floor": Taste({"floor": 5, "affine": 1}),
    "Mod and floor": Taste({"mod": 3, "floor": 3, "affine": 1}),
    "Abs, Min, Max": Taste({"bent": 4, "affine": 2}),
    "fractions": Taste({"fraction": 4, "affine": 1}),
    "awkward letters": Taste({"affine": 3, "mod": 1, "floor": 1, "bent": 1}, awkward=True),
    "everything": Taste({"affine": 2, "mod": 2, "floor": 2, "bent": 2, "fraction": 1}),
}


def random_set(lot: Random, kind: str, counted: int = 0, parameters: int = -1) -> SetCase:
    """Return a set of a kind; so many letters where that is asked for."""
    taste = TASTES[kind]
    letters = counted or lot.choices((1, 2, 3), (12, 10, 1))[0]
    free = parameters if parameters >= 0 else lot.choices((0, 1, 2, 3), (2, 16, 5, 1))[0]
    names = _names(lot, letters, free, taste.awkward)
    mine, given = names[:letters], names[letters:]
    bounds: list[str] = []
    box: list[tuple[str, str]] = []
    for place, letter in enumerate(mine):
        conjuncts, limits = _bounded(lot, letter, mine[:place], given)
        bounds += conjuncts
        box.append(limits)
    writer = Writer(lot, (*mine, *given), taste)
    number = lot.choices((0, 1, 2), (1, 9, 2))[0]
    others = tuple(writer.condition(lot.choices((0, 1, 2), (18, 5, 1))[0]) for _ in range(number))
    return SetCase(mine, given, tuple(bounds), others, tuple(box), _assumption(lot, given))


def _names(lot: Random, counted: int, parameters: int, awkward: bool) -> tuple[str, ...]:
    if not awkward:
        return (*PLAIN[:counted], *PLAIN_PARAMETERS[:parameters])
    while True:
        chosen = lot.sample((*AWKWARD, *PLAIN), counted + parameters)
        alike = len({name.replace("_", "") for name in chosen}) < len(chosen)
        # Two letters that print alike may be refused: a few of them are enough.
        if not alike or lot.random() < 0.02:
            return tuple(chosen)


def _bounded(
    lot: Random, letter: str, before: Sequence[str], given: Sequence[str]
) -> tuple[list[str], tuple[str, str]]:
    """Return conjuncts that bound a letter, and the least and largest value that they leave."""
    constant = lot.randint(-2, 2)
    some = [*before, *given]
    anchor = lot.choice(some) if some and lot.random() < 0.85 else str(lot.randint(2, 9))
    shift = lot.choice((0, 0, 0, 1, -1, 2))
    high = anchor if not shift else f"{anchor} {'+' if shift > 0 else '-'} {abs(shift)}"
    way = lot.randrange(10)
    if way == 0:
        return [f"Abs({letter}) <= {high}"], (f"-({high})", high)
    if way == 1:
        factor = lot.choice((2, 3))
        low = [f"{constant} <= {letter}"]
        return [*low, f"{factor}*{letter} <= {high}"], (str(constant), f"({high})/{factor}")
    if way == 2:
        top = lot.randint(3, 9)
        return (
            [f"{letter} >= {constant}", f"{letter} <= Min({high}, {top})"],
            (str(constant), f"Min({high}, {top})"),
        )
    if way == 3:
        return [f"-({high}) <= {letter}", f"{letter} <= {high}"], (f"-({high})", high)
    if way == 4 and before:
        near = lot.choice(before)
        reach = lot.randint(0, 4)
        return (
            [f"{letter} - {near} <= {reach}", f"{near} - {letter} <= {reach}"],
            (f"{near} - {reach}", f"{near} + {reach}"),
        )
    if way == 5:
        return [f"~({letter} < {constant})", f"~({letter} > {high})"], (str(constant), high)
    least = [f"{constant} <= {letter}", f"{letter} >= {constant}", f"{letter} > {constant - 1}"]
    most = [f"{letter} <= {high}", f"{high} >= {letter}", f"{letter} < {high} + 1"]
    return [lot.choice(least), lot.choice(most)], (str(constant), high)


def _assumption(lot: Random, given: Sequence[str]) -> tuple[str, ...]:
    parts = []
    for letter in given:
        way = lot.randrange(12)
        if way == 0:
            continue
        least = lot.choice((0, 0, 1, 1, 1, 2, -2, -5, 20))
        parts.append(f"{letter} >= {least}")
        if way == 1:
            parts.append(f"{letter} <= {least + lot.choice((4, 10, 12))}")
    if len(given) > 1 and lot.random() < 0.25:
        parts.append(f"{given[1]} <= {given[0]}")
    if given and lot.random() < 0.1:
        parts.append(f"Eq(Mod({given[0]}, {lot.choice((2, 3))}), {lot.choice((0, 1))})")
    return tuple(parts)


class Writer:
    """Writes random terms and conditions in some letters."""

    def __init__(self, lot: Random, letters: Sequence[str], taste: Taste) -> None:
        self.lot = lot
        self.letters = letters
        self.taste = taste
        # Authors meet one modulus again and again, and 2*Mod(i, 3) within Mod(..., 3) is special.
        self.modulus = lot.choice((2, 3, 3, 4, 5, 6))
        self._ways: dict[str, Callable[[int], str]] = {
            "affine": lambda depth: self.affine(),
            "mod": self.remainder,
            "floor": self.floored,
            "bent": self.bent,
            "fraction": self.fraction,
        }

    def condition(self, depth: int) -> str:
        """Return a condition, joined from others `depth` deep."""
        if depth == 0:
            return self.comparison()
        one = self.condition(depth - 1)
        way = self.lot.randrange(9)
        if way == 0:
            return f"~({one})"
        if way == 1:
            return f"Not({one})"
        other = self.condition(self.lot.randrange(depth))
        joined = {2: "And", 3: "Or", 4: "Xor"}
        if way in joined:
            return f"{joined[way]}({one}, {other})"
        return f"({one}) {self.lot.choice('||&^')} ({other})"

    def comparison(self) -> str:
        """Return a comparison of two terms, or of a term with a number."""
        depth = self.taste.depth + (self.lot.random() < 0.1)
        left = self.term(depth)
        right = str(self.lot.randint(-3, 4)) if self.lot.random() < 0.55 else self.term(1)
        if self.lot.random() < 0.2:
            left, right = right, left
        sign = self.lot.choice(("<", "<=", "<=", ">", ">=", ">=", "Eq", "Eq", "Ne"))
        if sign in ("Eq", "Ne"):
            return f"{sign}({left}, {right})"
        return f"{left} {sign} {right}"

    def term(self, depth: int) -> str:
        """Return a term with at most `depth` operations in each other."""
        if depth == 0:
            return self.affine()
        names, weights = zip(*self.taste.terms.items(), strict=True)
        return self._ways[self.lot.choices(names, weights)[0]](depth)

    def affine(self) -> str:
        """Return a sum of letters with whole factors."""
        lot = self.lot
        chosen = lot.sample(self.letters, min(len(self.letters), lot.choice((1, 1, 2))))
        text = ""
        for letter in chosen:
            factor = lot.choice((1, 1, 1, -1, -1, 2, 3, -2))
            part = letter if abs(factor) == 1 else f"{abs(factor)}*{letter}"
            text += ("-" if factor < 0 else "") + part if not text else _signed(factor) + part
        constant = lot.choice((0, 0, 0, 1, -1, 2, 3, -4))
        if constant:
            text += f"{_signed(constant)}{abs(constant)}"
        return f"-({text})" if lot.random() < 0.08 else text

    def remainder(self, depth: int) -> str:
        """Return a remainder by a constant, perhaps with a factor and something added."""
        lot = self.lot
        inner = self._sum(depth - 1)
        modulus = self.modulus if lot.random() < 0.6 else lot.choice((2, 3, 4, 5, 6))
        if lot.random() < 0.01:
            modulus = -modulus
        text = f"Mod({inner}, {modulus})" if lot.random() < 0.7 else f"({inner}) % {modulus}"
        return self._around(text)

    def floored(self, depth: int) -> str:
        """Return a quotient by a constant, rounded down or up."""
        lot = self.lot
        inner, divisor = self._sum(depth - 1), lot.choice((2, 2, 3, 3, 4))
        way = lot.randrange(5)
        if way == 0:
            return self._around(f"({inner})//{divisor}")
        if way == 1:
            return self._around(f"ceiling(({inner})/{divisor})")
        if way == 2:
            more = f"{lot.choice(self.letters)}/{lot.choice((2, 3))}"
            return self._around(f"floor(({inner})/{divisor} + {more})")
        return self._around(f"floor(({inner})/{divisor})")

    def bent(self, depth: int) -> str:
        """Return an absolute value, a minimum or a maximum."""
        way = self.lot.randrange(3)
        if way == 0:
            return self._around(f"Abs({self._sum(depth - 1)})")
        parts = [self.term(depth - 1) for _ in range(self.lot.choice((2, 2, 2, 3)))]
        if self.lot.random() < 0.3:
            parts[-1] = str(self.lot.randint(-2, 4))
        return self._around(f"{('Min', 'Max')[way - 1]}({', '.join(parts)})")

    def fraction(self, depth: int) -> str:
        """Return a term divided by a constant."""
        text = f"({self.term(depth - 1)})/{self.lot.choice((2, 3, 4))}"
        return text if self.lot.random() < 0.6 else f"{text} + {self.affine()}"

    def _sum(self, depth: int) -> str:
        if depth > 0 and self.lot.random() < 0.25:
            return f"{self.term(depth)} + {self.affine()}"
        return self.term(depth)

    def _around(self, text: str) -> str:
        """Return the term as it is, with a factor, or with something added."""
        lot = self.lot
        if lot.random() < 0.3:
            text = f"{lot.choice((2, 3, -1, -2))}*({text})"
        return f"{text} + {self.affine()}" if lot.random() < 0.15 else text


def _signed(number: int) -> str:
    return " + " if number > 0 else " - "
