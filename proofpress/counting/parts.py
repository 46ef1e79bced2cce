"""The derivation of a sum of parts, as lines that a reader can follow.

Place in the chain: definition -> **derivation** -> proof -> template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from proofpress.counting.expressions import product_form
from proofpress.counting.latex import formula
from proofpress.counting.lines import broken, equated, joined
from proofpress.counting.recurrences import Part
from proofpress.counting.sets import IntegerSet
from proofpress.counting.steps import product_of
from proofpress.counting.tensors import Tensor
from proofpress.latex.meant import Amounts, Equal, Meant, Product, Rows, Together
from proofpress.ledger.claims import Line
from proofpress.terms.tree import Term, as_term

# With more parts than this the definition names them instead of writing their products.
MOST_PRODUCTS = 6


@dataclass(frozen=True)
class Group:
    """Parts that are shown as one: a layer, an embedding.

    >>> d = sp.Symbol("d", integer=True)
    >>> Group("output", (Tensor("weight", (1, d)), Tensor("bias", (1,)))).size
    d + 1
    """

    label: str
    parts: tuple[Tensor | Part, ...]

    @property
    def size(self) -> sp.Expr:
        """Return the sum of the sizes."""
        return sp.Add(*(part.size for part in self.parts))

    def count(self, values: Mapping[sp.Symbol, int]) -> int:
        """Return the sum of the parts' numbers at given letters, each found by counting."""
        return sum(part.count(values) for part in self.parts)


AnyPart = Tensor | Part | Group


def members(parts: Iterable[AnyPart]) -> Iterator[Tensor | Part]:
    """Return the parts, those of groups one by one."""
    for part in parts:
        if isinstance(part, Group):
            yield from part.parts
        else:
            yield part


def sets_of(parts: Iterable[AnyPart]) -> list[IntegerSet]:
    """Return the sets that the parts are counted over, each once."""
    return list(dict.fromkeys(part.where for part in members(parts) if isinstance(part, Part)))


def sizes(parts: Iterable[AnyPart]) -> Iterator[tuple[Term, str]]:
    """Return the sides and copies of tensors and the operations at a point, and which they are.

    A side is an integer and not negative; copies and operations are integers, and may be taken
    off.

    >>> h = sp.Symbol("h", integer=True)
    >>> list(sizes([Tensor("W", (h, 3), copies=2)]))
    [(h, 'side'), (3, 'side'), (2, 'copies')]
    """
    for part in members(parts):
        if isinstance(part, Tensor):
            yield from ((side, "side") for side in part.written)
            yield part.written_copies, "copies"
        else:
            yield from ((side, "side") for side in part.sides)
            yield as_term(part.weight), "copies"


def definition(parts: Sequence[AnyPart], letters: Sequence[sp.Symbol]) -> str:
    """Return the sum that is meant: of products, or of named parts where there are many.

    >>> c, h = sp.symbols("c h", integer=True)
    >>> definition((Tensor("W_in", (h, c)), Tensor("W_left", (h, h))), (c, h))
    'h \\\\times c + h \\\\times h'
    """
    if len(parts) <= MOST_PRODUCTS and not any(isinstance(part, Group) for part in parts):
        return broken(joined(_product(part, letters) for part in parts))
    return broken(" + ".join(rf"\#\,{_label(part)}" for part in parts))


def meaning(parts: Sequence[AnyPart]) -> Meant:
    """Return what `definition` is meant to say."""
    if len(parts) <= MOST_PRODUCTS and not any(isinstance(part, Group) for part in parts):
        return _together([_product_meant(part) for part in parts])
    return Amounts(tuple(part.label for part in parts))


def lines(
    parts: Sequence[AnyPart], letters: Sequence[sp.Symbol], total: str, whole: sp.Expr
) -> tuple[Line, ...]:
    """Return a table of the parts with their sizes, and their sum in two shapes.

    >>> c, h = sp.symbols("c h", integer=True)
    >>> parts = (Tensor("W_in", (h, c)), Tensor("W_left", (h, h)))
    >>> lines(parts, (c, h), "h(c + h)", h * (c + h))[1].formula
    'c h + h^{2} = h(c + h)'
    """
    rows = [
        rf"{_label(part)} :\quad & {_product(part, letters)} &&= {_size(part, letters)}"
        for part in parts
    ]
    body = r" \\ ".join(rows)
    shown = rf"\begin{{aligned}} {body} \end{{aligned}}"
    added = terms(parts, letters)
    equal = broken(added) if added == total else equated(added, total)
    sizes = tuple((part.label, Equal((_product_meant(part), part.size))) for part in parts)
    sums = (whole,) if added == total else (meant_terms(parts), whole)
    return (
        Line("parts", "Part by part:", shown, Rows(sizes)),
        Line("closed form", "Together this is", equal, Equal(sums) if len(sums) > 1 else whole),
    )


def terms(parts: Sequence[AnyPart], letters: Sequence[sp.Symbol]) -> str:
    """Return the sum of the parts' sizes, each factored, equal ones taken together.

    >>> n = sp.Symbol("n", integer=True)
    >>> terms((Tensor("a", (n, n - 1)), Tensor("b", (n, n - 1)), Tensor("c", (n,))), (n,))
    '2n(n - 1) + n'
    """
    sizes: dict[sp.Expr, sp.Rational] = {}
    for part in parts:
        coefficient, body = product_form(part.size).as_coeff_Mul()
        sizes[body] = sizes.get(body, sp.Integer(0)) + coefficient
    texts = [formula(coefficient * body, letters) for body, coefficient in sizes.items()]
    return joined(texts)


def meant_terms(parts: Sequence[AnyPart]) -> Meant:
    """Return what `terms` is meant to say: the sum of the parts' sizes."""
    return _together([part.size for part in parts])


def _product_meant(part: AnyPart) -> Meant:
    if isinstance(part, Group):
        return meant_terms(part.parts)
    return part.factors[0] if len(part.factors) == 1 else Product(tuple(part.factors))


def _together(parts: Sequence[Meant]) -> Meant:
    return parts[0] if len(parts) == 1 else Together(tuple(parts))


def _size(part: AnyPart, letters: Sequence[sp.Symbol]) -> str:
    return formula(product_form(part.size), letters)


def _product(part: AnyPart, letters: Sequence[sp.Symbol]) -> str:
    return (
        terms(part.parts, letters) if isinstance(part, Group) else product_of(part.factors, letters)
    )


def _label(part: AnyPart) -> str:
    """Return a label in LaTeX; a matrix W_in keeps its index, words are text.

    >>> _label(Tensor("W_in", ()))
    'W_{\\\\mathrm{in}}'
    """
    name, _, note = part.label.partition(", ")
    symbol, _, index = name.partition("_")
    if len(symbol) > 1:
        return rf"\text{{{part.label}}}"
    shown = rf"{symbol}_{{\mathrm{{{index}}}}}" if index else symbol
    return rf"{shown}\text{{, {note}}}" if note else shown
