"""Cells: parts of a domain, in integer variables, on which a term is one quotient of polynomials.

Place in the chain: definition -> derivation -> **proof**. A cell says what the letters are in its
own variables (a residue class n = 3 x + 1, an edge t = n - 1), and which polynomials are not
negative on it. It is cut in two where a sign is not known, and into residues where a fraction is
not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import add, mul
from typing import Any

from proofpress.counting.deadline import check_deadline, seconds_left
from proofpress.counting.polyhedra import feasible, sample
from proofpress.proving.polys import Monomial, Number, Poly, denied, tightened, variable

# What the solver may do for one question, in its own measure, so that no clock decides.
EFFORT = 150_000


class Open(Exception):
    """Raised where a term is not understood on a cell; the question is then undecided."""


class Fork(Exception):
    """Raised where it is to be told apart whether a polynomial is >= 0, or < 0."""

    def __init__(self, poly: Poly, cell: Cell) -> None:
        super().__init__(poly)
        self.poly, self.cell = poly, cell


class Split(Exception):
    """Raised where the residues of variables by a modulus are to be told apart."""

    def __init__(self, variables: frozenset[int], modulus: int, cell: Cell) -> None:
        super().__init__(variables, modulus)
        self.variables, self.modulus, self.cell = variables, modulus, cell


class Names:
    """Gives out variables: each number has one meaning in the whole of a proof."""

    def __init__(self) -> None:
        self._count = 0
        self._atoms: dict[Hashable, int] = {}
        # What a floor or factorial is made of, by its variable.
        self._inside: dict[int, frozenset[int]] = {}

    def fresh(self) -> int:
        """Return a variable that means nothing yet."""
        self._count += 1
        return self._count

    def atom(self, key: Hashable, inside: frozenset[int]) -> int:
        """Return the variable that stands for a floor or a factorial, one for each key."""
        if key not in self._atoms:
            self._atoms[key] = self.fresh()
            self._inside[self._atoms[key]] = frozenset().union(
                inside, *(self._inside.get(v, frozenset()) for v in inside)
            )
        return self._atoms[key]

    def is_atom(self, v: int) -> bool:
        """Return whether a variable stands for a floor or a factorial."""
        return v in self._inside

    def below(self, poly: Poly) -> frozenset[int]:
        """Return the variables of a polynomial with those inside its floors and factorials."""
        found = poly.variables
        return found.union(*(self._inside.get(v, frozenset()) for v in found))


class Cell:
    """What the letters are, and which polynomials (by their part without constant) are >= 0.

    >>> x = variable(1)
    >>> cell = Cell(Names(), {"n": x}).narrowed(x - 3)
    >>> cell.knows(x - 2), cell.knows(x - 4), cell.knows(-x)
    (True, None, False)
    """

    def __init__(
        self,
        names: Names,
        letters: Mapping[str, Poly],
        rows: Mapping[Poly, Number] | None = None,
        solved: Mapping[int, Poly] | None = None,
        classes: int = 1,
    ) -> None:
        self.names = names
        self.letters = dict(letters)
        self.rows = dict(rows or {})
        # Variables that an equation has made superfluous, the latest of two first: a running
        # letter before the claim's own.
        self.solved = dict(solved or {})
        self.classes = classes
        self._known: dict[Poly, bool | None] = {}

    def read(self, v: int) -> Poly:
        """Return what a variable is on this cell."""
        return self.solved.get(v, variable(v))

    def with_letter(self, name: str, form: Poly) -> Cell:
        """Return the cell with one letter more."""
        return Cell(self.names, {**self.letters, name: form}, self.rows, self.solved, self.classes)

    def narrowed(self, *polys: Poly) -> Cell | None:
        """Return the part of the cell where the polynomials are >= 0, None if that is nothing."""
        found: Cell | None = self
        for poly in polys:
            if found is None:
                return None
            found = found._narrowed(tightened(poly.put(found.solved)))
        return found

    def _narrowed(self, poly: Poly) -> Cell | None:
        if poly.number is not None:
            return self if poly.number >= 0 else None
        free = poly.free()
        if free in self.rows and self.rows[free] <= poly.tail:
            return self
        rows = {**self.rows, free: poly.tail}
        opposite = rows.get(-free)
        cell = Cell(self.names, self.letters, rows, self.solved, self.classes)
        if opposite is None or opposite + poly.tail > 0:
            return cell
        return cell._solved(poly) if opposite + poly.tail == 0 else None

    def _solved(self, equation: Poly) -> Cell | None:
        """Return the cell without a variable that the equation gives, where there is one."""
        found = None
        for monomial, c in equation.terms.items():
            if len(monomial) == 1 and monomial[0][1] == 1 and abs(c) == 1:
                v = monomial[0][0]
                if sum(any(u == v for u, _ in other) for other in equation.terms) == 1:
                    rank = (self.names.is_atom(v), -v)
                    found = (rank, v, c) if found is None or rank < found[0] else found
        if found is None:
            return self
        _, v, c = found
        put = {v: variable(v) - equation * c}
        return self._put(put, self.classes)

    def _put(self, put: Mapping[int, Poly], classes: int) -> Cell | None:
        letters = {name: form.put(put) for name, form in self.letters.items()}
        solved = {**{v: form.put(put) for v, form in self.solved.items()}, **put}
        cell = Cell(self.names, letters, {}, solved, classes)
        return cell.narrowed(*(free.put(put) + c for free, c in self.rows.items()))

    def split(self, variables: Iterable[int], modulus: int) -> Iterator[Cell]:
        """Return the cells of all residues of the variables."""
        names = sorted(variables)
        for residues in product(range(modulus), repeat=len(names)):
            put = {
                v: variable(self.names.fresh()) * modulus + residue
                for v, residue in zip(names, residues, strict=True)
            }
            cell = self._put(put, self.classes * modulus ** len(names))
            if cell is not None and not cell.empty(0):
                yield cell

    def knows(self, poly: Poly) -> bool | None:
        """Return whether the polynomial is >= 0, or < 0, on all of the cell; None if unknown."""
        poly = tightened(poly.put(self.solved))
        if poly.number is not None:
            return poly.number >= 0
        if poly not in self._known:
            self._known[poly] = self._knows(poly)
        return self._known[poly]

    def _knows(self, poly: Poly) -> bool | None:
        check_deadline()
        free, opposite = poly.free(), -poly.free()
        if free in self.rows and self.rows[free] <= poly.tail:
            return True
        if opposite in self.rows and self.rows[opposite] + poly.tail < 0:
            return False
        rows = self._about(poly)
        if _contradict([*rows, denied(poly)]):
            return True
        if _contradict([*rows, poly]):
            return False
        if all(row.affine for row in (*rows, poly)) or len(poly.variables) == 1:
            return None
        for sign, answer in ((denied(poly), True), (poly, False)):
            if _solve([*rows, sign]) == "unsat":
                return answer
        return None

    def _about(self, poly: Poly) -> list[Poly]:
        """Return the rows that share a variable with the polynomial, or with such a row."""
        wanted, rest = set(poly.variables), [free + c for free, c in self.rows.items()]
        found: list[Poly] = []
        while True:
            related = [row for row in rest if row.variables & wanted]
            if not related:
                return found
            found += related
            rest = [row for row in rest if not row.variables & wanted]
            wanted.update(*(row.variables for row in related))

    def polys(self) -> list[Poly]:
        """Return the polynomials that are >= 0 on the cell."""
        return [free + c for free, c in self.rows.items()]

    def empty(self, effort: int = EFFORT) -> bool:
        """Return True only if no integer point is in the cell; without effort, by rows alone."""
        rows = self.polys()
        if _contradict(rows):
            return True
        return bool(effort) and _solve(rows, effort) == "unsat"

    def point(self) -> dict[int, int] | None:
        """Return the values of the cell's variables at one of its points, None if none is found."""
        rows = self.polys()
        order = sorted(frozenset().union(*(row.variables for row in rows)))
        plain = [tuple(_row(row, [((v, 1),) for v in order])) for row in rows if row.affine]
        if not order:
            return {}
        found = sample(plain) if plain else (0,) * len(order)
        if found is not None:
            values = dict(zip(order, found, strict=False))
            if all(row.at(values) >= 0 for row in rows):
                return values
        model = _solve(rows)
        return model if isinstance(model, dict) else None

    def at(self, values: Mapping[int, int]) -> dict[str, int] | None:
        """Return the letters at values of the variables, None if the point is not in the cell."""
        if any(row.at(values) < 0 for row in self.polys()):
            return None
        return {name: int(form.at(values)) for name, form in self.letters.items()}


def _row(poly: Poly, columns: Sequence[Monomial]) -> list[int]:
    return [*(int(poly.terms.get(column, 0)) for column in columns), int(poly.tail)]


def _contradict(rows: Sequence[Poly]) -> bool:
    """Return True if the rows contradict each other, each monomial taken for a letter."""
    columns = sorted({monomial for row in rows for monomial in row.terms if monomial})
    return not feasible(tuple(_row(row, columns)) for row in rows)


def _solve(rows: Sequence[Poly], effort: int = EFFORT) -> str | dict[int, int]:
    """Return "unsat", "unknown", or a point at which all rows are >= 0."""
    import z3

    check_deadline()
    order = sorted(frozenset().union(*(row.variables for row in rows)))
    letters = {v: z3.Int(f"x{v}") for v in order}
    solver = z3.SimpleSolver()
    solver.set("rlimit", effort)
    left = seconds_left()
    if left is not None:
        solver.set("timeout", max(1, int(left * 1000)))
    solver.add(*(_in_solver(z3, row, letters) >= 0 for row in rows))
    answer = str(solver.check())
    if answer != "sat":
        return answer
    model = solver.model()
    values = {v: model.eval(x, model_completion=True).as_long() for v, x in letters.items()}
    return values if all(row.at(values) >= 0 for row in rows) else "unknown"


def _in_solver(z3: Any, row: Poly, letters: Mapping[int, Any]) -> Any:
    terms = []
    for monomial, c in row.terms.items():
        factors = [letters[v] for v, e in monomial for _ in range(e)]
        terms.append(reduce(mul, [z3.IntVal(int(Fraction(c))), *factors]))
    return reduce(add, terms, z3.IntVal(0))
