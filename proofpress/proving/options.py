"""What an author gives a statement: looked at where it is made, and told at that line.

Place in the chain: **definition** -> derivation -> proof. What has the wrong kind would else fail
far from the author's line, or be printed as what it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from proofpress.counting.parts import Group
from proofpress.counting.recurrences import Part
from proofpress.counting.tensors import Tensor
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import UNSETTLED, Verdict
from proofpress.terms.origin import author_line

# A single letter may have an index behind "_", as the matrix W_in; all else is words.
_LABEL = re.compile(r"(?:[A-Za-z](?:_[A-Za-z0-9]+)?|[^\W_][^_]*)(?:, [^_]+)?")
_IN_LATEX = set('\\$%#&^{}~"<>|`')


def refuse_names(name: object, title: object, where: str) -> None:
    """Raise PressError if name or title of a statement is no text.

    >>> refuse_names("net.size", "Weights", "derivations/net.py:3")
    """
    for what, given in (("name", name), ("title", title)):
        if not isinstance(given, str):
            told = f"the {what} of a claim is {given!r}, which is no text"
            raise PressError(told, where, f"write the {what} in quotes")


def expected(given: object, name: str) -> Verdict | None:
    """Return the verdict in which a claim fails by its expect=; None where it shall hold.

    Raises PressError, at the author's line, for any other word.

    >>> expected("refuted", "a.b"), expected(None, "a.b")
    (<Verdict.REFUTED: 'refuted'>, None)
    """
    if given is None or given in UNSETTLED:
        return None if given is None else Verdict(str(given))
    what = f"expect= of {name} is {given!r}, which is no verdict that a claim can fail in"
    raise PressError(what, author_line(), 'write expect="refuted" or expect="undecided"')


def refuse_no_mapping(name: str, mend: str, **options: object) -> None:
    """Raise PressError, at the author's line, for an option that is no dictionary.

    >>> refuse_no_mapping("a.b", "write put={n: 2 * m}", put=None)
    """
    for option, given in options.items():
        if given is not None and not isinstance(given, Mapping):
            what = f"{option}= of {name} is {given!r}, which is no dictionary"
            raise PressError(what, author_line(), mend)


def refuse_no_functions(name: str, **options: object) -> None:
    """Raise PressError, at the author's line, for an option that names no functions.

    >>> refuse_no_functions("a.b", also={"by hand": abs}, oracles=None)
    """
    refuse_no_mapping(name, 'write also={"by hand": function}', **options)
    for option, given in options.items():
        for key, function in dict(given or {}).items():  # type: ignore[call-overload]
            if not callable(function):
                what = f'{option}= of {name} has {function!r} for "{key}", which is no function'
                raise PressError(what, author_line(), "give it a function of the letters")


def checked_parts(parts: object, name: str, where: str) -> tuple[Tensor | Part | Group, ...]:
    """Return the parts of a total.

    Raises PressError for no parts, for what is none, and for a label that cannot be printed.

    >>> checked_parts((), "net.size", "derivations/net.py:3")
    Traceback (most recent call last):
    proofpress.faults.errors.PressError: net.size has no parts
      derivations/net.py:3
      mend: give it at least one Tensor
    """
    mend = "give it at least one Tensor"
    if isinstance(parts, str) or not isinstance(parts, Iterable):
        raise PressError(f"the parts of {name} are {parts!r}, which is no list", where, mend)
    listed = tuple(parts)
    if not listed:
        raise PressError(f"{name} has no parts", where, mend)
    for part in listed:
        if not isinstance(part, Tensor | Part | Group):
            what = f"{name} has the part {part!r}, which is none"
            raise PressError(what, where, "give it tensors, groups and parts of recurrences")
        _refuse_label(part.label, name, where)
        if isinstance(part, Group):
            inside = checked_parts(part.parts, f"the group {part.label} of {name}", where)
            if any(isinstance(inner, Group) for inner in inside):
                what = f"the group {part.label} of {name} has a group in it"
                raise PressError(what, where, "put the inner group's parts into the outer one")
        elif isinstance(part, Tensor) and not part.shape:
            what = f"the tensor {part.label} of {name} has no sides"
            raise PressError(what, where, "give it a shape, such as (1,) for a single number")
    return listed


def _refuse_label(label: object, name: str, where: str) -> None:
    plain = isinstance(label, str) and label.isascii() and label.isprintable()
    if (
        not isinstance(label, str)
        or not plain
        or _IN_LATEX & set(label)
        or not _LABEL.fullmatch(label)
    ):
        what = f"the label {label!r} of a part of {name} cannot be printed"
        mend = "name it in plain words, or as a letter with an index, such as W_in"
        raise PressError(what, where, mend)
