"""The one kind of error that the press shows to an author: what, where, and how to mend it."""

from __future__ import annotations


class PressError(Exception):
    """A fault in what the author wrote, or in what the machine offers.

    `where` is the author's own place ("templates/report.tex.j2:31", "report.toml",
    "notebook sentiment, cell 7"); `mend` is one action. Only the command line prints.

    >>> print(PressError("the letter n is not set", where="report.toml", mend="add n = 12"))
    the letter n is not set
      report.toml
      mend: add n = 12
    """

    def __init__(self, what: str, where: str | None = None, mend: str | None = None) -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  {self.where}")
        if self.mend:
            lines.append(f"  mend: {self.mend}")
        return "\n".join(lines)
