"""The engines: what a verdict rests on, apart from what every method reads.

Place in the chain: definition -> derivation -> **proof**. A method names every engine whose fault
could make its verdict wrong. Two methods are unrelated when they name no engine in common, and
only two unrelated methods prove a claim (`ledger.claims.conclusion`).
"""

from __future__ import annotations

from enum import StrEnum


class Engine(StrEnum):
    """Code that decides. What two engines share is told here and in `proving.methods`.

    - FOURIER_MOTZKIN: linear inequalities over the integers (`counting.polyhedra`). It also cuts
      the regions of a derived count, so what rests on it is no second opinion on the engine that
      derives.
    - REGIONS: polynomials with floors, region by region (`counting.quasi`, `.vanishing`,
      `.regions`, `proving.symbolic`), in SymPy's polynomial rings. The counts are derived by it.
    - SIGNS: signs of coefficients, squares and products of inequalities, by exact linear
      programming (`proving.polynomials`, `.simplex`, `.readings`). It shares no code with
      FOURIER_MOTZKIN.
    - CELLS: quotients of polynomials on cells (`proving.cells`, `.values`, `.polys`), with a
      polynomial arithmetic of its own.
    - NORMAL_FORMS: two terms are one when their normal forms are (`terms.normal`, `.arithmetic`).
      What rests on SIGNS names it as well: both add and multiply by the same code.
    - GROWTH: degrees and highest coefficients in one letter (`counting.asymptotics`), by which
      leading terms and limits are derived as well. Signs in it are found by FOURIER_MOTZKIN.
    - Z3: the SMT solver. What it is asked is written by `proving.smt` and `proving.formulas`.
    - COQ: the kernel of Coq.
    - EVALUATION: exact values of the author's own terms at points (`terms.value`, `counting.plain`,
      `counting.enumeration`). It knows no letters, only numbers.
    - RUN: the author's recurrence, really run, its operations counted (`counting.recurrences.run`).
    - AUTHOR: a function that the author gave as another way to find the number.
    - LIBRARY: masks made by a published library.

    >>> Engine.Z3.value
    'z3'
    """

    FOURIER_MOTZKIN = "Fourier-Motzkin"
    REGIONS = "polynomials on regions"
    SIGNS = "signs and squares"
    CELLS = "polynomials on cells"
    NORMAL_FORMS = "normal forms"
    GROWTH = "degrees"
    Z3 = "z3"
    COQ = "Coq"
    EVALUATION = "evaluation"
    RUN = "a run"
    AUTHOR = "the author's function"
    LIBRARY = "a library"
