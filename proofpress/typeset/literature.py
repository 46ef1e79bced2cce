r"""The list of references: what is cited, looked up in the author's .bib files, as LaTeX.

Place in the chain: what TeX cites, .bib files -> **.bbl** -> the next pass. No other program runs:
pybtex reads and formats the entries. It would change LaTeX in them (write $o(n)$ for $O(n)$ in a
title, and \_ into addresses), so that all LaTeX but accents is put aside while it works.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.typeset.log import Problem

STYLES = ("plain", "unsrt", "alpha", "abbrv", "unsrtalpha")
_AUX = re.compile(r"^\\(citation|bibdata|bibstyle|@input)\{(.*)\}", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]*@[ \t]*(\w+)\s*[{(]\s*([^\s,{}()]+)", re.MULTILINE)
_NO_ENTRIES = ("comment", "preamble", "string")
_MOST_CITE = 10**9  # that have to refer to an entry before it is listed without being cited
# Accents are letters, which are sorted and shortened as such.
_ACCENTS = dict(
    zip(
        "`'^\"~=.Hcuvr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u030b\u0327\u0306\u030c\u030a",
        strict=True,
    )
)
_LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å"}
_LETTERS |= {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ"}
_ACCENTED = (
    r"\\(?P<accent>[`'^\"~=.]|[Hcuvr](?![A-Za-z]))\s*"
    r"(?:\{(?P<in>[A-Za-z]|\\[ij])\}|(?P<on>[A-Za-z]|\\[ij](?![A-Za-z])))"
)
_OTHER = rf"\\(?P<letter>{'|'.join(_LETTERS)})(?:\{{\}}|(?![A-Za-z])\s*)"
_LETTER = re.compile(
    rf"\{{(?:{_ACCENTED}|{_OTHER})\}}|"
    + re.sub("P<(.*?)>", r"P<plain_\1>", rf"{_ACCENTED}|{_OTHER}")
)
_INNER = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"
# Mathematics and addresses, in which what looks like an accent is none.
_VERBATIM = re.compile(
    rf"(?<!\\)\$(?:[^$\\{{}}]|\\.|\{{{_INNER}\}})*\$|\\(?:url|href|path|nolinkurl)(?:\{{{_INNER}\}})+"
    r"|(?<=[{\"])(?:https?|ftp)://[^\s{}\"]*",
    re.DOTALL,
)
_LATEX = re.compile(
    rf"\\(?:[A-Za-z]+\*?|[^A-Za-z\s])(?:\s*\[[^\]]*\])?(?:\{{{_INNER}\}})*|~",
    re.DOTALL,
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ASIDE = 0xE000  # letters of nobody's alphabet, one for each piece of LaTeX
_LAST_LATIN = 0x17F  # of the letters that LaTeX's own fonts have
_ADDRESSES = ("url", "doi", "eprint")
# For documents without hyperref.
_LINKS = r"""\makeatletter
\def\press@plainly{\begingroup\catcode`\_=12 \catcode`\~=12 \catcode`\%=12
  \catcode`\#=12 \catcode`\&=12 }
\@ifundefined{url}{\def\url{\press@plainly\press@url}\def\press@url#1{\texttt{#1}\endgroup}}{}
\@ifundefined{href}{\def\href{\press@plainly\press@href}\def\press@href#1{\endgroup}}{}
\makeatother
"""


@dataclass(frozen=True)
class Cited:
    """What TeX told of citations: the entries in their order, the names of the .bib files, the
    style, and the auxiliary files in which the list was asked for."""

    keys: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    style: str = "plain"
    asking: tuple[str, ...] = ()


class BadList(Exception):
    """The .bib files cannot be used: `problems` says where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = [*problems]


def cited(main: str, places: Sequence[Path]) -> Cited:
    """Return what the auxiliary file `main` tells, and those that it takes in, each sought in
    `places`."""
    keys: dict[str, None] = {}
    lists: list[str] = []
    asking, styles = [], []
    waiting = [main]
    while waiting:
        name = waiting.pop(0)
        taken = []
        for command, given in _AUX.findall(_read(name, places)):
            if command == "citation":
                keys |= dict.fromkeys(given.split(","))
            elif command == "bibdata":
                lists += given.split(",")
                asking.append(name)
            elif command == "bibstyle":
                styles.append(given)
            else:
                taken.append(given)
        waiting = taken + waiting
    return Cited(tuple(keys), tuple(lists), (styles or ["plain"])[0], tuple(asking))


def references(asked: Cited, files: Mapping[str, Path]) -> str:
    """Return the LaTeX of the list, with the entries that are cited and are there; the .bib files
    stand under their names in `files`. Raises BadList."""
    bibs = {f"{name}.bib": files[f"{name}.bib"] for name in asked.lists if f"{name}.bib" in files}
    if asked.style not in STYLES:
        from proofpress.faults.nearest import meant
        from proofpress.typeset.confined import mentioned_at

        where = mentioned_at(f"\\bibliographystyle{{{asked.style}}}", files)
        mend = meant(asked.style, STYLES) or f"known: {', '.join(STYLES)}"
        what = f"there is no style of references {asked.style}"
        raise BadList([Problem("error", what, *where, mend=mend, about=asked.style)])
    aside = _Aside()
    entries = _Lists(bibs, aside).entries()
    keys = [*entries] if "*" in asked.keys else [key for key in asked.keys if key in entries]
    if not keys:
        return "% nothing is cited\n"
    return _LINKS + aside.back(_formatted(asked.style, entries, keys))


def places(text: str) -> dict[str, int]:
    """Return the line, from 1, on which each entry of a .bib file begins; of two the second.

    >>> places("@book{a, title = {A}}\\n@string{b = {B}}\\n@misc{c,\\n}")
    {'a': 1, 'c': 3}
    """
    found = _ENTRY.finditer(text)
    begun = ((one[2], text.count("\n", 0, one.start(1)) + 1, one[1].lower()) for one in found)
    return {key: line for key, line, kind in begun if kind not in _NO_ENTRIES}


def entry_at(text: str, line: int) -> str | None:
    r"""Return the key of the entry in whose LaTeX a line, from 1, of a .bbl file stands.

    >>> entry_at("\\begin{thebibliography}{1}\n\\bibitem[A]{a}\nWords", 3)
    'a'
    """
    found = re.findall(r"\\bibitem(?:\[.*\])?\{(.*)\}", "\n".join(text.split("\n")[:line]))
    return found[-1] if found else None


class _Lists:
    """The entries of .bib files, their LaTeX put aside."""

    def __init__(self, bibs: Mapping[str, Path], aside: _Aside) -> None:
        self._aside = aside
        self._texts = {name: _decoded(name, path) for name, path in bibs.items()}

    def entries(self) -> Any:
        """Return all entries, by key. Raises BadList."""
        from pybtex.database import BibliographyData
        from pybtex.database.input import bibtex
        from pybtex.exceptions import PybtexError

        read = BibliographyData()
        for name, text in self._texts.items():
            try:
                own = bibtex.Parser().parse_string(self._aside.put(text))
                read.add_to_preamble(*own.preamble_list)
                for key, entry in own.entries.items():
                    if key in read.entries:
                        raise BadList([self._twice(key, name)])
                    entry.place = name, places(text).get(key)
                    read.add_entry(key, entry)
            except PybtexError as error:
                raise BadList([self._explained(error, name, text)]) from error
        for key, entry in read.entries.items():
            _inherit(key, entry, read.entries)
            for field in _ADDRESSES:
                if field in entry.fields:
                    whole = self._aside.back(entry.fields[field])
                    entry.fields[field] = re.sub(r"\\([_%#&~])", r"\1", whole)
        return read.entries

    def _explained(self, error: Exception, name: str, text: str) -> Problem:
        words = str(error)
        if twice := re.match(r"repeated bibliography entry: (.*)", words):
            return self._twice(twice[1], name)
        if field := re.match(r"entry with key (.*) has a duplicate (\S+) field", words):
            line = places(text).get(field[1])
            what = f"the entry {field[1]} has its field {field[2]} twice"
            return Problem("error", what, name, line, mend="take one of them out")
        line = getattr(error, "lineno", None)
        plain = re.sub(r"^(?:syntax error|undefined string) in line \d+:? ?", "", words)
        if words.startswith("undefined string"):
            mend = f"set it in braces, or define it: @string{{{plain} = {{...}}}}"
            what = f"the word {plain} is no text and not defined"
            return Problem("error", what, name, line, mend=mend, about=plain)
        begun = [*places(text).values()]
        if "end of file" in words or "unbalanced" in words or line in begun:
            before = (at for at in begun if at <= line - (line in begun)) if line else ()
            line = max(before, default=line)
            what = "the entry that begins here is never closed"
            return Problem("error", what, name, line, mend="add the missing } or quotation mark")
        what = f"this is no entry of a list of references: {plain}"
        return Problem("error", what, name, line, mend="mend that entry, or the one before it")

    def _twice(self, key: str, name: str) -> Problem:
        what = f"there are two entries with the key {key}"
        line = places(self._texts[name]).get(key)
        return Problem("error", what, name, line, mend="rename one of them", about=key)


def _formatted(style: str, entries: Any, keys: Sequence[str]) -> str:
    from pybtex.database import BibliographyData
    from pybtex.plugin import find_plugin
    from pybtex.style.template import FieldIsMissing

    kind = "plain" if style == "abbrv" else style
    made = find_plugin("pybtex.style.formatting", kind)(
        abbreviate_names=style == "abbrv", min_crossrefs=_MOST_CITE
    )
    chosen = BibliographyData({key: entries[key] for key in keys})
    missing = []
    for entry in chosen.entries.values():
        if not hasattr(made, f"get_{entry.type}_template"):
            entry.type = "misc"
        try:
            [*made.format_entries([entry])]
        except FieldIsMissing as error:
            missing.append(_missing(error.field_name, entry))
    if missing:
        raise BadList(missing)
    target = io.StringIO()
    listed = made.format_bibliography(chosen, [entry.key for entry in chosen.entries.values()])
    find_plugin("pybtex.backends", "latex")("utf-8").write_to_stream(listed, target)
    return target.getvalue()


def _missing(field: Any, entry: Any) -> Problem:
    name, line = entry.place
    field = field if isinstance(field, str) else " or ".join(field)
    what = f"the entry {entry.key} ({entry.original_type}) has no {field}"
    mend = f"add {field.split(' or ')[0]} = {{...}}"
    return Problem("error", what, name, line, mend=mend, about=entry.key)


def _inherit(key: str, entry: Any, entries: Any) -> None:
    """Give an entry what it lacks of the one that it refers to."""
    above = entry.fields.pop("crossref", None)
    if above is None:
        return
    if above not in entries:
        name, line = entry.place
        what = f"the entry {key} refers to an entry {above}, which is not there"
        raise BadList(
            [Problem("error", what, name, line, mend="correct its crossref", about=above)]
        )
    for field, value in entries[above].fields.items():
        entry.fields.setdefault(field, value)
    for role, persons in entries[above].persons.items():
        entry.persons.setdefault(role, persons)


class _Aside:
    """Pieces of LaTeX, for each of which stands one letter."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, text: str) -> str:
        """Return a text in which accents are letters, and other LaTeX stands aside."""
        text = _VERBATIM.sub(self._one, text)
        return _LATEX.sub(self._one, _LETTER.sub(_letter, text))

    def _one(self, found: re.Match[str]) -> str:
        piece = found[0]
        if piece not in self._pieces:
            self._pieces.append(piece)
        return chr(_ASIDE + self._pieces.index(piece)) + "\n" * piece.count("\n")

    def back(self, text: str) -> str:
        """Return the text with its LaTeX again."""

        def piece(found: re.Match[str]) -> str:
            at = ord(found[0]) - _ASIDE
            known = self.back(self._pieces[at])  # which can hold others
            return f"{known} " if re.search(r"\\[A-Za-z]+$", known) else known

        return _PRIVATE.sub(piece, text)


def _letter(found: re.Match[str]) -> str:
    """Return the letter that an accent makes, if the fonts have it."""
    parts = {name.removeprefix("plain_"): part for name, part in found.groupdict().items() if part}
    base = parts.get("in") or parts.get("on") or ""
    made = _LETTERS.get(parts.get("letter", ""), base.removeprefix("\\"))
    if "accent" in parts:
        made = unicodedata.normalize("NFC", made + _ACCENTS[parts["accent"]])
    return made if len(made) == 1 and ord(made) <= _LAST_LATIN else found[0]


def _decoded(name: str, path: Path) -> str:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        if strange := _PRIVATE.search(text):
            line = text.count("\n", 0, strange.start()) + 1
            what = f"the character U+{ord(strange[0]):04X} belongs to no alphabet"
            raise BadList([Problem("error", what, name, line, mend="take it out")])
        return text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8 text"
        raise BadList(
            [Problem("error", what, name, line, mend="save the file as UTF-8")]
        ) from error


def _read(name: str, places: Sequence[Path]) -> str:
    for place in places:
        if (place / name).is_file():
            return (place / name).read_text(encoding="utf-8", errors="replace")
    return ""
