"""The order that outputs and inputs impose on steps, and the faults of a pipeline."""

import pytest

from proofpress.build.step import Step, ordered
from proofpress.faults.errors import PressError


def test_two_makers_of_one_file() -> None:
    one, two = Step("one", "m:f", outputs={"x": "o"}), Step("two", "m:f", outputs={"x": "o"})
    with pytest.raises(PressError) as caught:
        ordered([one, two])
    assert caught.value.what == "o is made by two steps, one and two"


def test_circle() -> None:
    one = Step("one", "m:f", {"x": "b"}, {"y": "a"})
    two = Step("two", "m:f", {"x": "a"}, {"y": "b"})
    with pytest.raises(PressError) as caught:
        ordered([one, two])
    assert caught.value.what == "these steps wait for each other: one, two"


def test_followers_of_a_folder_output() -> None:
    one = Step("one", "m:f", {}, {"y": "out/figures/"})
    two = Step("two", "m:f", {"x": "out/figures/*.pdf"})
    assert ordered([two, one])[1] == {"two": ["one"], "one": []}
