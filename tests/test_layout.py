"""The published JSON is that of the standard library, but for the pairs of a mask."""

import json
from typing import Any

import pytest

from proofpress.ledger.layout import laid_out

VALUES = [
    {}, [], (), "", 0, -7, 2.5, 1e300, True, False, None,
    {"a": {}, "b": [], "c": [[]], "d": {"e": {"f": ""}}},
    [1], [1, 2, 3], [True, False], [1, True], ["1", "2"], [1.5, 2], [None, None],
    ['quote " backslash \\ line \n tab \t é ∑ \u2028 \x7f \x00'],
    {"a key with \"quotes\" and é": ("tuple", ["of", "texts"])},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_it_is_the_text_of_the_standard_library(value: Any) -> None:
    assert laid_out(value) == json.dumps(value, indent=1, ensure_ascii=False)


def test_a_pair_of_integers_stands_on_one_line() -> None:
    text = laid_out({"cells": [[1, 2], [-30, 4]], "text": "[  1,  2 ]"})
    assert text == '{\n "cells": [\n  [1, 2],\n  [-30, 4]\n ],\n "text": "[  1,  2 ]"\n}'
    assert json.loads(text) == {"cells": [[1, 2], [-30, 4]], "text": "[  1,  2 ]"}
