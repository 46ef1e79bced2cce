"""Tensors by shape: the parameters of a network, counted entry by entry.

Place in the chain: **definition** -> derivation -> proof. An architecture is a list of tensors;
its number of parameters is the sum over them of copies times the product of the shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

import sympy as sp

from proofpress.counting.expressions import as_expression
from proofpress.terms.tree import Number, Term, as_term
from proofpress.terms.value import compiled


@dataclass(frozen=True)
class Tensor:
    """One weight or bias of a network: its name, its shape in letters, and how often it occurs.

    >>> c, h = sp.symbols("c h", integer=True)
    >>> Tensor("input weight", (h, c)).size
    c*h
    """

    name: str
    shape: tuple[sp.Expr, ...]
    copies: sp.Expr | int = 1
    written: tuple[Term, ...] = field(default=(), init=False, compare=False, repr=False)
    written_copies: Term = field(default=Number(1), init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # What an author gives, as it is written and in SymPy's form.
        object.__setattr__(self, "written", tuple(map(as_term, self.shape)))
        object.__setattr__(self, "shape", tuple(map(as_expression, self.shape)))
        object.__setattr__(self, "written_copies", as_term(self.copies))
        object.__setattr__(self, "copies", as_expression(self.copies))

    @property
    def size(self) -> sp.Expr:
        """Return the number of entries of all copies."""
        return sp.Mul(self.copies, *self.shape)

    @property
    def label(self) -> str:
        """Return the tensor's name as it is printed."""
        return self.name

    @property
    def factors(self) -> tuple[sp.Expr, ...]:
        """Return copies (where there are several) and sides."""
        return self.shape if self.copies == 1 else (self.copies, *self.shape)

    def count(self, values: Mapping[sp.Symbol, int]) -> int:
        """Return the number of entries at given letters, found by visiting each of them."""
        copies, *sides = self._sides(values)
        found = _visited((abs(copies), *sides))
        return -found if copies < 0 else found

    def times(self, factor: sp.Expr) -> Tensor:
        """Return the same tensor with its number of copies multiplied."""
        return Tensor(self.name, self.written, self.written_copies * as_term(factor))

    def entries(self, values: Mapping[sp.Symbol, int]) -> Iterator[tuple[int, ...]]:
        """Return the index of every entry of every copy at given letters, one after the other."""
        return product(*map(range, self._sides(values)))

    def _sides(self, values: Mapping[sp.Symbol, int]) -> tuple[int, ...]:
        names = tuple(map(str, values))
        numbers = (self.written_copies, *self.written)
        return tuple(int(compiled(names, number)(*values.values())) for number in numbers)


@lru_cache(maxsize=100_000)
def _visited(sides: tuple[int, ...]) -> int:
    """Return how many entries there are, by visiting each of them."""
    return sum(1 for _ in product(*map(range, sides)))


def linear(
    name: str, outputs: sp.Expr, inputs: sp.Expr, copies: sp.Expr | int = 1
) -> tuple[Tensor, Tensor]:
    """Return weight and bias of a fully connected layer.

    >>> d = sp.Symbol("d", integer=True)
    >>> [tensor.size for tensor in linear("head", sp.Integer(1), 2 * d)]
    [2*d, 1]
    """
    return (
        Tensor(f"{name} weight", (outputs, inputs), copies),
        Tensor(f"{name} bias", (outputs,), copies),
    )


def parameters(tensors: Iterable[Tensor]) -> sp.Expr:
    """Return the number of entries of all tensors.

    >>> d = sp.Symbol("d", integer=True)
    >>> parameters(linear("head", sp.Integer(1), 2 * d))
    2*d + 1
    """
    return sp.Add(*(tensor.size for tensor in tensors))
