"""The certificate of a count, as lemmas that Coq checks where it is installed.

Place in the chain: definition -> derivation -> **proof**. Optional: nothing waits for it, and where
`coqc` is missing it says so. Each obligation becomes one lemma for every choice of cases; the file
asks Coq to name the axioms used, and only "Closed under the global context" is a proof.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from math import lcm
from pathlib import Path

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFunction

from proofpress.counting.expressions import substituted
from proofpress.counting.sets import IntegerSet
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Evidence, Verdict
from proofpress.proving.certificate import Obligation, obligations
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method

SECONDS = 120.0

HEAD = """(* Written by proofpress from the definition of a set; nothing here is edited by hand. *)
Require Import ZArith Lia.
Open Scope Z_scope.
(* Quotients and remainders are replaced by what defines them. *)
Ltac Zify.zify_post_hook ::= Z.to_euclidean_division_equations.
"""
CLOSED = "Closed under the global context"

_SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def coqc() -> str | None:
    """Return the path of the Coq compiler, None where it is not installed.

    >>> coqc() is None or "coqc" in coqc()
    True
    """
    return shutil.which("coqc")


def find(duties: Sequence[Obligation]) -> Finding:
    """Return *proved* if Coq accepts every obligation; undecided, with the reason, without Coq."""
    compiler = coqc()
    if compiler is None:
        return Finding(Verdict.UNDECIDED, "all", "coqc is not installed: nothing was checked")
    text, lemmas = source(duties)
    return _compiled(compiler, text, lemmas)


METHOD = Method("certificate by Coq", (Engine.COQ,), find)


def check_kernel(counted: IntegerSet, closed_form: sp.Expr) -> Evidence:
    """Return what Coq says of a set's certificate; undecided, with the reason, without Coq."""

    return METHOD.answer(lambda: obligations(counted, closed_form), seconds=SECONDS)


def check_sets(statements: Iterable[object]) -> list[tuple[str, Evidence]]:
    """Return Coq's word on every set that the statements count, by the set's name, each once.

    >>> check_sets([])
    []
    """
    sets: dict[IntegerSet, None] = {}
    for statement in statements:
        for counted in getattr(statement, "sets", ()):
            sets[counted] = None
    return [(counted.name, check_kernel(counted, counted.cardinality())) for counted in sets]


def _compiled(compiler: str, text: str, lemmas: int) -> Finding:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.v"
        path.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run(
                [compiler, "-q", path.name],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Finding(Verdict.UNDECIDED, "all", f"no answer within {SECONDS:g} s")
    if done.returncode:
        first = next((line for line in done.stderr.splitlines() if "Error" in line), "")
        return Finding(Verdict.UNDECIDED, "all", f"coqc failed: {first or done.stderr[-200:]}")
    if done.stdout.count(CLOSED) != lemmas:
        return Finding(Verdict.UNDECIDED, "all", "a lemma depends on an axiom")
    return Finding(Verdict.PROVED, "all", f"{lemmas} lemmas, no axioms")


def source(duties: Sequence[Obligation]) -> tuple[str, int]:
    """Return a Coq file of all obligations, and the number of its lemmas.

    >>> n = sp.Symbol("n", integer=True)
    >>> text, lemmas = source((Obligation("half", (n,), (n >= 0,), n * (n + 1) / 2 * 2, n**2 + n),))
    >>> print(text.splitlines()[-3])
    Lemma l1 : forall v_n : Z, (v_n >= 0) -> (v_n * (1 + v_n)) * 1 = (v_n + (v_n * v_n)) * 1.
    """
    blocks, lemmas = [HEAD], 0
    for duty in duties:
        blocks.append(f"(* {duty.name} *)")
        for statement in statements(duty):
            lemmas += 1
            letters = " ".join(coq_names(duty.letters))
            quantified = f"forall {letters} : Z, {statement}" if letters else statement
            blocks.append(f"Lemma l{lemmas} : {quantified}.\nProof. intros; (lia || nia). Qed.")
            blocks.append(f"Print Assumptions l{lemmas}.")
    return "\n".join(blocks) + "\n", lemmas


def coq_names(letters: Sequence[sp.Symbol]) -> list[str]:
    """Return the letters' names in Coq. Raises PressError for two letters of one name.

    >>> coq_names(sp.symbols("n forall"))
    ['v_n', 'v_forall']
    """
    names = [coq_name(letter) for letter in letters]
    if len(set(names)) < len(names):
        raise PressError(f"two of the letters {', '.join(names)} have one name")
    return names


def coq_name(letter: sp.Symbol) -> str:
    """Return a letter's name in Coq: none of its words, nor of the names that this file gives.

    >>> coq_name(sp.Symbol("l1")), coq_name(sp.Symbol("Z"))
    ('v_l1', 'v_Z')
    """
    plain = (
        c if (c.isascii() and c.isidentifier()) or (c.isdigit() and c.isascii()) else f"u{ord(c)}u"
        for c in letter.name
    )
    return "v_" + "".join(plain)


def statements(duty: Obligation) -> Iterator[str]:
    """Return the lemmas of one obligation: for each choice of cases, and that all is covered."""
    for expressions, conditions in branches((duty.left, duty.right), ()):
        facts = [proposition(c) for c in (*duty.assuming, *conditions)]
        if expressions is None:
            yield " -> ".join([*facts, "False"])
            continue
        (left, by), (right, over) = map(fraction, expressions)
        yield " -> ".join([*facts, f"{left} * {over} = {right} * {by}"])


def branches(
    expressions: tuple[sp.Expr, ...], conditions: tuple[Boolean, ...]
) -> Iterator[tuple[tuple[sp.Expr, ...] | None, tuple[Boolean, ...]]]:
    """Return the expressions free of cases, with the conditions of each choice.

    None stands for the letters where no case holds.
    """
    bent = [a for e in expressions for a in sp.preorder_traversal(e) if isinstance(a, sp.Piecewise)]
    if not bent:
        yield expressions, conditions
        return
    earlier: list[Boolean] = []
    for value, when in bent[0].args:
        chosen = tuple(substituted(e, {bent[0]: value}) for e in expressions)
        yield from branches(chosen, (*conditions, *earlier, when))
        earlier.append(sp.Not(when))
    if bent[0].args[-1][1] != sp.true:
        yield None, (*conditions, *earlier)


def proposition(predicate: Boolean) -> str:
    """Return a predicate in Coq's notation.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> proposition((n >= t) & sp.Ne(n, 1))
    '((v_n <> 1) /\\\\ (v_n >= v_t))'
    """
    if predicate in (sp.true, sp.false):
        return "True" if predicate == sp.true else "False"
    if isinstance(predicate, Relational):
        (left, by), (right, over) = map(fraction, predicate.args)
        sides = (left, right) if by == over == 1 else (f"{left} * {over}", f"{right} * {by}")
        return f"({sides[0]} {_SIGNS[predicate.rel_op]} {sides[1]})"
    if isinstance(predicate, sp.And | sp.Or):
        join = r" /\ " if isinstance(predicate, sp.And) else r" \/ "
        parts = sorted(map(proposition, predicate.args))
        return f"({join.join(parts)})"
    if isinstance(predicate, sp.Not):
        return f"(~ {proposition(predicate.args[0])})"
    if isinstance(predicate, BooleanFunction):
        return proposition(sp.to_nnf(predicate, simplify=False))
    raise PressError(f"{predicate} has no form in Coq")


def fraction(expression: sp.Expr) -> tuple[str, int]:
    """Return an integer term in Coq's notation and a positive divisor; their quotient is meant.

    >>> n = sp.Symbol("n", integer=True)
    >>> fraction(n / 2 + sp.Mod(n, 3))
    ('((v_n) + (v_n mod 3) * 2)', 2)
    """
    if expression.is_Rational:
        number = str(expression.p) if expression.p >= 0 else f"({expression.p})"
        return number, int(expression.q)
    if expression.is_Symbol:
        return coq_name(expression), 1
    if expression.is_Add:
        parts = [fraction(argument) for argument in expression.args]
        divisor = lcm(*(by for _, by in parts))
        scaled = [t if by == divisor else f"{t} * {divisor // by}" for t, by in parts]
        return f"({' + '.join(scaled)})", divisor
    if expression.is_Mul:
        parts = [fraction(argument) for argument in expression.args]
        divisor = 1
        for _, by in parts:
            divisor *= by
        factors = [t for t, _ in parts if t != "1"] or ["1"]
        return f"({' * '.join(factors)})", divisor
    if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
        base, by = fraction(expression.base)
        power = int(expression.exp)
        return f"({' * '.join([base] * power)})", by**power
    if isinstance(expression, sp.Mod):
        (value, _), (divisor_text, _) = map(fraction, expression.args)
        return f"({value} mod {divisor_text})", 1
    if isinstance(expression, sp.floor):
        value, by = fraction(expression.args[0])
        return f"({value} / {by})", 1
    for kind, name in ((sp.Abs, "Z.abs"), (sp.Min, "Z.min"), (sp.Max, "Z.max")):
        if isinstance(expression, kind):
            values = [fraction(a)[0] for a in expression.args]
            text = values[-1]
            for value in reversed(values[:-1]):
                text = f"({name} {value} {text})"
            return (f"({name} {text})" if kind is sp.Abs else text), 1
    raise PressError(f"the term {expression} has no form in Coq")
