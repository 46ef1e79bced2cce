"""IntegerSet: what is counted, written once; its cardinality and its enumeration.

Place in the chain: **definition** -> derivation -> proof -> figure.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.cardinality import Cases, cardinality_cases
from proofpress.counting.deadline import OutOfTime, check_deadline, time_limit
from proofpress.counting.enumeration import points
from proofpress.counting.letters import author_source, name_comparison
from proofpress.faults.errors import PressError
from proofpress.latex.names import refuse_alike
from proofpress.ledger.claims import Evidence, Source
from proofpress.terms import normal, reading
from proofpress.terms.in_sympy import as_symbols
from proofpress.terms.tree import TRUE, Condition

# A definition that takes longer is refused: an author waits for `make check`.
SECONDS = 30.0


class IntegerSet:
    """The integer points (values of `counted`) where a predicate holds.

    The letters of the predicate that are not counted are its parameters, in the order in which
    `parameters` names them; without it they are in the order of their names.

    `written` and `assumed` are the author's own conditions, by which points are counted;
    `predicate` and `assuming` are SymPy's forms of them, with which the engine derives.

    >>> from proofpress import integers
    >>> n, i, j = integers("n i j")
    >>> causal = IntegerSet("causal", (i, j), (j >= 1) & (j <= i) & (i <= n), assuming=n >= 0)
    >>> causal.cardinality(), causal.count(n=4), list(causal.points(n=2))
    (n*(n + 1)/2, 10, [(1, 1), (2, 1), (2, 2)])
    """

    def __init__(
        self,
        name: str,
        counted: Iterable[object],
        predicate: object,
        assuming: object = TRUE,
        parameters: Iterable[object] | None = None,
        source: Source | None = None,
    ) -> None:
        self.name = name
        self.source = source or author_source(name)
        self.counted = as_symbols(counted)
        if not self.counted:
            raise self.error("no letter is counted", "name the counted letters, as in (i, j)")
        self.written, self.predicate = self._read(predicate)
        self.assumed, self.assuming = self._read(assuming)
        # Filled by the proving package: what is known of the derivation, and of a closed form.
        self.evidence: dict[object, list[Evidence]] = {}
        self._counts: dict[tuple[int, ...], int] = {}
        self._refuse_constants(predicate)
        found = (self.predicate.free_symbols | self.assuming.free_symbols) - set(self.counted)
        given = as_symbols(parameters) if parameters is not None else ()
        self.parameters = given or tuple(sorted(found, key=str))
        missing = found - set(self.parameters)
        if missing:
            raise self.error(
                f"the letters {_names(missing)} are not among the parameters",
                "add them to parameters=",
            )
        refuse_alike((*self.counted, *self.parameters), name, str(self.source))
        bound = self.assuming.free_symbols & set(self.counted)
        if bound:
            raise self.error(
                f"the assumption mentions the counted letters {_names(bound)}",
                "move it into the predicate",
            )

    @cached_property
    def cases(self) -> Cases:
        """Return the cardinality as disjoint regions with polynomials; the engine's own form."""
        try:
            with time_limit(SECONDS):
                return cardinality_cases(
                    self.counted, self.parameters, self.predicate, self.assuming
                )
        except OutOfTime as error:
            check_deadline()  # an earlier limit, the caller's, is not the set's fault
            raise self.error(
                f"its count was not derived within {SECONDS:g} s",
                "use fewer alternatives, or smaller constants in Mod and floor",
            ) from error
        except PressError as error:
            if error.where:
                raise
            raise self.error(error.what, error.mend) from error

    def cardinality(self) -> sp.Expr:
        """Return the number of points as an expression in the parameters.

        A Piecewise over disjoint regions that cover `assuming` where there are several.
        """
        return self.cases.expression

    def count(self, **letters: int) -> int:
        """Return the number of points at given parameters by enumeration alone, no algebra."""
        values = tuple(self._values(letters).values())
        if values not in self._counts:
            self._counts[values] = sum(1 for _ in self.points(**letters))
        return self._counts[values]

    def points(self, **letters: int) -> Iterator[tuple[int, ...]]:
        """Return the points at given parameters, in lexicographic order of the counted letters."""
        try:
            yield from points(self.counted, self.written, self.predicate, self._values(letters))
        except PressError as error:
            if error.where:
                raise
            raise self.error(error.what, error.mend) from error

    def _values(self, letters: Mapping[str, int]) -> dict[sp.Symbol, int]:
        for letter in self.parameters:
            if str(letter) not in letters:
                raise self.error(f"the letter {letter} has no value", f"give {letter}=...")
        values = {}
        for letter in self.parameters:
            given = letters[str(letter)]
            try:
                values[letter] = operator.index(given)
            except TypeError:
                what = f"the letter {letter} was given {given!r}, which is no whole number"
                raise self.error(what, f"give {letter}= a whole number") from None
        return values

    def error(self, what: str, mend: str | None = None) -> PressError:
        """Return an error that names this set and the author's line."""
        where = f"{self.source.file}:{self.source.line}"
        return PressError(f"{self.name}: {what}", where, mend)

    def _read(self, given: object) -> tuple[Condition, Boolean]:
        try:
            return reading.condition(given, str(self.source))
        except PressError as error:
            raise self.error(error.what, error.mend) from error

    def _refuse_constants(self, given: object) -> None:
        written = None if isinstance(given, Condition) else name_comparison(self.source)
        if written is not None:
            raise self.error(
                f"{written} compares the names of letters, not their values",
                "write an equation as Eq(i, j), its opposite as Ne(i, j)",
            )
        for what, value in (("predicate", self.written), ("assumption", self.assumed)):
            form = normal.condition(value)
            constant = form[0] == "truth"
            if constant and (what == "predicate" or not form[1]):
                raise self.error(
                    f"the {what} is constantly {str(form[1]).lower()}",
                    "write a condition on the letters",
                )


def _names(letters: Iterable[sp.Symbol]) -> str:
    return ", ".join(sorted(map(str, letters)))
