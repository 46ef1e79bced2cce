"""Derivations as a reader sees them."""

from benchmarks.masks import MASKS
from derivations import attention
from proofpress.counting.steps import derivation_lines


def shown(counted, *called):
    return [(line.name, line.text, line.formula) for line in derivation_lines(counted, called)]


def test_the_sliding_window_step_by_step():
    lines = shown(attention.sliding, "query", "key")
    assert lines[1:] == [
        (
            "row interval",
            "For a fixed query $i$ the keys $j$ run over an interval:",
            r"\max(1,\ i - t) \le j \le i",
        ),
        (
            "row count",
            "Their number is",
            r"r(i) = \begin{cases} i & \text{if } i \le t + 1, \\[1.5ex] "
            r"t + 1 & \text{if } i > t + 1. \end{cases}",
        ),
        (
            "sum",
            r"If $n \le t + 1$, adding over the queries $i$ gives",
            r"\sum_{i = 1}^{n} i = \dfrac{n(n + 1)}{2}",
        ),
        (
            "sum",
            "If $n > t + 1$, adding over the queries $i$ gives",
            r"\begin{aligned} \sum_{i = 1}^{t + 1} i + \sum_{i = t + 2}^{n} (t + 1) &= "
            r"\dfrac{(t + 1)(t + 2)}{2} + (n - t - 1)(t + 1) \\ "
            r"&= \dfrac{(2n - t)(t + 1)}{2} \end{aligned}",
        ),
        (
            "closed form",
            "The number of points is therefore",
            r"\begin{cases} \dfrac{n(n + 1)}{2} & \text{if } n \le t + 1, \\[1.5ex] "
            r"\dfrac{(2n - t)(t + 1)}{2} & \text{if } n > t + 1. \end{cases}",
        ),
    ]


def test_every_mask_of_the_corpus_has_a_derivation():
    for mask in MASKS:
        lines = shown(mask)
        assert lines[0][0] == "definition"
        assert lines[-1][0] == "closed form"
        for _, text, formula in lines:
            assert text
            assert formula.count("{") == formula.count("}")
            assert "Dummy" not in formula and "_q" not in formula
