"""Jinja's sandbox with all its ways to make text kept to LaTeX: its own would write HTML.

Place in the chain: template -> **expression** -> printed fact. Jinja joins texts by `~`, by
filters and by operators; each escapes for a web page as soon as one part is marked as safe, and
each makes a number into text that says no more where it comes from. Here the parts are joined as
LaTeX, and a number that no claim gives is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from jinja2 import Environment, Template, pass_environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import make_attrgetter
from jinja2.nodes import FilterBlock
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from proofpress.documents.faults import Faults
from proofpress.documents.latex import Latex
from proofpress.documents.printed import finalize, refuse_number
from proofpress.faults.errors import PressError

# These change the letters of a text; in LaTeX they would change commands.
_OF_TEXT = (
    *("capitalize", "center", "format", "indent", "lower", "pprint", "replace", "title"),
    *("truncate", "upper", "urlencode", "wordcount", "wordwrap"),
)
# These write HTML or a number without its place.
_REFUSED = ("filesizeformat", "striptags", "tojson", "urlize", "xmlattr")


class Sandbox(SandboxedEnvironment):
    """An environment whose operators join as LaTeX; what they find at fault goes to `faults`."""

    intercepted_binops = frozenset(["+", "%"])
    faults: Faults

    def __init__(self, faults: Faults, **options: Any) -> None:
        self.faults = faults
        super().__init__(**options)
        self.filters.update(filters(self.filters))
        # It writes paragraphs of HTML.
        self.globals.pop("lipsum", None)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the operator's value, text and LaTeX joined as LaTeX."""
        told: Callable[..., Any] = self.binop_table[operator]
        if operator == "%" and isinstance(left, str):
            return self.faults.guarded(_formatted)(left, right)
        return told(_own(left), _own(right))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return the method `format` of a text, which refuses numbers and LaTeX."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        def checked(*given: Any, **named: Any) -> str:
            for part in (value.__self__, *given, *named.values()):
                _refuse_all_but_text("format()", part)
            return wrapped(*given, **named)

        return self.faults.guarded(checked)

    def call(__self, __context: Context, __obj: Any, *given: Any, **named: Any) -> Any:
        """Return what a call gives; a number's own method cannot make it text."""
        found = super().call(__context, __obj, *given, **named)
        if isinstance(found, str):
            __self.faults.guarded(refuse_number)(getattr(__obj, "__self__", None))
        return found


class _Code(CodeGenerator):
    """Jinja's code, but that a filtered block is printed as all else is."""

    def visit_FilterBlock(self, node: FilterBlock, frame: Frame) -> None:
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.start_write(frame, node)
        self.write("escape(")
        self.visit_Filter(node.filter, inner)
        self.write(")")
        self.end_write(frame)
        self.leave_frame(inner)


class _Macro(Macro):
    """A macro, which gives LaTeX."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        return Latex(super()._invoke(arguments, True))


class _Template(Template):
    """A template whose code finds the press's own in the place of Jinja's words for HTML."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: Any,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        assert isinstance(environment, Sandbox)
        join = environment.faults.guarded(joined, "~")
        shown = environment.faults.guarded(finalize)
        template.root_render_func.__globals__.update(
            Markup=Latex,
            Macro=_Macro,
            escape=lambda value: Latex(shown(value)),
            markup_join=join,
            str_join=join,
        )
        return template


Sandbox.code_generator_class = _Code
Sandbox.template_class = _Template


def joined(parts: Iterable[Any], between: Any = "") -> str:
    """Return the parts one after another: LaTeX if one of them is, else text.

    Raises PressError for a number that no claim gives, and for what is no text.

    >>> print(joined([Latex("$n$"), " & m"])), joined(["a", "b"], " < ")
    $n$ \\& m
    (None, 'a < b')
    """
    known = list(parts)
    if all(type(part) is str for part in (*known, between)):
        return str(between).join(known)
    return Latex("").join(map(finalize, _with_between(known, between)))


def _with_between(parts: Iterable[Any], between: Any) -> Iterable[Any]:
    for k, part in enumerate(parts):
        if k:
            yield between
        yield part


def filters(known: MutableMapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters in the place of Jinja's `known` ones that would make HTML or change
    LaTeX."""
    made: dict[str, Callable[..., Any]] = {
        "e": finalize,
        "escape": finalize,
        "forceescape": _forced,
        "join": _join,
        "reverse": _reversed(known["reverse"]),
        "safe": _safe,
        "string": _string,
        "trim": _trim,
    }
    made |= {name: _of_text(name, known[name]) for name in _OF_TEXT}
    made["format"] = _of_text("format", lambda text, *given, **named: text % (named or given))
    return made | {name: _no_filter(name) for name in _REFUSED}


def _of_text(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that takes plain text alone, and text or numbers as what steers it."""

    def filtered(*given: Any, **named: Any) -> Any:
        # Jinja hands its own state to some filters in front.
        at = 1 if hasattr(function, "jinja_pass_arg") else 0
        _refuse_all_but_text(f"the filter {name}", given[at])
        if name in ("format", "replace"):
            for part in (*given[at + 1 :], *named.values()):
                if name == "format" or not isinstance(part, int):
                    _refuse_all_but_text(f"the filter {name}", part)
        return function(*given, **named)

    if hasattr(function, "jinja_pass_arg"):
        filtered.jinja_pass_arg = function.jinja_pass_arg  # type: ignore[attr-defined]
    return filtered


def _no_filter(name: str) -> Callable[..., Any]:
    def refused(*given: Any, **named: Any) -> Any:
        what = f"the filter {name} writes for web pages, not for LaTeX"
        raise PressError(what, mend="print the text itself")

    return refused


def _refuse_all_but_text(told: str, value: Any) -> None:
    """Return for plain text; raises PressError for LaTeX, numbers, None, and lists of them."""
    if hasattr(value, "__html__"):
        what = f"{told} is for plain text, and {_start(value)} is LaTeX"
        raise PressError(what, mend="print it as it is, beside the text")
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list | tuple):
        for part in value:
            _refuse_all_but_text(told, part)
    else:
        finalize(value)


def _start(value: Any) -> str:
    text = str(value.__html__())
    return text if len(text) <= 40 else f"{text[:40]}..."


def _formatted(text: str, given: Any) -> str:
    for part in (text, given):
        _refuse_all_but_text("%", part)
    return text % given


def _forced(value: Any) -> Latex:
    _refuse_all_but_text("the filter forceescape", value)
    return finalize(value)


@pass_environment
def _join(environment: Environment, value: Any, d: Any = "", attribute: Any = None) -> str:
    if attribute is not None:
        value = map(make_attrgetter(environment, attribute), value)
    return joined(value, d)


def _reversed(function: Callable[..., Any]) -> Callable[..., Any]:
    def filtered(value: Any) -> Any:
        if isinstance(value, str) or hasattr(value, "__html__"):
            _refuse_all_but_text("the filter reverse", value)
        return function(value)

    return filtered


def _safe(value: Any) -> Any:
    return value if hasattr(value, "__html__") else Latex(_string(value))


def _string(value: Any) -> Any:
    """Return the value as text: LaTeX stays what it is, with its place in the ledger."""
    finalize(value)
    return value if hasattr(value, "__html__") or isinstance(value, str) else str(value)


def _trim(value: Any, chars: str | None = None) -> Any:
    known = _own(value)
    if hasattr(known, "__html__") and not isinstance(known, str):
        return known
    return _string(known).strip(chars)


def _own(value: Any) -> Any:
    """Return Jinja's own safe strings as LaTeX, whose joining escapes for LaTeX."""
    return Latex(value) if isinstance(value, Markup) else value
