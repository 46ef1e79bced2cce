"""The methods, one file each, and the list of them all.

Place in the chain: definition -> derivation -> **proof**. A method is a function from what is asked
to a Finding, with a name and the engines that it rests on. Statements ask methods; a method knows
no statement. What is asked is an object that several methods can be asked:

    the steps of a printed derivation              derivation
    parts and their total                          sizes
    obligations: equations on a domain             certificate, certificate_by_z3, coq
    entailments between products of letters        products, entailments_by_z3
    inclusions: what a domain owes                 domain
    a bound                                        signs, all_values, bound_by_z3, bound_by_values
    a closed form and another way to its numbers   enumeration, second_opinion, run
    a set and another's masks                      oracle
    a set and its images                           images
    a stated form beside the derived one           stated_form, stated_points
    what follows from a closed form                quotient, substitution, zero, growth, points, far

What all methods share, so that a fault there is found by none of them:

- the author's tree (`terms.tree`), the reading of what was handed over into it, and the parts of a
  total (`counting.parts`);
- SymPy's form of that tree, for all but those that read the tree itself: bounds, stated forms and
  all that evaluates. That it says what was written is shown by normal forms before algebra uses
  it, and by z3 itself before z3 does (`proving.as_written`); both read the same tree;
- the list of obligations or entailments, for the methods that are asked the same ones: that these
  prove the claim is an argument on paper (`proving.certificate`, `.statements.coordinates`);
- what an operation is on numbers (`terms.value.apply`), where a cell holds one point only;
- SymPy's objects. Its `expand`, `Poly` and polynomial rings belong to the engines that name them;
- where to look: the cases of a domain (`proving.domains`, by Fourier-Motzkin and z3) and the points
  on cells. A fault there lets a method look at too few points, never at wrong ones. The box around
  the points of a set is another matter: if it is too small, points are missing, so what counts
  them names Fourier-Motzkin;
- what refutes: values at a point. A fault there could refute what is true, not prove what is false.

`tests/proving/test_methods.py` lets all methods run and looks at the code that they enter:
unrelated methods have nothing in common but this.
"""

from __future__ import annotations

from typing import Any

from proofpress.proving.method import Method
from proofpress.proving.methods import (
    all_values,
    bound_by_values,
    bound_by_z3,
    certificate,
    certificate_by_z3,
    coq,
    derivation,
    domain,
    entailments_by_z3,
    enumeration,
    far,
    growth,
    images,
    oracle,
    points,
    products,
    quotient,
    run,
    second_opinion,
    signs,
    sizes,
    stated_form,
    stated_points,
    substitution,
    zero,
)

METHODS: tuple[Method[Any], ...] = (
    derivation.METHOD,
    sizes.METHOD,
    certificate.METHOD,
    certificate_by_z3.METHOD,
    coq.METHOD,
    products.METHOD,
    entailments_by_z3.METHOD,
    domain.METHOD,
    signs.METHOD,
    all_values.METHOD,
    bound_by_z3.METHOD,
    bound_by_values.METHOD,
    enumeration.METHOD,
    second_opinion.METHOD,
    run.METHOD,
    oracle.METHOD,
    images.METHOD,
    stated_form.METHOD,
    stated_points.METHOD,
    quotient.METHOD,
    substitution.METHOD,
    zero.METHOD,
    growth.METHOD,
    points.METHOD,
    far.METHOD,
)
