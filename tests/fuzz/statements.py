"""Claims as source text, and what makes each of them false at values of its letters.

Every claim knows the call that makes it in the press (`source`), the letters and the domain that
it speaks of, and `fault`: what is wrong with it at one point of that domain, by the reference
alone. `closed` is the closed form that the press came to, as a function of the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Protocol, TypeVar

from . import reference
from .grammar import SetCase
from .reference import NoValue, Number, evaluated, whole

Closed = Callable[[dict[str, int]], Any]
Pairs = tuple[tuple[str, str], ...]
T = TypeVar("T")


class Claimed(Protocol):
    """What the runner asks of a claim."""

    @property
    def kind(self) -> str: ...
    @property
    def letters(self) -> tuple[str, ...]: ...
    @property
    def domain(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def source(self) -> str: ...
    def fault(self, values: dict[str, int], closed: Closed) -> str | None: ...


def tuple_of(texts: tuple[str, ...]) -> str:
    """Return the source of a tuple.

    >>> tuple_of(("n",)), tuple_of(("n", "t"))
    ('(n,)', '(n, t)')
    """
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"


def map_of(pairs: Pairs) -> str:
    """Return the source of a mapping from letters to expressions."""
    return "{" + ", ".join(f"{letter}: {text}" for letter, text in pairs) + "}"


def renamed(case: T, names: Mapping[str, str]) -> T:
    """Return the same case with other letters, in all of its texts.

    >>> renamed(SetCase(("n",), (), ("2*n <= 3",), (), (), ()), {"n": "q_1"}).bounds
    ('2*q_1 <= 3',)
    """
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")

    def told(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda found: names[found.group()], value)
        if isinstance(value, tuple):
            return tuple(map(told, value))
        return renamed(value, names) if is_dataclass(value) else value

    changed = {f.name: told(getattr(case, f.name)) for f in fields(case) if f.name != "kind"}  # type: ignore[arg-type]
    return replace(case, **changed)  # type: ignore[type-var]


def number_of(case: SetCase, values: Mapping[str, int]) -> int:
    """Return how many points a set has at values of its parameters, by looking at all of its box.

    >>> causal = SetCase(("i", "j"), ("n",), ("1 <= j", "j <= i", "i <= n"), (),
    ...                  (("1", "n"), ("1", "i")), ())
    >>> number_of(causal, {"n": 4}), number_of(causal, {"n": -3})
    (10, 0)
    """
    return len(points_of(case, values))


def points_of(case: SetCase, values: Mapping[str, int]) -> list[tuple[int, ...]]:
    """Return the points of a set at values of its parameters, in lexicographic order."""
    inside = reference.points(case.counted, case.parameters, case.predicate, case.box)
    return inside(*(values[letter] for letter in case.parameters))


def differs(said: Callable[[], Any], truth: Number, what: str) -> str | None:
    """Return how what is said differs from the truth, None where it does not."""
    try:
        value = whole(said())
    except NoValue as error:
        return f"{what} has no value ({error}), true is {truth}"
    return None if value == truth else f"{what} is {value}, true is {truth}"


def put_in(values: dict[str, int], pairs: Pairs) -> dict[str, int] | str:
    """Return the values with some letters replaced, or what is wrong with a replacement."""
    result = dict(values)
    for letter, text in pairs:
        try:
            value = evaluated(text, values)
        except NoValue as error:
            return f"{letter} has no value ({error})"
        if not isinstance(value, int):
            return f"{letter} is {value}, no integer"
        result[letter] = value
    return result


@dataclass(frozen=True)
class Stated:
    """A count whose closed form the author states."""

    kind: str
    set: SetCase
    form: str

    @property
    def letters(self) -> tuple[str, ...]:
        return self.set.parameters

    @property
    def names(self) -> tuple[str, ...]:
        return self.set.letters

    @property
    def domain(self) -> str:
        return self.set.domain

    @property
    def source(self) -> str:
        return f"Count('fuzz.stated', 'Fuzzed', {self.set.source()}, stated={self.form})"

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        truth = number_of(self.set, values)
        wrong = differs(lambda: evaluated(self.form, values), truth, "the stated form")
        return wrong or differs(lambda: closed(values), truth, "the closed form")


@dataclass(frozen=True)
class Put:
    """A count with other letters put in, or on a domain of its own."""

    kind: str
    set: SetCase
    put: Pairs
    letters: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.letters, *self.set.letters)))

    @property
    def source(self) -> str:
        put = f"put={map_of(self.put)}, " if self.put else ""
        return (
            f"Count('fuzz.put', 'Fuzzed', {self.set.source()}, {put}"
            f"letters={tuple_of(self.letters)}, assuming={self.domain})"
        )

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        inner = put_in(values, self.put)
        if isinstance(inner, str):
            return inner
        return differs(lambda: closed(values), number_of(self.set, inner), "the closed form")
