"""Python's operators on terms and conditions: each makes a larger tree and works out nothing.

Place in the chain: **definition** -> derivation -> proof. What the trees are made of stands in
`terms.tree`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any


class Arithmetic:
    """The operators of terms, from + to ==."""

    __slots__ = ()

    @staticmethod
    @abstractmethod
    def of(op: str, *terms: Any) -> Any:
        """Return an operation of terms."""

    @staticmethod
    @abstractmethod
    def joined(op: str, left: object, right: object) -> Any:
        """Return an operation of what was given, NotImplemented where it is no term."""

    @staticmethod
    @abstractmethod
    def compared(op: str, left: object, right: object) -> Any:
        """Return a comparison of what was given, NotImplemented where it is no term."""

    def __add__(self, other: object) -> Any:
        return self.joined("+", self, other)

    def __radd__(self, other: object) -> Any:
        return self.joined("+", other, self)

    def __sub__(self, other: object) -> Any:
        return self.joined("-", self, other)

    def __rsub__(self, other: object) -> Any:
        return self.joined("-", other, self)

    def __mul__(self, other: object) -> Any:
        return self.joined("*", self, other)

    def __rmul__(self, other: object) -> Any:
        return self.joined("*", other, self)

    def __truediv__(self, other: object) -> Any:
        return self.joined("/", self, other)

    def __rtruediv__(self, other: object) -> Any:
        return self.joined("/", other, self)

    def __pow__(self, other: object) -> Any:
        return self.joined("**", self, other)

    def __rpow__(self, other: object) -> Any:
        return self.joined("**", other, self)

    def __floordiv__(self, other: object) -> Any:
        quotient = self.joined("/", self, other)
        return quotient if quotient is NotImplemented else self.of("floor", quotient)

    def __rfloordiv__(self, other: object) -> Any:
        quotient = self.joined("/", other, self)
        return quotient if quotient is NotImplemented else self.of("floor", quotient)

    def __mod__(self, other: object) -> Any:
        return self.joined("Mod", self, other)

    def __rmod__(self, other: object) -> Any:
        return self.joined("Mod", other, self)

    def __neg__(self) -> Any:
        return self.of("neg", self)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return self.of("Abs", self)

    def __floor__(self) -> Any:
        return self.of("floor", self)

    def __ceil__(self) -> Any:
        return self.of("ceiling", self)

    def __lt__(self, other: object) -> Any:
        return self.compared("<", self, other)

    def __le__(self, other: object) -> Any:
        return self.compared("<=", self, other)

    def __gt__(self, other: object) -> Any:
        return self.compared(">", self, other)

    def __ge__(self, other: object) -> Any:
        return self.compared(">=", self, other)

    def __eq__(self, other: object) -> Any:
        return self.compared("==", self, other)

    def __ne__(self, other: object) -> Any:
        return self.compared("!=", self, other)


class Logic:
    """The operators of conditions: &, |, ^ and ~."""

    __slots__ = ()

    @staticmethod
    @abstractmethod
    def gate(op: str, left: object, right: object) -> Any:
        """Return what was given joined, NotImplemented where it is no condition."""

    @abstractmethod
    def denied(self) -> Any:
        """Return that this does not hold."""

    def __and__(self, other: object) -> Any:
        return self.gate("and", self, other)

    def __rand__(self, other: object) -> Any:
        return self.gate("and", other, self)

    def __or__(self, other: object) -> Any:
        return self.gate("or", self, other)

    def __ror__(self, other: object) -> Any:
        return self.gate("or", other, self)

    def __xor__(self, other: object) -> Any:
        return self.gate("xor", self, other)

    def __rxor__(self, other: object) -> Any:
        return self.gate("xor", other, self)

    def __invert__(self) -> Any:
        return self.denied()
