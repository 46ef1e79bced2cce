"""The Jinja environment for LaTeX, and its errors at the line that the author wrote.

Place in the chain: the author's templates -> one document. `\\VAR{...}` prints, `\\BLOCK{...}`
controls, `\\COMMENT{...}` is left out: a LaTeX editor sees commands with an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, __version__, pass_context
from jinja2.runtime import Context

from proofpress.build.memo import Memo
from proofpress.documents.faults import Faults, Unknown
from proofpress.documents.latex import Latex, escape
from proofpress.documents.origins import Marks, strip
from proofpress.documents.printed import decimal, finalize, given, percent
from proofpress.documents.sandbox import Sandbox
from proofpress.faults.errors import PressErrors


def environment(
    folder: Path, facts: Mapping[str, Any], faults: Faults, store: Path | None = None
) -> Sandbox:
    """Return a Jinja environment over the templates in `folder`; what it prints is escaped for
    LaTeX.

    `facts` are known in every template, in imported macros too. What they and the filters find at
    fault is kept in `faults`, and compiled templates in the folder `store`.

    >>> env = environment(Path("."), {}, Faults())
    >>> strip(env.from_string("\\\\VAR{name}").render(name="R&D"))[0]
    'R\\\\&D'
    """
    env = Sandbox(
        faults,
        loader=FileSystemLoader(folder) if store is None else _Loader(folder, store),
        block_start_string="\\BLOCK{",
        block_end_string="}",
        variable_start_string="\\VAR{",
        variable_end_string="}",
        comment_start_string="\\COMMENT{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=Unknown,
        # Filters of constants work when the template does, so that their faults have a line.
        optimized=False,
        autoescape=True,
        finalize=faults.guarded(_printed),
        extensions=[Marks],
    )
    env.filters.update(decimal=decimal, percent=percent)
    env.filters.update(longdate=longdate, sentence=sentence)
    for name, function in env.filters.items():
        env.filters[name] = faults.guarded(function, f"the filter {name}")
    for name, value in facts.items():
        env.globals[name] = faults.guarded(value, name) if callable(value) else value
    env.globals["given"] = faults.guarded(given, "given")
    return env


class _Loader(FileSystemLoader):
    """Loads the templates of a folder. Compiling them all takes longer than rendering them, so
    what was compiled is kept in a store."""

    def __init__(self, folder: Path, store: Path) -> None:
        super().__init__(folder)
        self._memo = Memo(store, __name__)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return the template of that name; called by Jinja."""
        text, file, is_current = self.get_source(environment, name)
        code = self._memo.recall(
            name, (__version__, file, text), lambda: environment.compile(text, name, file)
        )
        return environment.template_class.from_code(environment, code, globals or {}, is_current)


class Templates:
    """The templates in `folder`, and the facts that they may print.

    Compiled templates are kept in the folder `store`, if there is one.
    """

    def __init__(self, folder: Path, facts: Mapping[str, Any], store: Path | None = None) -> None:
        self._faults = Faults()
        self._env = environment(folder, facts, self._faults, store)

    def rendered(self, name: str) -> tuple[str, list[tuple[str, int]]]:
        """Return the document that a template gives, and the origin of each of its lines.

        Raises PressError with the template and line for whatever goes wrong in a template.
        """
        faults, marked = self._faults, ""
        faults.found = []
        try:
            marked = self._env.get_template(name).render()
        except Exception as error:
            faults.ended(error, self._env, Path(name).suffix)
        if faults.found:
            raise PressErrors(faults.found)
        return strip(marked)


def beginning(text: str, folder: Path, facts: Mapping[str, Any]) -> str | None:
    """Return what a template in `folder` that begins with `text` prints for it; None when it needs
    more than `facts`, or whole statements, to tell.

    >>> beginning("\\\\def\\\\paper{\\\\VAR{size}}", Path("."), {"size": "a4"})
    '\\\\def\\\\paper{a4}'
    >>> beginning("\\\\BLOCK{if size}", Path("."), {"size": "a4"}) is None
    True
    """
    faults = Faults()
    try:
        marked = environment(folder, facts, faults).from_string(text).render()
    except Exception:  # whatever it is, rendering the whole template tells it at its line
        return None
    return None if faults.found else strip(marked)[0]


@pass_context
def _printed(context: Context, value: object) -> Latex:
    """Return what is printed for a value. It asks for the context so that Jinja does not print
    constants by itself, when it compiles a template."""
    del context
    if isinstance(value, Unknown):
        raise value.fault
    return finalize(value)


def longdate(day: str) -> str:
    """Return a date as a title block prints it.

    >>> longdate("2020-10-31")
    'October 31, 2020'
    """
    parsed = date.fromisoformat(day)
    months = "January February March April May June July August September October November December"
    return f"{months.split()[parsed.month - 1]} {parsed.day}, {parsed.year}"


def sentence(words: Sequence[str]) -> Latex:
    """Return a list as it stands in a sentence.

    >>> print(sentence(["A & B", "C", "D"]))
    A \\& B, C and D
    """
    *others, last = [escape(word) for word in words]
    return Latex(f"{', '.join(others)} and {last}" if others else last)
