"""The methods: all are in the list, all are asked by some claim, and unrelated ones run no common
code but what `proofpress.proving.methods` tells of."""

import runpy
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
import test_all_methods
from test_all_methods import h, i, j, line, n, past, t

import proofpress.proving.methods as methods
from proofpress import At, Bound, Count, IntegerSet, Leading, Limit, Share, Zero
from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Method
from proofpress.proving.methods import METHODS, coq

PRESS = f"{Path(methods.__file__).parents[2].as_posix()}/"
triangle = IntegerSet("triangle", (i, j), past, assuming=n >= 1)
CLAIMS = [
    Count(
        "x.o",
        "What follows",
        triangle,
        related={
            "share": Share(n**2),
            "next": At({n: n + 1}),
            "leading": Leading(n),
            "limit": Limit(n),
        },
        oracles={"by hand": lambda n: [[c <= r for c in range(n)] for r in range(n)]},
    ),
    Count("x.p", "A zero", line, related={"zero": Zero(n, at=0 * n)}),
    Bound("x.q", "On few values", n**3 - 6 * n**2 + 11 * n, 6, (n,), (n >= 1) & (n <= 3)),
    Bound("x.r", "A bound of floors", n // 2 * t, n * t, (n, t), (n >= 1) & (t >= 0)),
    Bound("x.s", "A bound of a quotient", h / (h + 1), 1, (h,), h >= 1),
]

# The author's tree and parts, SymPy's form of them, and that the two are the same.
READING = {
    "counting/deadline.py",
    "counting/expressions.py",
    "counting/parts.py",
    "faults/errors.py",
    "proving/entailment.py",
    "terms/in_sympy.py",
    "terms/normal.py",
    "terms/operators.py",
    "terms/text.py",
    "terms/tree.py",
    "terms/walk.py",
}
# What an operation is on numbers.
OPERATIONS = {("terms/value.py", "apply")}
# Below these only the points are chosen at which something is looked at, or a claim is refuted.
LOOKING = {
    ("proving/below.py", "wrong"),
    ("proving/domains.py", None),
    ("proving/inclusion.py", "outside"),
    ("proving/methods/stated_form.py", "domain"),
    ("proving/tries.py", "small_cases"),
    ("proving/witnesses.py", "admits"),
    ("proving/witnesses.py", "differs"),
    ("proving/witnesses.py", "near"),
    ("proving/witnesses.py", "far"),
}


class Entered:
    """Notes which functions of the press methods enter, but for what only looks for points.

    They are noted by the method's name and the engines that its evidence names.
    """

    def __init__(self):
        self.functions = defaultdict(set)
        self.reached = set()
        self.asked = None
        self.below = 0

    def __call__(self, frame, event, arg):
        if event not in ("call", "return"):
            return
        path, name = frame.f_code.co_filename, frame.f_code.co_name
        if not path.startswith(PRESS):
            return
        file = path.removeprefix(PRESS)
        if (file, name) in LOOKING or (file, None) in LOOKING:
            self.below += 1 if event == "call" else -1
        elif not self.below and event == "call" and file not in READING:
            self.functions[self.asked].add((file, name))

    def answering(self, answer):
        def answered(method, ask, name="", *, premises=(), **limit):
            self.asked = method.name, frozenset((*method.engines, *premises))
            found = answer(method, ask, name, premises=premises, **limit)
            assert set(found.engines) == self.asked[1]
            return found

        return answered

    def within(self, method, find):
        def found(asked):
            self.below = 0
            self.reached.add(method)
            before = sys.getprofile()
            sys.setprofile(self)
            try:
                return find(asked)
            finally:
                sys.setprofile(before)

        return found


@pytest.fixture(scope="module")
def entered():
    noted = Entered()
    kept = {method: method.find for method in METHODS}
    for method, find in kept.items():
        object.__setattr__(method, "find", noted.within(method.name, find))
    answer = Method.answer
    Method.answer = noted.answering(answer)
    # Made anew: other tests may have settled these statements, which keep what is known of them.
    statements = runpy.run_path(test_all_methods.__file__)["STATEMENTS"]
    try:
        for statement, *_ in statements:
            statement.settle()
        for claim in CLAIMS:
            settled = claim.settle()
            assert settled.verdict is Verdict.PROVED, settled.evidence
        coq.check_kernel(triangle, triangle.cardinality())
    finally:
        Method.answer = answer
        for method, find in kept.items():
            object.__setattr__(method, "find", find)
    return noted


def test_every_file_holds_one_method_and_all_are_in_the_list():
    files = {path.stem for path in Path(methods.__file__).parent.glob("*.py")} - {"__init__"}
    held = {name: getattr(methods, name).METHOD for name in files}
    assert set(map(id, held.values())) == set(map(id, METHODS))
    assert len({method.name for method in METHODS}) == len(METHODS) == len(files)
    assert all(isinstance(m, Method) and m.engines for m in METHODS)
    assert {engine for method in METHODS for engine in method.engines} == set(Engine)
    signs = [set(method.engines) for method in METHODS if Engine.SIGNS in method.engines]
    assert all(Engine.NORMAL_FORMS in engines for engines in signs)  # one arithmetic


def test_every_method_is_asked_by_some_claim(entered):
    assert entered.reached == {method.name for method in METHODS}


def test_unrelated_methods_run_no_code_in_common(entered):
    common = {}
    for (one, its), (other, theirs) in combinations(entered.functions, 2):
        shared = entered.functions[one, its] & entered.functions[other, theirs] - OPERATIONS
        if its.isdisjoint(theirs) and shared:
            common[one, other] = shared
    assert common == {}, "\n".join(f"{p}: {sorted(c)}" for p, c in common.items())
