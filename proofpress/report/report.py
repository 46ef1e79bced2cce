"""One report: where its files are, what it is made of, and what its settings say.

Place in the chain: the author's build.py -> **here** -> steps. Everything below gets plain paths
and values made from a `Report`; nothing else knows where a file of a report is.
"""

from __future__ import annotations

import os
import sys

from proofpress.faults.author import PIPELINE, SETTINGS
from proofpress.faults.errors import PressError

# Imported on every call, the up-to-date one included: what is slow to import is imported where it
# is used.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from proofpress.build.step import Step

OUT = "output"
STATE = ".steps"
RESERVED = (".git", ".venv", "__pycache__")


class Notebook:
    """A notebook of a report: its file, and its name, the file's without a suffix."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.name = os.path.basename(file).removesuffix(".ipynb")


class Report:
    """A report in the folder of `file`, the author's build.py, or in the folder `file` itself.

    `out` is the folder of all that is built, and `settings` the file of settings, both relative to
    the report's. `values` replace settings by dotted key, as {"letters.attention.grid.n": 8}.
    Two reports, and two variants of one with different `out`, can be built at once.

    What the report is made of is named by the methods below, each by paths or glob patterns
    relative to the report's folder. A report that names nothing is made of what stands in the
    usual folders (`standard`).

    >>> report = Report("/somewhere/build.py")
    >>> report.root, report.published
    ('/somewhere', 'output/report.pdf')
    """

    def __init__(
        self,
        file: str | os.PathLike[str],
        *,
        out: str = OUT,
        settings: str = SETTINGS,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        path = os.path.abspath(os.fspath(file))
        self.root = os.path.dirname(path) if path.endswith(".py") else path
        self.out = _inside(out)
        self.settings_file = settings
        self.values = dict(values or {})
        caller = sys._getframe(1)
        self._made = os.path.abspath(caller.f_code.co_filename), caller.f_lineno
        self.words: Mapping[str, Any] | None = None
        self.derivations: list[str] = []
        self.figure_modules: list[str] = []
        self.table_modules: list[str] = []
        self.notebook_files: list[str] = []
        self.template = ""
        self.preamble = ""
        self.added: list[Step] = []

    @property
    def state(self) -> str:
        """The folder, relative to the report's, of all that a build keeps for the next."""
        return f"{self.out}/{STATE}"

    @property
    def published(self) -> str:
        """The finished PDF, relative to the report's folder."""
        return f"{self.out}/report.pdf"

    @property
    def has_parts(self) -> bool:
        """Whether the report names anything of which the press's own steps are made."""
        named = (self.derivations, self.figure_modules, self.table_modules, self.notebook_files)
        return any(named) or bool(self.template)

    def path(self, name: str) -> str:
        """Return the absolute path of a file named relative to the report's folder."""
        return os.path.join(self.root, name)

    def replaced(self) -> dict[str, str]:
        """Return the place of each setting that `values` replace: the line that names it, or that
        of the call."""
        if not self.values:
            return {}
        from proofpress.faults.places import naming

        file, call = self._made
        try:
            with open(file, encoding="utf-8") as source:
                lines = source.readlines()
        except (OSError, ValueError):
            lines = []
        inside = file.startswith(os.path.join(self.root, ""))
        name = os.path.relpath(file, self.root) if inside else os.path.basename(file)
        return {key: f"{name}:{naming(lines, key, call)}" for key in self.values}

    def claims(self, *patterns: str) -> None:
        """Derive and prove what the modules `patterns` state in their CLAIMS."""
        self.derivations += patterns

    def figures(self, *patterns: str) -> None:
        """Draw a figure by each of the modules `patterns` that defines `draw(facts)`."""
        self.figure_modules += patterns

    def tables(self, *patterns: str) -> None:
        """Set a table by each of the modules `patterns` that defines `table(facts)`."""
        self.table_modules += patterns

    def notebook(self, *files: str) -> None:
        """Run, record and set each notebook of the paths or patterns `files`.

        Raises PressError when two have the same name; of patterns, when they are looked at.
        """
        from proofpress.build.step import is_pattern

        self.notebook_files += files
        _unlike(file for file in self.notebook_files if not is_pattern(file))

    @property
    def notebooks(self) -> list[Notebook]:
        """The notebooks of all paths and patterns. Raises PressError when two have one name."""
        from proofpress.build.step import expand
        from proofpress.faults.places import named

        found: dict[str, None] = {}
        for text in self.notebook_files:
            found |= dict.fromkeys(expand(self.root, [text]))
            try:
                _unlike(found)
            except PressError as error:
                error.where = named(PIPELINE, text, self.root)
                raise
        return list(map(Notebook, found))

    def document(
        self, template: str, *, preamble: str | None = None, words: Mapping[str, Any] | None = None
    ) -> None:
        """Assemble and typeset the document that begins with `template`.

        `preamble` is a file that it reads as its LaTeX preamble, by default preamble.tex beside it,
        if that is there. `words` gives rules for the table [document] of the settings; without them
        it may hold any words.
        """
        self.template = template
        self.preamble = preamble or ""
        self.words = words

    def step(self, *steps: Step) -> None:
        """Run steps of the author's own as well: each a call of a function in a module.

        >>> from proofpress import Step
        >>> report = Report("/somewhere/build.py")
        >>> report.step(Step("count", "mine:count", outputs={"to": "output/count.txt"}))
        """
        self.added += steps

    def standard(self) -> Report:
        """Make the report of what stands in the usual folders; returns it.

        A report in which anything was named already stays as it is.
        """
        if self.has_parts or self.added:
            return self
        self.claims("derivations/*.py")
        self.figures("figures/*.py")
        self.tables("tables/*.py")
        self.notebook("notebooks/*.ipynb")
        self.document("templates/report.tex.j2")
        return self


def _unlike(files: Iterable[str]) -> None:
    """Raise PressError when the notebooks in two of these files have the same name."""
    seen: set[str] = set()
    for one in map(Notebook, files):
        if one.name in seen:
            raise PressError(f"two notebooks are called {one.name}", mend="rename one of the files")
        seen.add(one.name)


def _inside(out: str) -> str:
    """Return the folder `out` in the form of a relative path. Raises PressError for one
    elsewhere."""
    plain = os.path.normpath(out).replace(os.sep, "/")
    if os.path.isabs(plain) or plain.split("/")[0] in ("..", ".", *RESERVED):
        raise PressError(
            f"{out} is no folder for what is built",
            mend='name a folder below the report\'s own, such as out="output"',
        )
    return plain
