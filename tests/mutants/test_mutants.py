"""Each change is the change that it says; and of a sample of changes none goes unnoticed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from . import children
from .baseline import ROOMS, files
from .known import EQUIVALENT, HARMLESS
from .operators import FINDERS, changes
from .sample import LEFT_OUT, Mutant, modules, sample

ROOT = Path(__file__).parents[2]


def changed(source: str) -> set[str]:
    """Return what the changes make of a function with one line, each with its operator."""
    return {
        f"{change.operator}: {change.applied(source).partition(': ')[2].strip()}"
        for change in changes(source)
        if change.operator != "returned"
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("return a < b", {"comparison: return a <= b"}),
        ("return a >= b", {"comparison: return a > b"}),
        ("return a == b", {"comparison: return a != b"}),
        ("return a <= b < c", {"comparison: return a < b < c", "comparison: return a <= b <= c"}),
        ("return a in b", {"comparison: return a not in b"}),
        ("return a is None", {"comparison: return a is not None"}),
        ("return 2", {"constant: return 3", "constant: return 1"}),
        ("return a[0]", {"constant: return a[1]", "constant: return a[(-1)]"}),
        ("return a[1:]", {"constant: return a[2:]", "constant: return a[0:]"}),
        ("return a - b", {"sign: return a + b"}),
        ("return c - (a + b)", {"sign: return c + (a + b)", "sign: return c - (a - b)"}),
        ("return -a", {"sign: return (a)"}),
        ("return a // b", {"floor: return (-(-(a) // (b)))"}),
        ("return a and b", {"logic: return (a or b)"}),
        ("return a or b or c", {"logic: return (a and b and c)"}),
        ("return not a", {"not: return (a)"}),
        ("return min(a)", {"called: return max(a)"}),
        ("return sp.Le(a, b)", {"called: return sp.Lt(a, b)"}),
        ("return sp.floor(a)", {"called: return sp.ceiling(a)"}),
        ("return all(a)", {"called: return any(a)"}),
        ("return f(a, b)", {"arguments: return f(b, a)"}),
        ("return f(a, a)", set()),
        (
            "return a if b else c",
            {"branch: return a if True else c", "branch: return a if False else c"},
        ),
        ("return [a, b]", {"element: return [b]", "element: return [a]"}),
        ("yield a", {"element: pass"}),
        ("a.append(b)", {"element: pass"}),
        ("a += b", {"element: pass"}),
        ("raise PressError(a + 1)", {"refusal: pass"}),
        (
            "return Finding(Verdict.UNDECIDED)",
            {"refusal: pass", "verdict: return Finding(Verdict.PROVED)"},
        ),
        ("return f'{a + 1}'", set()),
    ],
)
def test_a_change_is_what_it_says(line: str, expected: set[str]) -> None:
    assert changed(f"def f(a): {line}\n") == expected


def test_what_a_function_returns_is_replaced() -> None:
    source = "def f(a) -> bool:\n    return a\n\ndef g(a) -> int:\n    return a\n"
    replaced = [c.after for c in changes(source) if c.operator == "returned"]
    assert replaced == ["return True", "return False", "return None"]


def test_a_condition_is_taken_always_and_never() -> None:
    source = "if a:\n    b = [c for c in d if c]\n"
    assert [c.before + c.after for c in changes(source) if c.operator == "branch"] == [
        "aTrue",
        "aFalse",
        "cTrue",
        "cFalse",
    ]


def test_a_change_knows_the_innermost_function_with_what_decorates_it() -> None:
    source = "x = 1\n\n@cache\ndef f():\n    def g():\n        return 1\n    return 2\n"
    found = {(c.before, c.function, c.within) for c in changes(source) if c.operator == "constant"}
    assert found == {("1", None, "module"), ("1", 5, "g"), ("2", 3, "f")}


def test_a_change_leaves_all_other_text_as_it_is() -> None:
    source = "# Größer als null.\ndef f(a):\n    return 'ä', a > 0  # Ende.\n"
    change = next(c for c in changes(source) if c.operator == "comparison")
    assert change.applied(source) == source.replace("a > 0", "a >= 0")


@pytest.mark.slow
def test_every_operator_is_tried_in_the_sample_and_every_module() -> None:
    found = sample(ROOT, 1, 200)
    assert len(set(found)) == 200
    assert set(modules(ROOT)) == {m.path for m in found}
    assert len({mutant.change.operator for mutant in found}) >= len(FINDERS)
    for mutant in found:
        source = (ROOT / mutant.path).read_text(encoding="utf-8")
        changed = mutant.change.applied(source)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source)), mutant.name


def test_what_is_left_out_and_what_is_known_is_there_and_has_a_reason() -> None:
    assert all((ROOT / path).exists() for path in LEFT_OUT)
    assert all(path.rpartition("/")[0] in ROOMS for path in LEFT_OUT)
    known = {**EQUIVALENT, **HARMLESS}
    assert len(known) == len(EQUIVALENT) + len(HARMLESS)
    assert all((ROOT / "proofpress" / name.partition(":")[0]).exists() for name in known)
    assert all(known.values()) and all(LEFT_OUT.values())


def test_all_tests_of_the_rooms_are_tried() -> None:
    there = files(ROOT)
    assert "tests/proving/test_never_wrong.py" in there and "tests/mutants/quick.py" in there
    assert {path.rpartition("/")[0] for path in there} > set(ROOMS)


# Changes with which something false would be proved, or a number wrong, and who notices.
GRAVE = [
    (
        "counting/asymptotics.py: _sign_of_difference: isinstance(condition, sp.Ge | sp.Lt) and "
        "self.sign(lead + _unit(lead)) == 1 => (isinstance(condition, sp.Ge | sp.Lt) or "
        "self.sign(lead + _unit(lead)) == 1)",
        "tests/counting/test_asymptotics.py",
    ),
    ("counting/plain.py: _binomial: step + 1 => step - 1", "tests/counting/test_plain.py"),
    (
        "proving/values.py: plus: reduced(above, one.below * other.below) => "
        "reduced(one.below * other.below, above)",
        "tests/proving/test_values.py",
    ),
    (
        "proving/values.py: _compared: value.below != ONE and self.sign(value.below) < 0 => "
        "(value.below != ONE or self.sign(value.below) < 0)",
        "tests/proving/test_values.py",
    ),
    (
        "proving/as_written.py: condition: reduce(self.module.Xor, map(self.condition, "
        "given.args)) => reduce(map(self.condition, given.args), self.module.Xor)",
        "tests/proving/test_as_written.py",
    ),
    (
        'proving/statements/coordinates.py: _divided: lemmas.append(Entailment(f"quotient '
        '{quotient}", hypotheses, exact)) => pass',
        "tests/proving/test_all_methods.py",
    ),
    (
        "proving/statements/coordinates.py: values: duties += inclusion.with_value("
        "counted.assumed, TRUE, what) => pass",
        "tests/proving/test_all_methods.py",
    ),
    (
        "terms/value.py: _gate: not value(node.args[0], letters) => (value(node.args[0], letters))",
        "tests/terms/test_value.py",
    ),
    (
        "terms/normal.py: _operation: [parts[0], scaled(parts[0], Fraction(-1))] => "
        "[scaled(parts[0], Fraction(-1))]",
        "tests/terms/test_forms.py",
    ),
    (
        "terms/functions.py: call: number == int(number) => True",
        "tests/terms/test_forms.py",
    ),
]


@pytest.mark.slow
def test_grave_changes_are_noticed() -> None:
    children.prepare()
    with children.copied(ROOT) as copy:
        for name, file in GRAVE:
            path = Path("proofpress", name.partition(":")[0])
            source = (ROOT / path).read_text(encoding="utf-8")
            mutant = next(
                m for c in changes(source) if (m := Mutant(path.as_posix(), c)).name == name
            )
            (copy / path).write_text(mutant.change.applied(source), encoding="utf-8")
            done, ended = children.tested(copy, [file], None, 100, traced=False)
            (copy / path).write_text(source, encoding="utf-8")
            assert ended and done and not all(test.passed for test in done), name
