"""What goes wrong in templates, gathered over one rendering, each at its author's line.

Place in the chain: template -> **fault** -> message. A value that cannot be had is told and left
out, so that one rendering meets all faults that do not depend on each other. An expression that
fails by itself, such as a division by zero, ends the rendering.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import (
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.utils import missing

from proofpress.documents.facts import ClaimView
from proofpress.documents.origins import BRACE
from proofpress.faults.errors import PressError
from proofpress.faults.nearest import choice, meant
from proofpress.faults.places import not_text, place

# Jinja's statements by their first word; those that an end must follow come first.
_PAIRED = ("for", "if", "macro", "call", "filter", "block", "autoescape", "with", "raw")
_STATEMENTS = (*_PAIRED, "set", "include", "import", "from", "extends", "else", "elif")
_NOT_GIVEN = re.compile(r"parameter '\w+' was not provided")
_ITS_OWN = re.compile(r"l_\d+_(\w+)")


class Nothing:
    """Stands for a value that a fault left out: whatever is asked of it is nothing again.

    >>> str(Nothing().formula(1)[2] + 3), list(Nothing())
    ('', [])
    """

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def _itself(self, *given: Any, **named: Any) -> Nothing:
        return self

    __call__ = __getitem__ = _itself
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _itself
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _itself

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __str__(self) -> str:
        return ""

    __html__ = __str__


class Unknown(StrictUndefined):
    """A name that nothing defines; it remembers the line that used it."""

    __slots__ = ("fault",)

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        frame = _template_frame()
        if hint and _NOT_GIVEN.fullmatch(hint) and frame is not None:
            # The macro's own line says nothing of who calls it.
            self.fault = _not_given(name or "", frame)
        else:
            self.fault = _unknown(name or "", obj, frame)
        # Jinja calls it with its own words and raises what comes back.
        self._undefined_exception = lambda words: self.fault  # type: ignore[assignment]


class Faults:
    """The faults that one rendering met: `found`, in the order in which they were met."""

    def __init__(self) -> None:
        self.found: list[PressError] = []

    def guarded(self, function: Callable[..., Any], told: str = "") -> Callable[..., Any]:
        """Return the same function, but that its faults are kept, and leave nothing to print.

        `told` is what a template calls it, where the function does not tell its faults itself.
        """

        @functools.wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            if any(isinstance(value, Nothing) for value in given):
                return Nothing()  # the fault that left it out is told
            try:
                return function(*given, **named)
            except PressError as error:
                where = error.where or _place(_template_frame())
                self.found.append(PressError(error.what, where, error.mend))
            except Exception as error:
                value = given[-1] if hasattr(function, "jinja_pass_arg") else given[0]
                what = f"{told} cannot use {value!r}: {error}"
                where = _place(_template_frame())
                self.found.append(PressError(what, where, "give it another value"))
            return Nothing()

        return call

    def ended(self, error: Exception, env: Environment, suffix: str) -> None:
        """Keep the fault that ended the rendering; templates are those with this suffix.

        Raises the error itself when no template is to blame for it.
        """
        if isinstance(error, TemplateSyntaxError):
            self.found = list(_syntax_faults(env, suffix))
            return
        if isinstance(error, UnicodeDecodeError) and (found := list(_not_text(env, suffix))):
            self.found = found
            return
        where = _raised_at(error)
        if where is None and not isinstance(error, PressError):
            raise error
        if isinstance(error, PressError):
            fault = PressError(error.what, error.where or where, error.mend)
        elif isinstance(error, TemplateNotFound):
            names = env.list_templates(filter_func=lambda name: name.endswith(suffix))
            name = str(error.name)
            mend = choice(name, names)
            fault = PressError(f"there is no template {name}", where, mend)
        else:
            words = " ".join(str(error).split())
            what = words if words.startswith("macro ") else f"{type(error).__name__}: {words}"
            fault = PressError(what, where, "mend that line")
        self.found.append(fault)


def _raised_at(error: BaseException) -> str | None:
    """Return the last line of a traceback that lies in a template; Jinja gives it the true
    number."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            found = place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _template_frame(frame: FrameType | None = None) -> FrameType | None:
    """Return the innermost frame, from `frame` outwards, of a template that is being rendered,
    compiled by Jinja to Python."""
    frame = frame or sys._getframe(1)
    while frame is not None and "__jinja_template__" not in frame.f_globals:
        frame = frame.f_back
    return frame


def _place(frame: FrameType | None, about: str = "") -> str | None:
    if frame is None:
        return None
    template = frame.f_globals["__jinja_template__"]
    line = template.get_corresponding_lineno(frame.f_lineno)
    return place(template.filename, line, about)


def _unknown(name: str, owner: Any, frame: FrameType | None) -> PressError:
    """Return the fault of a name that nothing defines, or that `owner` does not have."""
    names = _names(frame)
    where = _place(frame, name)
    if owner is missing:
        given = [known for known, value in names.items() if not known.startswith("_")]
        mend = meant(name, given) or "define it, or correct its name"
        return PressError(f"{name} is not defined here", where, mend)
    called = [known for known, value in names.items() if value is owner]
    if isinstance(owner, ClaimView):
        called = [f"the claim {owner.name}"]
    if isinstance(owner, Mapping):
        has = [str(key) for key in owner]
    else:
        has = [known for known in dir(owner) if not known.startswith("_")]
    what = f"{called[0] if called else f'a value of type {type(owner).__name__}'} has no {name}"
    every = f"it has: {', '.join(has)}" if has else "it has nothing"
    return PressError(what, where, meant(name, has) or every)


def _not_given(name: str, macro: FrameType) -> PressError:
    """Return the fault of a call, from a template, that leaves out an argument of a macro."""
    what = f"the macro is called without its argument {name}"
    return PressError(what, _place(_template_frame(macro.f_back)), f"give it {name}")


def _names(frame: FrameType | None) -> dict[str, Any]:
    """Return what is defined at a place of a template: its own names, and all that it was given."""
    if frame is None:
        return {}
    names: dict[str, Any] = {}
    if "context" in frame.f_locals:
        names |= frame.f_locals["context"].get_all()
    if "included_template" in frame.f_locals:  # names are being imported from another template
        names |= vars(frame.f_locals["included_template"])
    for local, value in frame.f_locals.items():
        own = _ITS_OWN.fullmatch(local)
        if own and value is not missing and not isinstance(value, Unknown):
            names[own[1]] = value
    return names


def _not_text(env: Environment, suffix: str) -> Iterator[PressError]:
    """Yield the fault of each template that is not UTF-8."""
    assert isinstance(env.loader, FileSystemLoader)
    for name in env.list_templates(filter_func=lambda name: name.endswith(suffix)):
        file = Path(env.loader.searchpath[0]) / name
        try:
            file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            yield not_text(file.as_posix(), error)


def _syntax_faults(env: Environment, suffix: str) -> Iterator[PressError]:
    """Yield the first syntax error of each template."""
    for name in env.list_templates(filter_func=lambda name: name.endswith(suffix)):
        assert env.loader is not None
        source, file, _ = env.loader.get_source(env, name)
        try:
            env.compile(source, name, file)
        except TemplateSyntaxError as error:
            yield _syntax_fault(env, source, file or name, error)


def _syntax_fault(
    env: Environment, source: str, file: str, error: TemplateSyntaxError
) -> PressError:
    message = (error.message or "").rstrip(".")
    where = place(file, error.lineno)
    opened = _open_blocks(env, source, error.lineno)
    if "Unexpected end of template" in message and opened:
        kind, line = opened[-1]
        what, where = f"the {kind} that begins here is never ended", place(file, line)
        return PressError(what, where, f"add \\BLOCK{{end{kind}}}")
    if found := re.match(r"Encountered unknown tag '(\w+)'", message):
        tag = found[1]
        if not tag.startswith("end"):
            mend = choice(tag, _STATEMENTS)
            return PressError(f"there is no statement {tag}", where, mend)
        if not opened:
            return PressError(f"{tag} ends nothing that is open", where, "take it away")
        kind, line = opened[-1]
        what = f"{tag} stands where the {kind} of line {line} is still open"
        return PressError(what, where, f"add \\BLOCK{{end{kind}}} before it")
    if found := re.match(r"No (filter|test) named '(\w+)'", message):
        names = env.filters if found[1] == "filter" else env.tests
        mend = meant(found[2], names) or "correct its name"
        return PressError(f"there is no {found[1]} {found[2]}", where, mend)
    if begun := _unclosed(env, source):
        what = f"the {begun[0]} that begins here is not closed"
        if found := re.match(r"unexpected char '(.)'", message):
            what = f"{found[1]} cannot stand between {begun[0]} and the closing }}"
            mend = "write straight quotes" if found[1] in "“”„‘’«»" else "take it out"
            return PressError(what, place(file, begun[1], found[1]), mend)
        return PressError(what, place(file, begun[1]), "add the }")
    if message == BRACE:
        what = "a comment ends at its first }, and this one holds a {"
        return PressError(what, where, "take the braces out, or write a LaTeX comment with %")
    for technical in ("end of statement block", "end of print statement"):
        message = message.replace(technical, "}")
    mend = "mend what stands between \\VAR{ or \\BLOCK{ and the closing brace"
    return PressError(message[:1].lower() + message[1:], where, mend)


def _unclosed(env: Environment, source: str) -> tuple[str, int] | None:
    """Return the \\VAR{ or \\BLOCK{, and its line, inside which something stands that is no
    expression."""
    begun = None
    try:
        for line, kind, value in env.lex(source):
            if kind.endswith("_begin"):
                begun = value, line
            elif kind.endswith("_end"):
                begun = None
    except TemplateSyntaxError:
        return begun
    return None


def _open_blocks(env: Environment, source: str, until: int) -> list[tuple[str, int]]:
    """Return the statements that are open before the line `until`, and behind it to the end."""
    opened: list[tuple[str, int]] = []
    tokens = iter(env.lex(source))
    try:
        for line, kind, value in tokens:
            if kind == "block_begin":
                word = next(value for _, kind, value in tokens if kind == "name")
                if word in _PAIRED:
                    opened.append((word, line))
                elif opened and word == f"end{opened[-1][0]}":
                    opened.pop()
                elif word.startswith("end") and line >= until:
                    break
    except TemplateSyntaxError:
        pass  # what stands before it is known
    return opened
