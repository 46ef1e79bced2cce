"""What all statements share: name, letters, domain, and how they become a claim.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanFunction

from proofpress.counting.conditions import condition
from proofpress.counting.latex import formula
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Meant
from proofpress.latex.names import refuse_alike
from proofpress.ledger.claims import Claim, Evidence, Line, Source, Verdict
from proofpress.proving.options import expected, refuse_names, refuse_no_mapping
from proofpress.proving.statements.read import unread
from proofpress.proving.statements.related import Following, Follows, refuse_untold
from proofpress.proving.statements.related import Named as RelatedName
from proofpress.terms import reading
from proofpress.terms.in_sympy import as_symbols
from proofpress.terms.tree import Node
from proofpress.terms.walk import letters_of

Related = Mapping[str, Follows]
Cells = Callable[[Mapping[str, int]], Iterable[tuple[int, ...]]]


class Statement(ABC):
    """Something an author asserts; `settle` derives it, tries it, and returns the claim.

    `assumed` is the domain as the author wrote it, `assuming` SymPy's form of it. `related` names
    what else follows from the closed form, and how (`proving.related`). `expect` says that it is
    meant to be "refuted" or "undecided": any other verdict is then an error at its line.
    """

    kind = "statement"

    def __init__(
        self,
        name: str,
        title: str,
        letters: Iterable[object],
        assuming: object,
        source: Source,
        related: Related | None = None,
        expect: str | None = None,
    ) -> None:
        refuse_names(name, title, str(source))
        refuse_no_mapping(name, 'write related={"share": Share(n**2)}', related=related)
        self.name = name
        self.title = title
        self.source = source
        self.letters = as_symbols(letters)
        # As the author wrote it, and SymPy's form of it.
        self.assumed, self.assuming = reading.condition(assuming, str(source))
        self.related = dict(related or {})
        self.expect = expected(expect, name)
        refuse_untold(self.related, name)
        refuse_alike(self.letters, name, str(source))

    def refuse_unknown_letters(self, *nodes: Node) -> None:
        """Raise PressError for a letter of these, or of the assumption, that letters= lacks."""
        known = set(map(str, self.letters))
        for node in (self.assumed, *nodes):
            for name in sorted(letters_of(node) - known):
                raise PressError(
                    f"the letter {name} of {self.name} has no value",
                    str(self.source),
                    f"add {name} to letters=, or leave it out of {node}",
                )

    @property
    @abstractmethod
    def closed_form(self) -> sp.Basic:
        """Return the derived closed form, or the relation that is asserted."""

    @abstractmethod
    def definition(self) -> str:
        """Return the LaTeX of what the closed form is equal to by definition."""

    @abstractmethod
    def meaning(self) -> Meant:
        """Return what the definition's LaTeX is meant to say."""

    @abstractmethod
    def derivation(self) -> Sequence[Line]:
        """Return the steps from the definition to the closed form."""

    @abstractmethod
    def evidence(self) -> Sequence[Evidence]:
        """Return what every method has to say."""

    def formula(self) -> str:
        """Return the display LaTeX of the closed form."""
        return formula(self.closed_form, self.letters)

    def cells(self) -> Cells | None:
        """Return a function from letters to the counted pairs, where there are such."""
        return None

    @property
    def places(self) -> dict[str, str]:
        """Return the line at which each related expression is asked for."""
        return {key: how.where for key, how in self.related.items()}

    def follows(self) -> dict[str, Following]:
        """Return the related expressions, derived and shown."""
        return {key: self._following(how) for key, how in self.related.items()}

    def _following(self, how: Follows) -> Following:
        try:
            number = not isinstance(self.closed_form, Relational | BooleanFunction)
            if not (number or isinstance(how, RelatedName)):
                told = f"nothing follows from {self.name} by {type(how).__name__}: it is no number"
                raise PressError(told, mend="relate it to a claim of a number, or leave it out")
            return how.of(self)
        except PressError as error:
            if error.where:
                raise
            raise PressError(error.what, how.where, error.mend) from error

    def settle(self) -> Claim:
        """Return the claim with the evidence of every method.

        Raises PressError, with the author's line, for a term that the press cannot print.
        """
        try:
            return self._settled()
        except PressError as error:
            if error.where:
                raise
            raise PressError(f"{self.name}: {error.what}", str(self.source), error.mend) from error

    def readings(self) -> Iterator[tuple[Node, sp.Basic]]:
        """Yield what the author wrote and the claim prints, each with SymPy's form of it."""
        yield self.assumed, self.assuming

    def _settled(self) -> Claim:
        following = self.follows()
        evidence = [*self.evidence(), *unread(self.readings(), self.letters, self.assumed)]
        try:
            shown = self.formula()
        except PressError as error:
            # A stated form that nobody can print says nothing, and the ledger will not take it.
            shown = ""
            evidence.append(Evidence("print", Verdict.UNDECIDED, "none", error.what))
        return Claim(
            name=self.name,
            title=self.title,
            kind=self.kind,
            letters=self.letters,
            definition=self.definition(),
            domain=condition(self.assuming, self.letters),
            closed_form=self.closed_form,
            formula=shown,
            derivation=tuple(self.derivation()),
            evidence=tuple(evidence),
            source=self.source,
            related={key: one.expression for key, one in following.items()},
            shown={key: one.evidence for key, one in following.items()},
            places=self.places,
            cells=self.cells(),
            assuming=self.assuming,
            meaning=self.meaning(),
            expect=self.expect,
        )
