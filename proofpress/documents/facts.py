"""What a template, a table or a figure may say: claims and recorded results, nothing by hand.

Place in the chain: ledger and results -> **here** -> template, table, figure. A claim that is not
settled cannot be asked for: the build fails and names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from proofpress.build.inside import uses
from proofpress.build.packages import versions
from proofpress.documents.latex import Latex, escape
from proofpress.documents.numbers import number
from proofpress.documents.printed import Fact, Formula, Number, with_option
from proofpress.faults.author import SETTINGS
from proofpress.faults.errors import PressError
from proofpress.faults.nearest import choice
from proofpress.latex.names import letter_latex
from proofpress.latex.vocabulary import VERDICT
from proofpress.ledger.expressions import holds, value
from proofpress.ledger.reading import SETTLED, no_example, refuse_unsettled, refuse_unshown


class Example(Number):
    """A claim at given letters: its number, `letters`, and `setting`, the letters as LaTeX.

    `cells` are the counted pairs or tuples of integers, where the claim counts a set.
    """

    def __init__(
        self,
        place: str,
        value: int | str,
        letters: Mapping[str, int],
        verdict: str | None,
        cells: Iterable[Sequence[int]] = (),
    ) -> None:
        super().__init__(place, value, verdict=verdict)
        self._values, self._cells = letters, cells
        home = place.partition("/")[0]
        example = place.rpartition("/")[2]
        self._letters = f"{home}/examples/{example}/letters"
        self.letters = {
            name: Number(f"{self._letters}/{name}", number) for name, number in letters.items()
        }
        self.setting = Fact(self._letters, letters_latex(letters))

    @property
    def cells(self) -> set[tuple[int, ...]]:
        """The counted points, in the order of the counted letters."""
        return {tuple(cell) for cell in self._cells}

    def letter(self, name: str) -> int:
        """Return a letter's value. Raises PressError for a letter that the example does not
        have."""
        if name not in self._values:
            raise unknown("letter", name, self._values)
        return self._values[name]


class Related:
    """An expression that follows from a claim's closed form, as LaTeX and at its examples."""

    def __init__(self, key: str, entry: Mapping[str, Any], claim: ClaimView) -> None:
        self._entry = entry
        self._claim = claim
        self._place = f"{claim.name}/related/{key}"
        self.formula = Formula(f"{self._place}/formula", entry["formula"], claim.assumed)

    def at(self, example: str) -> Example:
        """Return the expression at the letters of an example of the claim."""
        if example not in self._entry["examples"]:
            raise unknown("example", example, self._entry["examples"], self._place)
        letters = self._claim.letters_at(example)
        value = self._entry["examples"][example]
        return Example(f"{self._place}/examples/{example}", value, letters, self._claim.assumed)


class ClaimView:
    """One claim as a template sees it. All strings that hold mathematics are LaTeX."""

    def __init__(
        self,
        name: str,
        entry: Mapping[str, Any],
        *,
        assumed: str | None = None,
        listed: bool = False,
    ) -> None:
        def place(what: str) -> str:
            return f"{name}/{what}?entry=1" if listed else f"{name}/{what}"

        self.name = name
        self._entry, self._place = entry, place
        self.assumed = assumed  # the verdict, when the page has to say that the claim is assumed

    @cached_property
    def title(self) -> Latex:
        """The claim's title."""
        return escape(self._entry["title"])

    @cached_property
    def definition(self) -> Formula:
        """What is counted or claimed."""
        return Formula(self._place("definition"), self._entry["definition"])

    @cached_property
    def domain(self) -> Fact:
        """For which letters the claim is made."""
        return Fact(self._place("domain"), self._entry["domain"])

    @cached_property
    def formula(self) -> Formula:
        """The closed form."""
        return Formula(self._place("formula"), self._entry["formula"], self.assumed)

    @cached_property
    def verdict(self) -> Fact:
        """How much is known of the claim."""
        return Fact(self._place("verdict"), VERDICT(self._entry["verdict"]))

    @property
    def evidence(self) -> Sequence[Mapping[str, Any]]:
        """Each method's answer, as docs/ledger.md describes it."""
        found: Sequence[Mapping[str, Any]] = self._entry["evidence"]
        return found

    @property
    def source(self) -> Mapping[str, Any]:
        """The author's definition: file, line and name."""
        found: Mapping[str, Any] = self._entry["source"]
        return found

    @cached_property
    def derivation(self) -> list[dict[str, Any]]:
        """The lines that lead to the closed form: name, text and formula of each."""
        return [
            {
                "name": escape(line["name"]),
                "text": Latex(line["text"]),
                "formula": Fact(
                    f"{self.name}/derivation/{k}/formula", line["formula"], self.assumed
                )
                if line["formula"]
                else Latex(""),
            }
            for k, line in enumerate(self._entry["derivation"])
            # The closed form itself is set in a box of its own, but not how its letters got there.
            if line["formula"] != self._entry["formula"] or line["name"] == "substitution"
        ]

    def value(self, **letters: int) -> Fraction:
        """Return the closed form at letters of the claim's domain, exactly; for figures, not for
        print.

        Raises PressError for letters outside of the domain, or at which it has no value.
        """
        if not holds(self._entry["condition"], letters):
            at = ", ".join(f"{letter} = {number}" for letter, number in letters.items())
            what = f"{self.name} says nothing of {at or 'no letters'}"
            raise PressError(what, mend=f"stay where {self._entry['condition']}")
        return value(self._entry["closed_form"], letters)

    def at(self, example: str) -> Example:
        """Return the claim at the letters of one of its examples.

        Raises PressError when report.toml and the derivation give no such example.
        """
        letters = self.letters_at(example)
        entry = self._entry["examples"][example]
        place = f"{self.name}/examples/{example}"
        return Example(place, entry.get("value", 0), letters, self.assumed, entry.get("cells", ()))

    def letters_at(self, example: str) -> Mapping[str, int]:
        """Return the letters of an example. Raises PressError when there is no such example."""
        examples = self._entry["examples"]
        if example not in examples:
            raise no_example(self.name, self._entry, example)
        letters: Mapping[str, int] = examples[example]["letters"]
        return letters

    def related(self, key: str) -> Related:
        """Return a related expression, for instance the fraction of all pairs."""
        if key not in self._entry["related"]:
            raise unknown("related expression", key, self._entry["related"], self.name)
        refuse_unshown(self.name, key, self._entry)
        return Related(key, self._entry["related"][key], self)


class Result(Number):
    """One recorded result of a notebook; printing it prints its rounded text."""

    def __init__(self, key: str, entry: Mapping[str, Any]) -> None:
        super().__init__(f"results/{key}", entry["value"], escape(entry["text"]))
        self.key = key
        self.unit = entry.get("unit")
        self.title = escape(entry["title"] or "")


class Facts:
    """The ledger and the recorded results, as templates, tables and figures ask for them.

    `engine` is the name of the TeX engine that the document is set with. A figure has no
    `results`: it is drawn before the notebooks have run.
    """

    def __init__(
        self,
        ledger: Mapping[str, Any],
        results: Mapping[str, Any] | None = None,
        engine: str = "",
    ) -> None:
        self.engine = engine
        self._claims = ledger["claims"]
        self._results = None if results is None else results["results"]

    def claim(self, name: str, *, assumed: bool = False) -> ClaimView:
        """Return a claim by its name; `assumed` lets one pass that is not settled, and the page
        says so.

        Raises PressError for an unknown name, and for a claim that is undecided or refuted and
        not asked for as assumed.
        """
        if name not in self._claims:
            raise unknown("claim", name, self._claims)
        entry = self._claims[name]
        if not assumed:
            refuse_unsettled(name, entry)
        return ClaimView(name, entry, assumed=None if proved(entry) else entry["verdict"])

    def claims(self) -> list[ClaimView]:
        """Return all claims in the ledger's order, settled or not, as entries of the table of
        verdicts."""
        return [ClaimView(name, entry, listed=True) for name, entry in self._claims.items()]

    def result(self, key: str) -> Result:
        """Return a recorded result by its key. Raises PressError for an unknown key."""
        if key not in self._recorded:
            raise unknown("recorded result", key, self._recorded)
        return Result(key, self._recorded[key])

    def results(self) -> list[Result]:
        """Return all recorded results that a rerun gives again, in the order of their recording."""
        listed = self._recorded.items()
        return [Result(key, entry) for key, entry in listed if not entry.get("volatile")]

    @property
    def _recorded(self) -> Mapping[str, Any]:
        if self._results is None:
            raise PressError(
                "a figure is drawn before the notebooks have run, so it has no recorded results",
                mend="draw that figure in the notebook",
            )
        return self._results

    def letters(self, topic: str, example: str) -> dict[str, int]:
        """Return the letters that the claims of a topic use in one of their examples, all together.

        Raises PressError when no claim of the topic has such an example.

        >>> entry = {"verdict": "proved", "examples": {"e": {"letters": {"n": 3}}}}
        >>> Facts({"claims": {"a.x": entry}}).letters("a", "e")
        {'n': 3}
        """
        together: dict[str, int] = {}
        for name in self._claims:
            if name.partition(".")[0] == topic:
                together |= self._claims[name]["examples"].get(example, {}).get("letters", {})
        if not together:
            raise PressError(
                f"no claim of {topic} has an example called {example}",
                mend=f"add [letters.{topic}.{example}] to {SETTINGS}",
            )
        return together

    def version(self, package: str) -> str:
        """Return the installed version of a package; who asks for it depends on it.

        Raises PressError for a package that is not installed.
        """
        known = versions()
        if package not in known:
            raise unknown("installed package", package, known)
        uses(package)
        return known[package]

    def figure(
        self,
        name: str,
        *shows: ClaimView,
        at: str = "",
        within: ClaimView | None = None,
        turned: bool = False,
    ) -> Latex:
        """Return the file of a figure for \\factgraphics and its kin, and what the figure has to
        show.

        With `at` it is a grid whose marked squares are the pairs that the first claim of `shows`
        counts in that example; those that `within` does not count are hatched; `turned` grids have
        the first index as their column. A figure of no claim is a picture only.
        """
        if not shows:
            return Latex(name)
        place = shows[0].name
        if at:
            shows[0].at(at)
            place += f"/examples/{at}/cells"
        place = with_option(place, "figure", name)
        if within is not None:
            place = with_option(place, "within", within.name)
        if turned:
            place = with_option(place, "turned", 1)
        return Latex(f"{place}|{name}")


def proved(entry: Mapping[str, Any]) -> bool:
    """Return whether a claim may be printed without a word on its verdict."""
    return entry["verdict"] in SETTLED and entry["verdict"] != "assumed"


def unknown(kind: str, name: str, known: Iterable[str], owner: str = "") -> PressError:
    """Return the error that a name is not known, with the nearest one that is."""
    listed = sorted(known)
    mend = choice(name, listed, cutoff=0.5)
    return PressError(f"there is no {kind} {name}{f' of {owner}' if owner else ''}", mend=mend)


def letters_latex(letters: Mapping[str, int]) -> str:
    """Return letters and their values as LaTeX.

    >>> print(letters_latex({"n": 12, "sigma": 1000}))
    n = 12, \\sigma = 1{,}000
    """
    return ", ".join(f"{letter_latex(name)} = {number(value)}" for name, value in letters.items())
