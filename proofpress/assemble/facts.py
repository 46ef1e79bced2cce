"""What a template may say: claims of the ledger and recorded results, and nothing by hand.

Place in the chain: ledger and results -> **here** -> template. A claim that is not settled
cannot be asked for: the build fails and names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from proofpress.assemble.latex import Latex, escape
from proofpress.assemble.numbers import number
from proofpress.errors import PressError

SETTLED = ("proved", "checked", "measured", "assumed")


class Value:
    """An exact value with its LaTeX form; printing it prints that form."""

    def __init__(self, value: int | str) -> None:
        self.value = value

    def __html__(self) -> str:
        return number(self.value)

    def __str__(self) -> str:
        return self.__html__()


class Example:
    """A claim at given letters: `value`, `letters`, and `setting`, the letters as LaTeX."""

    def __init__(self, entry: Mapping[str, Any], letters: Mapping[str, int]) -> None:
        self.letters = letters
        self.value = entry["value"] if isinstance(entry, Mapping) else entry
        listed = [rf"{_letter(name)} = {number(value)}" for name, value in letters.items()]
        self.setting = Latex(", ".join(listed))

    def __html__(self) -> str:
        return number(self.value)


class Formula(Latex):
    """A display formula of the ledger; `inline` is its form for a line of text."""

    __slots__ = ()

    @property
    def inline(self) -> Latex:
        """The formula with small fractions, and one that was broken into lines in one again.

        >>> broken = r"\\begin{aligned} &\\dfrac{n}{2} \\\\ &\\quad + 1 \\end{aligned}"
        >>> print(Formula(broken).inline)
        \\tfrac{n}{2} + 1
        """
        text = str(self).replace(r"\dfrac", r"\tfrac")
        if text.startswith(r"\begin{aligned}"):
            text = re.sub(r"\\(begin|end)\{aligned\}|\\\\|&(\\quad)?", " ", text)
        return Latex(" ".join(text.split()))


class Related:
    """An expression that follows from a claim's closed form, as LaTeX and at its examples."""

    def __init__(self, entry: Mapping[str, Any], claim: ClaimView) -> None:
        self._entry = entry
        self._claim = claim
        self.formula = Formula(entry["formula"])

    def at(self, example: str) -> Example:
        """The expression at the letters of an example of the claim."""
        letters = self._claim.at(example).letters
        return Example({"value": self._entry["examples"][example]}, letters)


class ClaimView:
    """One claim as a template sees it. All strings that hold mathematics are LaTeX."""

    def __init__(self, name: str, entry: Mapping[str, Any]) -> None:
        self.name = name
        self._entry = entry
        self.title = escape(entry["title"])
        self.definition = Latex(entry["definition"])
        self.domain = Latex(entry["domain"])
        self.formula = Formula(entry["formula"])
        self.verdict = entry["verdict"]
        self.evidence = entry["evidence"]
        self.source = entry["source"]
        self.derivation = [
            {
                "name": escape(line["name"]),
                "text": Latex(line["text"]),
                "formula": Latex(line["formula"]),
            }
            for line in entry["derivation"]
        ]

    def at(self, example: str) -> Example:
        """The claim at the letters of one of its examples.

        Raises PressError when report.toml and the derivation give no such example.
        """
        examples = self._entry["examples"]
        if example not in examples:
            raise unknown(f"example of {self.name}", example, examples)
        return Example(examples[example], examples[example]["letters"])

    def related(self, key: str) -> Related:
        """A related expression, for instance the fraction of all pairs."""
        if key not in self._entry["related"]:
            raise unknown(f"related expression of {self.name}", key, self._entry["related"])
        return Related(self._entry["related"][key], self)


class Result:
    """One recorded result of a notebook; printing it prints its rounded text."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.value = entry["value"]
        self.unit = entry.get("unit")
        self.text = escape(entry["text"])
        self.title = escape(entry["title"] or "")

    def __html__(self) -> str:
        return self.text


class Facts:
    """The ledger and the results behind the functions `claim` and `result` of templates."""

    def __init__(self, ledger: Mapping[str, Any], results: Mapping[str, Any]) -> None:
        self._claims = ledger["claims"]
        self._results = results["results"]

    def claim(self, name: str) -> ClaimView:
        """A settled claim by its name.

        Raises PressError for an unknown name, and for a claim that is undecided or refuted.
        """
        if name not in self._claims:
            raise unknown("claim", name, self._claims)
        entry = self._claims[name]
        if entry["verdict"] not in SETTLED:
            source = entry["source"]
            raise PressError(
                f"the claim {name} is {entry['verdict']}, so it cannot be printed",
                f"{source['file']}:{source['line']}",
                "run make check to see why",
            )
        return ClaimView(name, entry)

    def claims(self) -> list[ClaimView]:
        """All claims in the ledger's order, settled or not: for the table of verdicts."""
        return [ClaimView(name, entry) for name, entry in self._claims.items()]

    def result(self, key: str) -> Result:
        """A recorded result by its key. Raises PressError for an unknown key."""
        if key not in self._results:
            raise unknown("recorded result", key, self._results)
        return Result(self._results[key])


def unknown(kind: str, name: str, known: Iterable[str]) -> PressError:
    """The error that a name is not known, with the nearest one that is."""
    listed = sorted(known)
    near = get_close_matches(name, listed, n=1, cutoff=0.5)
    mend = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(listed) or 'none'}"
    return PressError(f"there is no {kind} {name!r}", mend=mend)


GREEK = ("alpha", "beta", "gamma", "delta", "sigma", "lambda", "mu", "rho")


def _letter(name: str) -> str:
    return f"\\{name}" if name in GREEK else name
