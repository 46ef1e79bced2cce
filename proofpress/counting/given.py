"""What an author gives a recurrence: looked at where it is made, and told at that line.

Place in the chain: **definition** -> derivation -> proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from proofpress.counting.sets import IntegerSet
from proofpress.counting.tensors import Tensor
from proofpress.faults.errors import PressError


def matrix_terms(name: str, grid: object, terms: Iterable[Any], where: str) -> tuple[Any, ...]:
    """Return the terms of a recurrence on a grid.

    Raises PressError for no terms, for a matrix that has not two sides, and for an offset that has
    not one whole number for each letter of the grid.

    >>> matrix_terms("net", None, (), "derivations/net.py:3")
    Traceback (most recent call last):
    proofpress.faults.errors.PressError: the grid of net is None, which is no IntegerSet
      derivations/net.py:3
      mend: give Recurrence the set of its units
    """
    if not isinstance(grid, IntegerSet):
        what = f"the grid of {name} is {grid!r}, which is no IntegerSet"
        raise PressError(what, where, "give Recurrence the set of its units")
    mend = "write terms such as MatrixTerm(Tensor('W', (h, h)), (-1, 0))"
    listed = tuple(terms) if isinstance(terms, Iterable) and not isinstance(terms, str) else ()
    if not listed:
        raise PressError(f"the recurrence {name} has no terms", where, mend)
    for term in listed:
        matrix = getattr(term, "matrix", None)
        if not isinstance(matrix, Tensor):
            raise PressError(f"{term!r} of {name} is no term with a matrix", where, mend)
        if len(matrix.shape) != 2:
            what = f"the matrix {matrix.name} of {name} has {len(matrix.shape)} sides, not two"
            raise PressError(what, where, "give it rows and columns, as in Tensor('W', (h, c))")
        offset, counted = term.offset, grid.counted
        whole = isinstance(offset, tuple) and all(type(step) is int for step in offset)
        if offset is not None and (not whole or len(offset) != len(counted)):
            what = f"the offset {offset!r} of {matrix.name} in {name} does not fit its grid"
            letters = ", ".join(map(str, counted))
            raise PressError(what, where, f"give it one whole number for each of {letters}")
    return listed
