"""What is asserted, by what evidence it stands, and how that is written down.

Place in the chain: definition -> derivation -> proof -> **ledger** -> figure, template, ink.
Nothing here computes: the counting and proving packages fill these records in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from proofpress.latex.meant import Meant

if TYPE_CHECKING:
    import sympy as sp


class Verdict(StrEnum):
    """How much is known of a claim, from most to least.

    *Proved*: shown for every value of the domain. *Checked*: compared for the listed cases.
    *Measured*: observed in one run. *Assumed* and *undecided* claim nothing. *Refuted*: a
    counterexample is known.

    >>> Verdict("proved") is Verdict.PROVED
    True
    """

    PROVED = "proved"
    CHECKED = "checked"
    MEASURED = "measured"
    ASSUMED = "assumed"
    UNDECIDED = "undecided"
    REFUTED = "refuted"


# The verdicts in which a claim does not hold; the first one outweighs the other.
UNSETTLED = (Verdict.REFUTED, Verdict.UNDECIDED)


@dataclass(frozen=True)
class Evidence:
    """One method's answer. `scope` says for which values ("all", or which cases).

    `engines` names the code that could make it wrong (`proofpress.proving.engines`). Evidence that
    names none agrees with nothing.

    >>> Evidence("enumeration", Verdict.CHECKED, "n <= 6", "6 cases").verdict.value
    'checked'
    """

    method: str
    verdict: Verdict
    scope: str
    detail: str = ""
    engines: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Line:
    """One step of a derivation: a name ("row count"), LaTeX prose, and one display formula.

    `says` is what the formula is meant to say, `mentions` what each formula in the prose is
    meant to say: an expression, a condition, or a record of `proofpress.latex.meant`.

    >>> Line("sum", "Adding the rows:", "n").formula
    'n'
    """

    name: str
    text: str
    formula: str
    says: Meant = None
    mentions: tuple[Meant, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where the author wrote the definition: path relative to the report, line, and name.

    >>> str(Source("derivations/attention.py", 31, "sliding"))
    'derivations/attention.py:31'
    """

    file: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Claim:
    """A settled statement. `related` holds expressions that follow from the closed form
    (the fraction of n**2, a limit) under the name by which a template asks for them.

    `cells` gives the counted pairs at values of the letters, where the claim is a count of two
    letters; `assuming` is the domain as a condition, `meaning` what the definition is to say.
    """

    name: str
    title: str
    kind: str
    letters: tuple[sp.Symbol, ...]
    definition: str
    domain: str
    closed_form: sp.Basic
    formula: str
    derivation: tuple[Line, ...]
    evidence: tuple[Evidence, ...]
    source: Source
    related: Mapping[str, sp.Basic] = field(default_factory=dict)
    cells: Callable[[Mapping[str, int]], Iterable[tuple[int, ...]]] | None = None
    assuming: sp.Basic | None = None
    meaning: Meant = None
    # By what evidence each related expression follows; none where it claims nothing.
    shown: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)
    # The line at which each related expression is asked for.
    places: Mapping[str, str] = field(default_factory=dict)
    # The verdict in which its author means it to fail, if so.
    expect: Verdict | None = None

    @property
    def topic(self) -> str:
        """Return the part of the name before the first dot: whose example letters it uses."""
        return self.name.partition(".")[0]

    @property
    def verdict(self) -> Verdict:
        """Return what the evidence amounts to; see `conclusion`."""
        return conclusion(self.evidence)

    @property
    def as_expected(self) -> bool:
        """Return whether the verdict is the one that its author expects, or else one that holds."""
        return self.verdict is self.expect if self.expect else self.verdict not in UNSETTLED


class Statement(Protocol):
    """Something an author asserts and that can be settled: derived, tried, and proved."""

    name: str
    source: Source
    letters: tuple[sp.Symbol, ...]

    @property
    def places(self) -> Mapping[str, str]:
        """Return the line at which each related expression is asked for."""
        ...

    def settle(self) -> Claim:
        """Return the claim with all its evidence."""
        ...


def unrelated(one: Evidence, other: Evidence) -> bool:
    """Return whether two pieces of evidence both name engines, and none in common.

    >>> sure, same = (Evidence(name, Verdict.PROVED, "all", engines=("z3",)) for name in "ab")
    >>> unrelated(sure, same)
    False
    """
    known, others = set(one.engines), set(other.engines)
    return bool(known and others) and known.isdisjoint(others)


def conclusion(evidence: Sequence[Evidence]) -> Verdict:
    """Return the verdict that the pieces of evidence amount to.

    One refutation refutes, and one open question leaves the whole open: a method that ran out of
    time, failed, or met an unknown never counts as a pass, and is not outvoted by others. A claim
    is proved by two unrelated methods, of which one covered the whole domain exactly: they rest on
    no engine in common. Anything less is checked, measured, assumed, or undecided where there is
    nothing at all.

    >>> whole = Evidence("certificate", Verdict.PROVED, "all", engines=("regions",))
    >>> cases = Evidence("enumeration", Verdict.CHECKED, "n <= 6", engines=("evaluation",))
    >>> conclusion([whole, cases]).value, conclusion([whole]).value, conclusion([cases]).value
    ('proved', 'checked', 'checked')
    >>> same = Evidence("derivation", Verdict.PROVED, "all", engines=("regions", "simplex"))
    >>> conclusion([whole, same]).value
    'checked'
    >>> conclusion([whole, cases, Evidence("smt", Verdict.UNDECIDED, "all")]).value
    'undecided'
    """
    found = {item.verdict for item in evidence}
    for decisive in UNSETTLED:
        if decisive in found:
            return decisive
    agreeing = [i for i in evidence if i.verdict in (Verdict.PROVED, Verdict.CHECKED)]
    whole = [i for i in agreeing if i.verdict is Verdict.PROVED]
    if any(unrelated(one, other) for one in whole for other in agreeing):
        return Verdict.PROVED
    if agreeing:
        return Verdict.CHECKED
    for weaker in (Verdict.MEASURED, Verdict.ASSUMED):
        if weaker in found:
            return weaker
    return Verdict.UNDECIDED
