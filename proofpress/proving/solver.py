"""Questions to a solver, with z3's count of its steps as the limit.

Place in the chain: definition -> derivation -> **proof**. Only `unsat` shows something; a model is
an answer only after the author's expressions were evaluated at it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from proofpress.counting.deadline import check_deadline
from proofpress.proving.formulas import Reader
from proofpress.terms.tree import Condition

# How many of z3's steps one question may take; a second of z3 is about four million of them.
# Its count does not depend on what else the machine does, and so no verdict does.
EFFORT = 8_000_000

# The clock only ends what the count of steps does not see. Seconds for the full effort, far beyond
# the count; less effort gets as much less time.
BACKSTOP = 60

Model = tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """The solver's word (sat, unsat or unknown), and a model where there is one."""

    word: str
    model: Model | None = None


def satisfied(conditions: Sequence[Condition], names: Sequence[str]) -> tuple[str, Model | None]:
    """Return whether integers satisfy all conditions, by the solver's word, and such integers.

    A comparison that the solver has no form for may be true or false at its choice.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> satisfied([n >= 3, n <= 2], ("n",))[0], satisfied([n * n == 49, n >= 0], ("n",))
    ('unsat', ('sat', (7,)))
    """
    found = ask(lambda reader: [reader.assumed(one) for one in conditions], names, EFFORT // 8)
    return found.word, found.model


def refuted(assuming: Condition, conclusion: Condition, names: Sequence[str]) -> list[Answer]:
    """Return whether the conclusion may lack a value on the domain, and whether it may be false.

    Both are shown never to happen where all answers are unsat; the first question is left out
    where everything has a value. Raises Unsupported.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> [found.word for found in refuted(n >= 1, 1 / n <= 1, ("n",))]
    ['unsat', 'unsat']
    >>> [found.word for found in refuted(n >= 0, n * n <= 40 * n, ("n",))]
    ['sat']
    """
    import z3

    def without_value(reader: Reader) -> list[Any]:
        known = reader.assumed(assuming)
        reader.needs.clear()
        reader.condition(conclusion)
        return [known, z3.Not(z3.And(*reader.needs))]

    def false(reader: Reader) -> list[Any]:
        return [reader.assumed(assuming), z3.Not(reader.condition(conclusion))]

    reader = Reader("Int")
    reader.condition(conclusion)
    questions = [without_value, false] if reader.needs else [false]
    return [ask(question, names) for question in questions]


def ask(
    question: Callable[[Reader], list[Any]], names: Sequence[str], effort: int = EFFORT // 2
) -> Answer:
    """Return the answer to a question: a function from a reader to conditions of the solver.

    It is asked over the integers. Where that ends in no answer, in a context of its own, so that
    what was asked before cannot matter: again, then over the reals, of which only unsat is taken,
    and over the integers by way of another procedure.
    """
    import z3

    answer = _asked(z3.SimpleSolver(), Reader("Int"), question, names, effort)
    if answer.word != "unknown":
        return answer
    for logic, sort in ((None, "Int"), ("QF_NRA", "Real"), ("QF_NIA", "Int")):
        context = z3.Context()
        made = z3.SolverFor(logic, context) if logic else z3.SimpleSolver(context)
        wanted = names if sort == "Int" else None
        answer = _asked(made, Reader(sort, context), question, wanted, effort)
        if answer.word == "unsat" or answer.model is not None:
            return answer
    return answer


def _asked(
    solver: Any,
    reader: Reader,
    question: Callable[[Reader], list[Any]],
    names: Sequence[str] | None,
    effort: int,
) -> Answer:
    check_deadline()
    solver.set("rlimit", effort)
    solver.set("timeout", 1000 * BACKSTOP)
    solver.add(*question(reader), *reader.facts)
    word = str(solver.check())
    if word != "sat" or names is None:
        return Answer(word)
    model = solver.model()
    values = [model.eval(reader.letter(name), model_completion=True).as_long() for name in names]
    return Answer(word, tuple(values))
