r"""The macros of proofpress.sty: who writes each, who reads it, and what a reader has to skip.

Place in the chain: **vocabulary** -> templates, tables, ink, audit. The press spells no macro of
its own anywhere else; docs/latex.md tells an author what each one prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PACKAGE = "proofpress"
AUTHOR = "the author"


@dataclass(frozen=True)
class Macro:
    r"""A macro by its name: how many `arguments` it has, behind an `optional` one in brackets.

    `writers` and `readers` are modules of the press, or AUTHOR. So many leading arguments as
    `skipped` says hold no words of the author's: labels, files, what the author answers for; and
    so does the one in brackets, unless it is `worded`. A macro that is `replaceable` an author may
    define in another way.

    >>> FACT("a.b/formula", "n^{2}")
    '\\fact{a.b/formula}{n^{2}}'
    """

    name: str
    arguments: int
    writers: tuple[str, ...]
    readers: tuple[str, ...] = ()
    optional: bool = False
    worded: bool = False
    skipped: int = 0
    replaceable: bool = False

    def __call__(self, *arguments: object) -> str:
        """Return the LaTeX of a call. Raises TypeError for another number of arguments."""
        if len(arguments) != self.arguments:
            raise TypeError(f"\\{self.name} takes {self.arguments} arguments, not {len(arguments)}")
        return f"\\{self.name}" + "".join(f"{{{argument}}}" for argument in arguments)

    @property
    def silent(self) -> bool:
        """Whether some of what it is given holds no words of the author's."""
        return self.skipped > 0 or (self.optional and not self.worded)

    @property
    def opening(self) -> str:
        r"""The regular expression of the macro up to its first argument in braces.

        >>> import re
        >>> re.findall(CLOSEDFORM.opening, r"\closedform[eq:a]{n} \closedforms{m}")
        ['\\closedform[eq:a]']
        """
        given = r"(?:\[[^\]]*\])?" if self.optional else ""
        return rf"\\{self.name}(?![A-Za-z@]){given}"


_PRINTED, _TABLES, _FACTS = "documents/printed.py", "documents/tables.py", "documents/facts.py"
_SOURCES, _TYPED = "ink/sources.py", "audit/handwritten.py"
_BY_AUTHOR = (AUTHOR,)

FACT = Macro("fact", 2, (_PRINTED,), (_PRINTED,), skipped=2)
ASSUMEDMARK = Macro("assumedmark", 1, (_PRINTED,))
GIVEN = Macro("given", 1, (_PRINTED, AUTHOR), (_TYPED,), skipped=1)
VERDICT = Macro("verdict", 1, (_FACTS, AUTHOR), skipped=1)
ENTRY = Macro("entry", 1, (_TABLES,), (_SOURCES,), skipped=1)
PRINTEDON = Macro("printedon", 1, (_TABLES, AUTHOR), skipped=1)
PAGESOF = Macro("pagesof", 3, (_TABLES, AUTHOR), skipped=1)
LEDGERNAME = Macro("ledgername", 1, (_TABLES,))
WHOLEROW = Macro("wholerow", 1, (_TABLES,))
TOPRULE = Macro("toprule", 0, (_TABLES, AUTHOR), replaceable=True)
MIDRULE = Macro("midrule", 0, (_TABLES, AUTHOR), replaceable=True)
BOTTOMRULE = Macro("bottomrule", 0, (_TABLES, AUTHOR), replaceable=True)
ADDLINESPACE = Macro("addlinespace", 0, (_TABLES, AUTHOR), replaceable=True)
FACTGRAPHICS = Macro("factgraphics", 1, _BY_AUTHOR, (_TYPED,), optional=True, skipped=1)
CLOSEDFORM = Macro(
    "closedform", 1, _BY_AUTHOR, (_SOURCES, _TYPED), optional=True, replaceable=True
)  # fmt: skip
QUESTION = Macro(
    "question", 1, _BY_AUTHOR, (_SOURCES,), optional=True, worded=True, replaceable=True
)  # fmt: skip
QUESTIONPART = Macro("questionpart", 1, _BY_AUTHOR, (_SOURCES,), replaceable=True)
REPORTFIGURE = Macro(
    "reportfigure", 3, _BY_AUTHOR, (_TYPED,), optional=True, skipped=2, replaceable=True
)
FIGUREHERE = Macro(
    "figurehere", 3, _BY_AUTHOR, (_TYPED,), optional=True, skipped=2, replaceable=True
)
FIGUREBESIDE = Macro("figurebeside", 4, _BY_AUTHOR, (_TYPED,), skipped=2, replaceable=True)
TABLEHERE = Macro("tablehere", 3, _BY_AUTHOR, (_TYPED,), skipped=1, replaceable=True)
COUNTEDSET = Macro("countedset", 2, _BY_AUTHOR, optional=True, replaceable=True)
RUNIN = Macro("runin", 1, _BY_AUTHOR, replaceable=True)
# With the option "look".
TITLEBLOCK = Macro("titleblock", 3, _BY_AUTHOR, replaceable=True)
SECTIONNAME = Macro("sectionname", 0, _BY_AUTHOR, replaceable=True)

MACROS = tuple(macro for macro in globals().values() if isinstance(macro, Macro))
# The environment around a list of entries: what is printed there counts as no printing of a claim.
FACTLIST = "factlist"
ENVIRONMENTS = (FACTLIST, "dcases", "restated", "derivation")


def openings(macros: Iterable[Macro]) -> str:
    """Return the regular expression of any of some macros up to its first argument in braces."""
    return f"(?:{'|'.join(macro.opening for macro in macros)})"
