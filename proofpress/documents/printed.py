"""What a template prints of the ledger: LaTeX that carries its place in the ledger with it.

Place in the chain: ledger -> **printed fact** -> page. On paper a fact is a link without colour to
its claim's entry in the appendix; the press finds it again in the finished PDF by the same place
and compares the ink with the ledger (proofpress/ink).

A place is a path in the ledger's JSON with options behind it:
`attention.causal/related/fraction/examples/grid?percent=1`, or `results/sentiment.test.loss`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from types import MappingProxyType

from proofpress.documents import numbers
from proofpress.documents.latex import Latex, escape
from proofpress.faults.errors import PressError
from proofpress.latex.vocabulary import ASSUMEDMARK, FACT, GIVEN

# The place of each fact in a line of LaTeX: of a printed one, or of a figure of what stands there.
PLACES = re.compile(
    rf"{FACT.opening}\{{([^{{}}]*)\}}|\{{([^{{}}|\s]+\?[^{{}}|\s]*figure=[^{{}}|\s]*)\|[^{{}}|]*\}}"
)
# What a page says of a claim that is not settled when its author prints it all the same.
ASSUMED = {"refuted": "assumed, though refuted"}


class Fact:
    """A piece of the ledger; printing it, in an f-string too, prints the marked LaTeX.

    `place` is where it stands in the ledger, `latex` the LaTeX alone, and `verdict` the verdict of
    its claim when that is assumed: the page then says so.

    >>> print(Fact("a.b/formula", "n^{2}"))
    \\fact{a.b/formula}{n^{2}}
    >>> print(Fact("a.b/formula", "n", "undecided"))
    \\fact{a.b/formula?assumed=undecided}{n\\assumedmark{assumed}}
    """

    def __init__(self, place: str, latex: str, verdict: str | None = None) -> None:
        self.place, self.latex, self.verdict = place, Latex(latex), verdict

    def __html__(self) -> str:
        place, latex = self.place, str(self.latex)
        if self.verdict:
            place = with_option(place, "assumed", self.verdict)
            latex += ASSUMEDMARK(ASSUMED.get(self.verdict, "assumed"))
        return FACT(place, latex)

    def __str__(self) -> str:
        return self.__html__()


class Formula(Fact):
    """A display formula of the ledger; `inline` is its form for a line of text."""

    @property
    def inline(self) -> Fact:
        """The formula with small fractions, and one that was broken into lines in one again.

        >>> broken = r"\\begin{aligned} &\\dfrac{n}{2} \\\\ &\\quad + 1 \\end{aligned}"
        >>> print(Formula("a/formula", broken).inline.latex)
        \\tfrac{n}{2} + 1
        """
        text = str(self.latex).replace(r"\dfrac", r"\tfrac")
        if text.startswith(r"\begin{aligned}"):
            text = re.sub(r"\\(begin|end)\{aligned\}|\\\\|&(\\quad)?", " ", text)
        return Fact(self.place, " ".join(text.split()), self.verdict)


class Number(Fact):
    """An exact value of the ledger, or a recorded one; `value` is for conditions, not for print."""

    def __init__(
        self, place: str, value: int | str | float, text: str | None = None, **more: str | None
    ) -> None:
        super().__init__(
            place, numbers.number(numbers.exact(value)) if text is None else text, **more
        )
        self.value = value


def percent(number: object, digits: int = 1) -> Fact:
    """Return a number of the ledger as a rounded percentage.

    >>> print(percent(Number("a/examples/grid", "13/24")))
    \\fact{a/examples/grid?percent=1}{54.2\\,\\%}
    """
    known = of_ledger(number)
    place = with_option(known.place, "percent", digits)
    return Fact(place, numbers.percent(known.value, digits), known.verdict)


def decimal(number: object, digits: int = 1) -> Fact:
    """Return a number of the ledger rounded to `digits` places."""
    known = of_ledger(number)
    place = with_option(known.place, "decimal", digits)
    return Fact(place, numbers.decimal(known.value, digits), known.verdict)


def of_ledger(number: object) -> Number:
    """Return the number itself. Raises PressError for one that does not say where it comes from."""
    if isinstance(number, Number):
        return number
    if isinstance(number, str):
        what = f"the text {number!r} stands where a number is asked for"
        raise PressError(what, mend="give it a claim's or a result's own number")
    raise PressError(
        f"the number {number} is printed, but no claim gives it",
        mend="print a claim's or a result's own number, without .value; or mark it: given(...)",
    )


def given(text: object) -> Latex:
    """Text that the author answers for: a number of the question, a convention.

    >>> print(given(3))
    \\given{3}
    """
    return Latex(GIVEN(text if hasattr(text, "__html__") else escape(text)))


def finalize(value: object) -> Latex:
    """Return what a template prints for `value`: escaped text, a marked fact; never a bare number.

    Raises PressError for a number that no claim gives, for None, and for what is no text.

    >>> print(finalize("50 %"), finalize(Fact("a/formula", "n")))
    50 \\% \\fact{a/formula}{n}
    """
    refuse_number(value)
    if not (value is None or hasattr(value, "__html__") or isinstance(value, str | date | time)):
        what = f"a value of type {type(value).__name__} is printed, which is no text"
        raise PressError(what, mend="print its parts, one by one")
    return escape(value)


def refuse_number(value: object) -> None:
    """Raise PressError for a number that does not say where it comes from."""
    if isinstance(value, int | float | complex) or hasattr(value, "as_integer_ratio"):
        of_ledger(value)


def with_option(place: str, name: str, value: object) -> str:
    """Return the place with one more option.

    >>> with_option(with_option("a/cells", "figure", "causal"), "turned", 1)
    'a/cells?figure=causal;turned=1'
    """
    return f"{place}{';' if '?' in place else '?'}{name}={value}"


def places(latex: str) -> list[str]:
    """Return the places of all facts that some LaTeX prints, in its order.

    >>> places(r"$\\fact{a.b/formula}{n}$ \\figurehere{a.b/cells?figure=c|c}{fig:c}{It.}")
    ['a.b/formula', 'a.b/cells?figure=c']
    """
    return [fact or figure for fact, figure in PLACES.findall(latex)]


@cache
def parts(place: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Return the path of a place and its options.

    >>> path, options = parts("a.b/examples/grid?percent=1")
    >>> path, dict(options)
    (('a.b', 'examples', 'grid'), {'percent': '1'})
    """
    path, _, options = place.partition("?")
    pairs = (option.partition("=") for option in options.split(";") if option)
    return tuple(path.split("/")), MappingProxyType({name: value for name, _, value in pairs})
