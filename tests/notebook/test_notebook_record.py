"""What a notebook records, and what is collected from it."""

from typing import Any

import pytest

from proofpress.faults.errors import PressError
from proofpress.notebook.record import RESULT_TYPE, formatted, record, results, tabulate


def executed(*recorded: dict[str, Any]) -> dict[str, Any]:
    """An executed notebook with one cell for each recorded result."""
    defaults = {"unit": None, "text": "1", "title": "t", "volatile": False, "shown": True}
    return {
        "cells": [
            {
                "cell_type": "code",
                "metadata": {},
                "outputs": [{"data": {RESULT_TYPE: defaults | result}}],
            }
            for result in recorded
        ]
    }


def test_results_keep_the_notebooks_order_and_mark_what_is_volatile():
    notebook = executed(
        {"key": "b.loss", "value": 0.25, "text": "0.250"},
        {"key": "a.seconds", "value": 3.5, "unit": "s", "text": "3.5", "volatile": True},
    )
    assert results(notebook) == {
        "schema": 1,
        "results": {
            "b.loss": {"value": 0.25, "unit": None, "text": "0.250", "title": "t"},
            "a.seconds": {
                "value": 3.5,
                "unit": "s",
                "text": "3.5",
                "title": "t",
                "volatile": True,
            },
        },
    }
    assert list(results(notebook)["results"]) == ["b.loss", "a.seconds"]


def test_a_key_recorded_twice_is_refused_with_both_cells():
    notebook = executed(*({"key": key, "value": 1} for key in "aba"))
    with pytest.raises(PressError) as error:
        results(notebook)
    assert str(error.value) == (
        "the result a is recorded twice\n"
        "  the notebook's cells 1 and 3\n"
        "  mend: record it under two names, or once"
    )


def test_the_cell_of_the_parameters_does_not_count():
    notebook = executed(*({"key": "a", "value": 1} for _ in range(2)))
    injected = {"cell_type": "code", "metadata": {"tags": ["injected-parameters"]}, "outputs": []}
    notebook["cells"].insert(0, injected)
    with pytest.raises(PressError, match="cells 1 and 2"):
        results(notebook)


@pytest.mark.parametrize("key", ["Test", "a b", "a..b", "", ".a", "a-b", "a\n"])
def test_keys_are_words_joined_by_dots(key):
    with pytest.raises(ValueError, match="lower-case words joined by dots"):
        record(key, 1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(value):
    with pytest.raises(ValueError, match="cannot be printed as a result"):
        record("a", value)


def test_only_numbers_and_texts_are_recorded():
    with pytest.raises(TypeError, match="a is a list, not a number or a text"):
        record("a", [1])


def test_a_number_of_another_library_is_taken_as_pythons(capsys):
    class Scalar:
        def item(self) -> float:
            return 0.5

    record("a", Scalar(), digits=2)
    assert capsys.readouterr().out == "a: 0.50\n"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1,000"),
        (-0.0001, 2, "0.00"),
        (0.1 + 0.2, None, "0.3"),
        (1234567.891, 1, "1,234,567.9"),
        (False, None, "no"),
        ("bfloat16", 3, "bfloat16"),
    ],
)
def test_formatted(value, digits, text):
    assert formatted(value, digits) == text


def test_a_table_refuses_rows_and_columns_that_do_not_fit():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        tabulate(["a", "b"], [[1]])
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        tabulate(["a", "b"], [[1, 2]], digits=[1])
    with pytest.raises(ValueError, match="'c' is not a column: a, b"):
        tabulate(["a", "b"], [[1, 2]], volatile=["c"])
