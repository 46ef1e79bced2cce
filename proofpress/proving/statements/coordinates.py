"""Coordinates: the statement that a change of coordinates maps one set onto another, one to one.

Place in the chain: definition -> derivation -> **proof** -> ledger. With a map from the blocks to
the original set and one back, four entailments suffice: each map leads into the other set, and
each undoes the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean
from sympy.solvers.solveset import NonlinearError

from proofpress.counting.expressions import as_expression, substituted
from proofpress.counting.latex import written
from proofpress.counting.letters import author_source
from proofpress.counting.plain import function
from proofpress.counting.sets import IntegerSet
from proofpress.counting.steps import points_of, set_definition
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Meant
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving import as_written, inclusion
from proofpress.proving.entailment import Entailment, plain_steps
from proofpress.proving.inclusion import Inclusion
from proofpress.proving.method import Finding
from proofpress.proving.methods import domain, entailments_by_z3, images, products
from proofpress.proving.methods.images import Images
from proofpress.proving.renaming import renamed
from proofpress.proving.statements.statement import Statement
from proofpress.proving.tries import Values, small_cases
from proofpress.terms import reading
from proofpress.terms.in_sympy import as_symbol, term_of
from proofpress.terms.tree import TRUE, Letter, Relation, Term
from proofpress.terms.walk import put


class Coordinates(Statement):
    """A bijection between the points of `blocks` and those of `original`.

    `mapping` gives the original letters in the blocks' letters, `inverse` the other way round;
    `where` gives parameters of the original in those of the blocks.
    """

    kind = "bijection"

    def __init__(
        self,
        name: str,
        title: str,
        original: IntegerSet,
        blocks: IntegerSet,
        mapping: Mapping[object, object],
        inverse: Mapping[object, object],
        where: Mapping[object, object],
        *,
        expect: str | None = None,
    ) -> None:
        source = author_source(name)
        super().__init__(name, title, blocks.parameters, blocks.assumed, source, expect=expect)
        place = str(self.source)
        read = [
            {as_symbol(letter): reading.term(value, place) for letter, value in given.items()}
            for given in (mapping, inverse, where)
        ]
        original, read = _apart(original, blocks, read, place)
        self.original = original
        self.blocks = blocks
        self.mapping, self.inverse, self.where = (
            {letter: form for letter, (_, form) in given.items()} for given in read
        )
        # Each term as it was written, with SymPy's form of it.
        self.terms = [list(given.values()) for given in read]
        self._refuse_other_letters("mapping", self.mapping, original.counted)
        self._refuse_other_letters("inverse", self.inverse, blocks.counted)
        unknown = set(self.where) - set(original.parameters)
        if unknown:
            raise PressError(
                f"where= of {name} names {min(map(str, unknown))}, no parameter of the original",
                place,
                f"name some of {', '.join(map(str, original.parameters))}",
            )

    def _refuse_other_letters(
        self, option: str, given: Mapping[sp.Symbol, sp.Expr], wanted: Sequence[sp.Symbol]
    ) -> None:
        if set(given) != set(wanted):
            raise PressError(
                f"{option}= of {self.name} has the letters {', '.join(map(str, given))}, "
                f"not {', '.join(map(str, wanted))}",
                str(self.source),
                f"give {option}= one term for each of {', '.join(map(str, wanted))}",
            )

    @cached_property
    def back(self) -> dict[sp.Symbol, sp.Expr]:
        """Return the blocks' own parameters in the parameters of the original.

        Raises PressError where the equations of `where`, linear in them, do not determine them.
        """
        own = [p for p in self.blocks.parameters if p not in self.original.parameters]
        equations = [letter - value for letter, value in self.where.items()]
        try:
            solutions = list(sp.linsolve(equations, own)) if own else [()]
        except NonlinearError:
            solutions = []
        if not solutions or any(value.has(*own) for value in solutions[0]):
            raise PressError(
                f"{self.name} does not say what {', '.join(map(str, own))} is in the original",
                str(self.source),
                "give where= one equation, linear in it, for each of these letters",
            )
        return dict(zip(own, solutions[0], strict=True))

    @property
    def closed_form(self) -> sp.Basic:
        """Return the map as equations."""
        return _equations(self._maps())

    def formula(self) -> str:
        """Return the map as display LaTeX."""
        letters = (*self.blocks.parameters, *self.blocks.counted)
        return r",\qquad ".join(
            f"{letter_latex(x)} = {written(e, letters)}" for x, e in self._maps()
        )

    def definition(self) -> str:
        """Return the map from the blocks to the original letters."""
        return self.formula()

    def meaning(self) -> Meant:
        """Return the map from the blocks to the original letters."""
        return self.closed_form

    def derivation(self) -> Sequence[Line]:
        """Return the two sets and the maps between them."""
        letters = (*self.original.parameters, *self.original.counted)
        back = r",\qquad ".join(
            f"{letter_latex(x)} = {written(e, letters)}" for x, e in self.inverse.items()
        )
        return (
            Line(
                "definition",
                "The set is",
                set_definition(self.original),
                points_of(self.original),
            ),
            self.line(),
            self.blocks_line(),
            Line(
                "inverse",
                "Every point is met exactly once, since the way back is",
                back,
                _equations(self.inverse.items()),
            ),
        )

    def line(self) -> Line:
        """Return the change of coordinates as one line."""
        return Line("coordinates", "In block coordinates,", self.formula(), self.meaning())

    def blocks_line(self) -> Line:
        """Return the set in the new coordinates as one line."""
        said = points_of(self.blocks)
        return Line("blocks", "the set becomes", set_definition(self.blocks), said)

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of the bijection, and that all letters of the original are met."""
        return [*self.bijection(), domain.METHOD.answer(lambda: [*self.duties(), *self.values()])]

    def duties(self) -> list[Inclusion]:
        """Return that all letters of the original are reached, and lead back into its domain."""
        where = {str(letter): term_of(value) for letter, value in self.where.items()}
        equations = [Relation("==", term, Letter(name)) for name, term in where.items()]
        back = {str(letter): term_of(value) for letter, value in self.back.items()}
        return [
            Inclusion(self.original.assumed, self.blocks.assumed, back, equations),
            Inclusion(self.blocks.assumed, self.original.assumed, where),
        ]

    def values(self) -> list[Inclusion]:
        """Return that sets have values wherever they are asked for them, and maps integers."""
        duties = []
        for counted, terms in ((self.blocks, self.terms[0]), (self.original, self.terms[1])):
            what = f"the set {counted.name}"
            duties += inclusion.with_value(counted.assumed, TRUE, what)
            duties += inclusion.with_value(
                counted.written, counted.assumed, what, [term for term, _ in terms]
            )
        where = [term for term, _ in self.terms[2]]
        duties += inclusion.with_value(self.blocks.assumed, TRUE, "where=", where)
        for known, letters, terms, what in (
            (self.blocks.assumed & self.blocks.written, self.mapping, self.terms[0], "mapping="),
            (
                self.original.assumed & self.original.written,
                self.inverse,
                self.terms[1],
                "inverse=",
            ),
            (self.blocks.assumed, self.where, self.terms[2], "where="),
        ):
            # A map that leads between the integers meets no point.
            values = {str(x): term for x, (term, _) in zip(letters, terms, strict=True)}
            duties.append(Inclusion(known, TRUE, values, what=what))
        return duties

    def bijection(self) -> Sequence[Evidence]:
        """Return the evidence of products, solver and enumeration, worked out once.

        It is about the letters that the blocks assume, and about those of the original that they
        lead to; that all has a value there is owed as well (`values`).
        """
        return self._bijection

    @cached_property
    def _bijection(self) -> list[Evidence]:
        return [
            products.METHOD.answer(lambda: self._read() or self.plain),
            entailments_by_z3.METHOD.answer(lambda: self._read() or self.plain, "bijection by z3"),
            images.METHOD.answer(self._enumerated),
        ]

    def _read(self) -> Finding | None:
        """Return None if SymPy's forms of the sets and maps say what was written."""
        for term, form in (pair for pairs in self.terms for pair in pairs):
            if not reading.same(term, form):
                what = f"it is open whether SymPy's {form} is {term}"
                return Finding(Verdict.UNDECIDED, "all", what)
        return as_written.by_forms(self.original) or as_written.by_forms(self.blocks)

    @cached_property
    def plain(self) -> list[Entailment]:
        """Return the entailments with their floors as letters."""
        return plain_steps(self.entailments())

    def entailments(self) -> list[Entailment]:
        """Return what makes the map a bijection, each step free of what came before it."""
        forward = {**self.mapping, **self.where}
        inside = sp.And(self.blocks.assuming, self.blocks.predicate)
        here = sp.And(self.blocks.assuming, substituted(self.original.predicate, self.where))
        image, lemmas = _divided(substituted(self.original.predicate, forward), inside, self._point)
        undone, more = _divided(_returning(self.inverse, forward), inside, self._point)
        return [
            *dict.fromkeys([*lemmas, *more]),
            Entailment("blocks map into the set", inside, image),
            Entailment("the way back undoes the map", inside, undone),
            Entailment(
                "the set maps into the blocks",
                here,
                substituted(self.blocks.predicate, self.inverse),
            ),
            Entailment("the map undoes the way back", here, _returning(self.mapping, self.inverse)),
        ]

    @cached_property
    def _point(self) -> dict[sp.Symbol, int]:
        """Return a point of the blocks with its letters; nothing where none is near."""
        for case in small_cases(self.blocks.parameters, self.blocks.assuming, 4):
            for point in self.blocks.points(**{str(k): v for k, v in case.items()}):
                return {**case, **dict(zip(self.blocks.counted, point, strict=True))}
        return {}

    def _maps(self) -> list[tuple[sp.Symbol, sp.Expr]]:
        return [*self.where.items(), *self.mapping.items()]

    def _enumerated(self) -> Images:
        return Images(
            self.blocks.parameters,
            self.blocks.assuming,
            self._images,
            lambda case: self.original.points(**self._outer(case)),
        )

    def _outer(self, case: Values) -> dict[str, int]:
        """Return the original's parameters at values of the blocks'."""
        return {
            str(p): int(function(tuple(case), as_expression(self.where.get(p, p)))(*case.values()))
            for p in self.original.parameters
        }

    def _images(self, case: Values) -> list[tuple[int, ...]]:
        letters = (*case, *self.blocks.counted)
        maps = [function(letters, self.mapping[x]) for x in self.original.counted]
        names = {str(k): v for k, v in case.items()}
        return [
            tuple(f(*case.values(), *point) for f in maps) for point in self.blocks.points(**names)
        ]


_Read = list[dict[sp.Symbol, tuple[Term, sp.Expr]]]


def _apart(
    original: IntegerSet, blocks: IntegerSet, read: _Read, place: str
) -> tuple[IntegerSet, _Read]:
    """Return the original with other names for letters that mean something else in the blocks.

    `read` holds the map, its inverse and where, which then use the new names, too.
    """
    mapping, inverse, where = read
    theirs = {*blocks.counted, *blocks.parameters}
    clashing = [
        str(letter)
        for letter, (_, form) in (mapping | where).items()
        if letter in theirs and form != letter
    ]
    if not clashing:
        return original, read
    other, names = renamed(original, clashing, [*theirs, *original.counted, *original.parameters])
    values = {old: Letter(new) for old, new in names.items()}
    mapping, where = (
        {sp.Symbol(names.get(str(x), str(x)), integer=True): value for x, value in given.items()}
        for given in (mapping, where)
    )
    inverse = {x: reading.term(put(term, values), place) for x, (term, _) in inverse.items()}
    return other, [mapping, inverse, where]


def _equations(maps: Iterable[tuple[sp.Symbol, sp.Expr]]) -> Boolean:
    return sp.And(*(sp.Eq(x, as_expression(e), evaluate=False) for x, e in maps), evaluate=False)


def _returning(way: Mapping[sp.Symbol, sp.Expr], other: Mapping[sp.Symbol, sp.Expr]) -> Boolean:
    """Return that each letter is what one way makes of what the other made of it."""
    equations = (sp.Eq(e.xreplace(other), x, evaluate=False) for x, e in way.items())
    return sp.And(*equations, evaluate=False)


def _divided(
    predicate: Boolean, hypotheses: Boolean, point: Mapping[sp.Symbol, int]
) -> tuple[Boolean, list[Entailment]]:
    """Return the predicate with floor(e/w) replaced by its quotient, and the lemmas that say so.

    The lemma claims that what is left of e lies between 0 and w - 1.
    """
    lemmas, replaced = [], {}
    for bent in sorted(predicate.atoms(sp.floor), key=str):
        top, bottom = sp.together(bent.args[0]).as_numer_denom()
        quotient = _quotient(top, bottom, point)
        replaced[bent] = quotient
        exact = sp.Eq(bent, quotient, evaluate=False)
        lemmas.append(Entailment(f"quotient {quotient}", hypotheses, exact))
    return substituted(predicate, replaced), lemmas


def _quotient(top: sp.Expr, bottom: sp.Expr, point: Mapping[sp.Symbol, int]) -> sp.Expr:
    """Return what floor(top/bottom) probably is where the hypotheses hold.

    By a letter it is the quotient of the polynomials. By a number each coefficient is divided, and
    what is lost is made up for so that the quotient is right at the point.

    >>> k, a = sp.symbols("k a", integer=True)
    >>> _quotient(6 * k + 2 * a - 7, sp.Integer(6), {k: 2, a: 3})
    k - 1
    """
    if not bottom.is_Integer or not top.free_symbols <= set(point):
        return sp.div(sp.Poly(top, bottom), sp.Poly(bottom, bottom))[0].as_expr()
    letters = sorted(top.free_symbols, key=str)
    form = sp.Poly(top, *letters) if letters else sp.Poly(top, sp.Dummy())
    whole = sp.Poly({power: int(c / bottom) for power, c in form.terms()}, *form.gens).as_expr()
    lost = sp.floor((top - bottom * whole).subs(dict(point)) / bottom)
    return sp.expand(whole + lost)
