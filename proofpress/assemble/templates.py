"""The Jinja environment for LaTeX, and its errors at the line that the author wrote.

Place in the chain: the author's templates -> one document. `\\VAR{...}` prints, `\\BLOCK{...}`
controls, `\\#{...}` is left out: a LaTeX editor sees commands with an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from proofpress.assemble.latex import Latex, escape
from proofpress.assemble.origins import Marks, strip
from proofpress.assemble.printed import decimal, finalize, given, percent
from proofpress.errors import PressError


def environment(folder: Path, facts: Mapping[str, Any]) -> SandboxedEnvironment:
    """A Jinja environment over the templates in `folder`; what it prints is escaped for LaTeX.

    `facts` are known in every template, in imported macros too.

    >>> env = environment(Path("."), {})
    >>> strip(env.from_string(r"\\VAR{name}").render(name="R&D"))[0]
    'R\\\\&D'
    """
    env = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        block_start_string="\\BLOCK{",
        block_end_string="}",
        variable_start_string="\\VAR{",
        variable_end_string="}",
        comment_start_string="\\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printed,
        extensions=[Marks],
    )
    env.filters.update(decimal=decimal, percent=percent)
    env.filters.update(longdate=longdate, sentence=sentence)
    env.globals.update(facts, given=given)
    return env


def render(folder: Path, name: str, facts: Mapping[str, Any]) -> tuple[str, list[tuple[str, int]]]:
    """The document that the template `name` gives, and the origin of each of its lines.

    Raises PressError with the template and line for whatever goes wrong in a template.
    """
    env = environment(folder, facts)
    where: str | None
    try:
        return strip(env.get_template(name).render())
    except TemplateSyntaxError as error:
        where = _place(folder, error.name or name, error.lineno)
        mend = "mend the expression between \\VAR{ or \\BLOCK{ and its closing brace"
        raise PressError(_message(error), where, mend) from error
    except UndefinedError as error:
        where = _innermost(error, folder)
        raise PressError(_message(error), where, _nearest(error, facts)) from error
    except TemplateNotFound as error:
        where = _innermost(error, folder)
        known = ", ".join(env.list_templates())
        raise PressError(f"there is no template {error.name}", where, f"known: {known}") from error
    except PressError as error:
        raise PressError(
            error.what, error.where or _innermost(error, folder), error.mend
        ) from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        where = _innermost(error, folder)
        raise PressError(f"{type(error).__name__}: {error}", where, "mend that line") from error


@pass_context
def _printed(context: Context, value: object) -> Latex:
    """What is printed for a value. It asks for the context so that Jinja does not print constants
    by itself, when it compiles a template."""
    del context
    return finalize(value)


def longdate(day: str) -> str:
    """A date as a title block prints it.

    >>> longdate("2020-10-31")
    'October 31, 2020'
    """
    parsed = date.fromisoformat(day)
    months = "January February March April May June July August September October November December"
    return f"{months.split()[parsed.month - 1]} {parsed.day}, {parsed.year}"


def sentence(words: Sequence[str]) -> Latex:
    """A list as it stands in a sentence.

    >>> print(sentence(["A & B", "C", "D"]))
    A \\& B, C and D
    """
    *others, last = [escape(word) for word in words]
    return Latex(f"{', '.join(others)} and {last}" if others else last)


def _message(error: TemplateError) -> str:
    return (error.message or str(error)).rstrip(".")


def _place(folder: Path, name: str, line: int) -> str:
    path = folder / name
    try:
        excerpt = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
    except (OSError, IndexError):
        return f"{path}:{line}"
    return f"{path}:{line}: {excerpt}"


def _innermost(error: BaseException, folder: Path) -> str | None:
    """The last frame of the traceback that lies in a template; Jinja gives it the true line."""
    place = None
    trace = error.__traceback__
    home = str(folder.resolve())
    while trace is not None:
        file = str(Path(trace.tb_frame.f_code.co_filename).resolve())
        if file.startswith(home):
            place = _place(folder, str(Path(file).relative_to(home)), trace.tb_lineno)
        trace = trace.tb_next
    return place


def _nearest(error: UndefinedError, facts: Mapping[str, Any]) -> str:
    name = str(error).split("'")[1] if "'" in str(error) else ""
    near = get_close_matches(name, list(facts), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known here: {', '.join(sorted(facts))}"
