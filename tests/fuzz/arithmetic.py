"""Claims that are not counts of one set: bounds, least integers, running sums, totals, runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .grammar import SetCase
from .reference import NoValue, evaluated, whole
from .statements import Closed, differs, points_of, tuple_of


@dataclass(frozen=True)
class Bounded:
    """One expression is at most another."""

    kind: str
    smaller: str
    greater: str
    letters: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        return self.letters

    @property
    def source(self) -> str:
        return (
            f"Bound('fuzz.bound', 'Fuzzed', {self.smaller}, {self.greater}, "
            f"{tuple_of(self.letters)}, {self.domain})"
        )

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        try:
            one, other = evaluated(self.smaller, values), evaluated(self.greater, values)
        except NoValue as error:
            return f"a side has no value ({error})"
        return None if one <= other else f"{one} > {other}"


@dataclass(frozen=True)
class LeastCase:
    """The least integer from 0 on at which a quantity reaches a size."""

    kind: str
    by: str
    quantity: str
    reaches: str
    letters: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.letters, self.by)

    @property
    def source(self) -> str:
        return (
            f"Least('fuzz.least', 'Fuzzed', {self.by}, {self.quantity}, {self.reaches}, "
            f"{tuple_of(self.letters)}, {self.domain})"
        )

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        try:
            start, next_ = (evaluated(self.quantity, {**values, self.by: x}) for x in (0, 1))
            goal = evaluated(self.reaches, values)
        except NoValue as error:
            return f"a side has no value ({error})"
        if start < goal and next_ <= start:
            return "the size is never reached"
        least = 0 if start >= goal else math.ceil((goal - start) / (next_ - start))
        return differs(lambda: closed(values), least, "the closed form")


@dataclass(frozen=True)
class Iterated:
    """first + step(1) + ... + step(letter)."""

    kind: str
    letter: str
    first: str
    step: str
    letters: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        return self.letters

    @property
    def source(self) -> str:
        return (
            f"Iteration('fuzz.sum', 'Fuzzed', {self.letter}, {self.first}, {self.step}, "
            f"{tuple_of(self.letters)}, {self.domain})"
        )

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        total = evaluated(self.first, values)
        for running in range(1, values[self.letter] + 1):
            total += evaluated(self.step, {**values, self.letter: running})
        return differs(lambda: closed(values), whole(total), "the closed form")


@dataclass(frozen=True)
class Summed:
    """The entries of tensors: for each its name, its sides, and how often it occurs."""

    kind: str
    tensors: tuple[tuple[str, tuple[str, ...], str], ...]
    letters: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        return self.letters

    @property
    def source(self) -> str:
        parts = tuple(
            f"Tensor({name!r}, {tuple_of(sides)}, {copies})" for name, sides, copies in self.tensors
        )
        return (
            f"Total('fuzz.total', 'Fuzzed', {tuple_of(parts)}, "
            f"{tuple_of(self.letters)}, {self.domain})"
        )

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        total = 0
        for _, sides, copies in self.tensors:
            entries = 1
            for side in sides:
                length = evaluated(side, values)
                if not isinstance(length, int):
                    return f"a side is {length}, no integer"
                entries *= max(0, length)
            total += entries * evaluated(copies, values)
        return differs(lambda: closed(values), total, "the closed form")


@dataclass(frozen=True)
class Ran:
    """What a recurrence costs; `left_out` of its terms are missing in the sum."""

    kind: str
    grid: SetCase
    terms: tuple[tuple[str, tuple[int, ...] | None], ...]
    what: str
    padded: bool
    left_out: int
    ran: bool
    letters: tuple[str, ...]
    domain: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.letters, *self.grid.letters, "h", "c")))

    @property
    def source(self) -> str:
        terms = tuple(
            f"MatrixTerm(Tensor({name!r}, (h, {'c' if offset is None else 'h'})), {offset})"
            for name, offset in self.terms
        )
        parts = f"rec.{self.what}({self.padded})"
        if self.left_out:
            parts += f"[:-{self.left_out}]"
        ran = f", ran=(rec, {self.what!r}, {self.padded})" if self.ran else ""
        return (
            f"(lambda rec: Total('fuzz.run', 'Fuzzed', {parts}, {tuple_of(self.letters)}, "
            f"{self.domain}{ran}))(Recurrence('rec', {self.grid.source('grid')}, "
            f"{tuple_of(terms)}))"
        )

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        units = points_of(self.grid, values)
        there = set(units)
        rows = max(0, values["h"])
        total = 0
        summed = self.terms if self.ran or self.what == "adds" else self._kept()
        for unit in units:
            present = [
                max(0, values["c"] if offset is None else values["h"])
                for _, offset in summed
                if self.padded
                or offset is None
                or tuple(x + step for x, step in zip(unit, offset, strict=True)) in there
            ]
            if self.what == "multiplies":
                total += sum(rows * columns for columns in present)
            elif present:
                inner = sum(rows * max(0, columns - 1) for columns in present)
                total += inner + rows * (len(present) - 1)
        return differs(lambda: closed(values), total, "the closed form")

    def _kept(self) -> tuple[tuple[str, tuple[int, ...] | None], ...]:
        return self.terms[: len(self.terms) - self.left_out]
