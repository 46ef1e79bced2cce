"""The expressions and conditions that an author writes, kept as they are written.

Place in the chain: **definition** -> derivation -> proof. SymPy changes what is handed to it (its
Mod of a Mod is another number, its floor vanishes from a comparison), so an author's line is first
a tree of this module. Counting, proving and printing read this tree; SymPy's form of it is one
reading among others, and is checked (`terms.reading`).

A *term* has a rational value at integer letters, or none; a *condition* is true or false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from numbers import Rational
from typing import Any, TypeAlias

from proofpress.faults.errors import PressError
from proofpress.terms.operators import Arithmetic, Logic
from proofpress.terms.sizes import refuse_long

Node: TypeAlias = "Term | Condition"
Rows: TypeAlias = "tuple[tuple[Term, Condition], ...]"

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}

# The functions of terms, with the number of their arguments; None for any number from one on.
FUNCTIONS: Mapping[str, int | None] = {
    "floor": 1,
    "ceiling": 1,
    "Mod": 2,
    "Abs": 1,
    "sign": 1,
    "Min": None,
    "Max": None,
    "binomial": 2,
    "factorial": 1,
}


class Written:
    """What terms and conditions share: their text decides what they are, and SymPy may ask.

    >>> Letter("n") + 1
    n + 1
    """

    __slots__ = ("_hash", "_key")

    # SymPy's own expressions leave an operation to the operand of higher priority.
    _op_priority = 100.0

    def __init__(self, key: tuple[Any, ...]) -> None:
        self._key = key
        self._hash = hash(key)

    @property
    def identity(self) -> tuple[Any, ...]:
        """Return what tells this node from others."""
        return self._key

    def __hash__(self) -> int:
        return self._hash

    def __bool__(self) -> bool:
        raise TypeError(f"cannot determine truth value of {self}")

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return type(self), self._key[1:]

    def __repr__(self) -> str:
        from proofpress.terms.text import written

        return written(self)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> Any:
        # What SymPy can tell of an expression (expand, subs), it tells of its own form of it.
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self._sympy_(), name)

    def _sympy_(self) -> Any:
        from proofpress.terms.in_sympy import to_sympy

        return to_sympy(self)


class Term(Arithmetic, Written):
    """A number that depends on letters. Its operators make larger terms and work out nothing.

    >>> n = Letter("n")
    >>> n * (n + 1) / 2, 1 <= n, n == 3
    (n*(n + 1)/2, n >= 1, Eq(n, 3))
    """

    __slots__ = ()

    # numpy's arrays and numbers do not take a term apart.
    __array_ufunc__ = None
    __hash__ = Written.__hash__

    @staticmethod
    def of(op: str, *terms: Term) -> Term:
        """Return an operation of terms."""
        return Apply(op, terms)

    @staticmethod
    def joined(op: str, left: object, right: object) -> Term:
        """Return an operation of what was given, NotImplemented where it is no term."""
        if not (_is_term(left) and _is_term(right)):
            return NotImplemented
        return Apply(op, (as_term(left), as_term(right)))

    @staticmethod
    def compared(op: str, left: object, right: object) -> Relation:
        """Return a comparison of what was given, NotImplemented where it is no term."""
        if not (_is_term(left) and _is_term(right)):
            if op in ("==", "!="):
                # Nothing else is equal to a term.
                return op == "!="  # type: ignore[return-value]
            return NotImplemented
        return Relation(op, as_term(left), as_term(right))

    def __iter__(self) -> Iterator[Term]:
        raise TypeError(f"{self} is one term, not a list of them")


class Number(Term):
    """A rational number.

    >>> Number(Fraction(1, 2))
    1/2
    """

    __slots__ = ("value",)

    def __init__(self, value: Fraction | int) -> None:
        self.value = Fraction(value)
        super().__init__(("number", self.value))
        # Python gives -1 and -2 one hash, and a dictionary would then ask whether they are equal.
        self._hash = hash(("number", str(self.value)))


class Letter(Term):
    """An integer that has no value yet; letters of one name are one letter.

    >>> Letter("n") + 1
    n + 1
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(("letter", name))


class Apply(Term):
    """An operation or function of terms: + - * / neg ** or one of FUNCTIONS.

    >>> Apply("Mod", (2 * Apply("Mod", (Letter("i"), Number(3))), Number(3)))
    Mod(2*Mod(i, 3), 3)
    """

    __slots__ = ("args", "op")

    def __init__(self, op: str, args: tuple[Term, ...]) -> None:
        self.op = op
        self.args = tuple(args)
        super().__init__(("apply", op, self.args))


class Cases(Term):
    """The value of the first row whose condition holds; none where no condition does.

    >>> n = Letter("n")
    >>> Cases(((n, n >= 1), (Number(1), TRUE)))
    Piecewise((n, n >= 1), (1, True))
    """

    __slots__ = ("rows",)

    def __init__(self, rows: Rows) -> None:
        self.rows = tuple((value, when) for value, when in rows)
        super().__init__(("cases", self.rows))


class Series(Term):
    """The sum or product of a term over all integers of a letter from low to high.

    Where high < low there is nothing to add: a sum is 0, a product 1.

    >>> k, n = Letter("k"), Letter("n")
    >>> Series("Sum", k * k, k, Number(1), n)
    Sum(k*k, (k, 1, n))
    """

    __slots__ = ("body", "high", "kind", "letter", "low")

    def __init__(self, kind: str, body: Term, letter: Letter, low: Term, high: Term) -> None:
        self.kind, self.body, self.letter, self.low, self.high = kind, body, letter, low, high
        super().__init__(("series", kind, body, letter, low, high))


class Condition(Logic, Written):
    """Something that is true or false at integer letters; &, |, ^ and ~ join conditions.

    >>> n = Letter("n")
    >>> (n >= 1) & ~(n == 3)
    (n >= 1) & ~(Eq(n, 3))
    """

    __slots__ = ()
    __hash__ = Written.__hash__

    # SymPy's Piecewise takes no condition that is not called SymPy's before it asks for SymPy's
    # form of it, as all its other functions do at once.
    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        import sys

        sympy = sys.modules.get("sympy")
        return sympy.logic.boolalg.Boolean if sympy else type(self)

    @staticmethod
    def gate(op: str, left: object, right: object) -> Condition:
        """Return what was given joined, NotImplemented where it is no condition.

        Raises PressError for Python's True and False: what is left of a comparison that was decided
        while it was written.
        """
        for side in (left, right):
            if type(side).__name__ in ("bool", "bool_"):  # Python's own, and numpy's
                raise _refused(
                    side,
                    "stands where a condition is expected: a comparison was decided at once",
                    "compare letters and numbers, with the letter on the left of == and !=",
                )
        if not all(isinstance(x, Condition) or _is_sympy(x) for x in (left, right)):
            return NotImplemented
        return Gate(op, (as_condition(left), as_condition(right)))

    def denied(self) -> Condition:
        """Return that this does not hold."""
        return Gate("not", (self,))

    def __eq__(self, other: object) -> bool:
        if not issubclass(type(other), Condition):
            return False
        if same(self, other):
            return True
        raise TypeError(f"cannot determine truth value of {self} == {other}: write ~(a ^ b)")


class Truth(Condition):
    """What always, or never, holds.

    >>> TRUE, FALSE
    (True, False)
    """

    __slots__ = ("value",)

    def __init__(self, value: bool) -> None:
        self.value = value
        super().__init__(("truth", value))


class Relation(Condition):
    """A comparison of two terms: <, <=, >, >=, == or !=."""

    __slots__ = ("left", "op", "right")

    def __init__(self, op: str, left: Term, right: Term) -> None:
        self.op, self.left, self.right = op, left, right
        super().__init__(("relation", op, left, right))

    def __bool__(self) -> bool:
        # Python asks when it looks a term up in a dictionary, and then means the same text.
        if self.op in ("==", "!=") and same(self.left, self.right):
            return self.op == "=="
        raise TypeError(f"cannot determine truth value of {self}")


class Gate(Condition):
    """Conditions joined by and, or, xor, or one of them denied by not."""

    __slots__ = ("args", "op")

    def __init__(self, op: str, args: tuple[Condition, ...]) -> None:
        self.op = op
        self.args = tuple(args)
        super().__init__(("gate", op, self.args))


TRUE, FALSE = Truth(True), Truth(False)


def same(one: object, other: object) -> bool:
    """Return whether two nodes are written alike, sign by sign.

    >>> n = Letter("n")
    >>> same(n + 1, n + 1), same(n + 1, 1 + n)
    (True, False)
    """
    if one is other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Term | Condition) and isinstance(other, Term | Condition):
        return hash(one) == hash(other) and same(one.identity, other.identity)
    if isinstance(one, Term | Condition) or isinstance(other, Term | Condition):
        return False
    return bool(one == other)


def as_term(given: object) -> Term:
    """Return what was given as a term: a term, a whole number, a fraction or SymPy's expression.

    Raises PressError for text, for a floating-point number, and for what has no integer letters.

    >>> as_term(3), as_term(Fraction(1, 2))
    (3, 1/2)
    """
    if isinstance(given, Term):
        return given
    if isinstance(given, Condition | bool):
        raise _refused(given, "is a condition, not a number", "write a term of letters and numbers")
    if isinstance(given, Rational):
        refuse_long(int(given.numerator), int(given.denominator))
        return Number(Fraction(int(given.numerator), int(given.denominator)))
    if _is_sympy(given):
        from proofpress.terms.in_sympy import term_of

        return term_of(given)
    if isinstance(given, float):
        raise _refused(
            given,
            "is a floating-point number, and those are not exact",
            "write a fraction with whole numbers, such as n/2 or Rational(1, 2)",
        )
    try:
        return Number(operator.index(given))  # type: ignore[arg-type]
    except TypeError:
        raise _refused(
            given,
            "is not an expression of letters and numbers",
            "write it without quotes, with letters from integers(...)",
        ) from None


def as_condition(given: object) -> Condition:
    """Return what was given as a condition: a condition, True or False, or SymPy's.

    >>> as_condition(True)
    True
    """
    if isinstance(given, Condition):
        return given
    if isinstance(given, bool):
        return TRUE if given else FALSE
    if _is_sympy(given):
        from proofpress.terms.in_sympy import condition_of

        return condition_of(given)
    what = "is not an expression of letters and numbers, and no condition"
    raise _refused(given, what, "write a comparison of letters, such as n >= 1")


def _refused(given: object, what: str, mend: str) -> PressError:
    from proofpress.terms.origin import author_line

    return PressError(f"{given!r} {what}", author_line(), mend)


def _is_sympy(given: object) -> bool:
    import sys

    sympy = sys.modules.get("sympy")
    return sympy is not None and issubclass(type(given), sympy.Basic)


def _is_term(given: object) -> bool:
    if isinstance(given, Term):
        return True
    if isinstance(given, bool | Condition | str):
        return False
    if isinstance(given, Rational | float) or hasattr(given, "__index__"):
        return True
    return _is_sympy(given) and not getattr(given, "is_Boolean", False)
