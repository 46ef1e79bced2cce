"""The one kind of error that the press shows to an author: what, where, and how to mend it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


# What opens a comment in generated LaTeX that names what the lines below it come from.
FROM = "% from "


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

    def each(self) -> tuple[PressError, ...]:
        """Return the faults that are told together: this one, where there are no more."""
        return (self,)

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  {self.where}")
        if self.mend:
            lines.append(f"  mend: {self.mend}")
        return "\n".join(lines)


class PressErrors(PressError):
    """Several faults that do not depend on each other, told together; the first one leads.

    >>> both = PressErrors([PressError("no n"), PressErrors([PressError("no t")])])
    >>> [error.what for error in both.each()]
    ['no n', 'no t']
    """

    def __init__(self, errors: Iterable[PressError]) -> None:
        # A fault that is met twice, in a loop for instance, reads the same.
        unlike = {str(single): single for error in errors for single in error.each()}
        self._each = tuple(unlike.values())
        first = self._each[0]
        super().__init__(first.what, first.where, first.mend)

    def each(self) -> tuple[PressError, ...]:
        """Return the faults, each once."""
        return self._each

    def __str__(self) -> str:
        return "\n".join(map(str, self._each))
