"""The PDFs of the chapters, joined to one.

Place in the chain: PDF of each chapter -> **one PDF**. Pages are taken over as they are. What TeX
makes of a document as a whole is put together again: the targets of links, the bookmarks, and the
labels of pages. All else, its title for instance, is the first chapter's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf

# What is joined below, or is the same in each chapter.
_KNOWN = {"/Type", "/Pages", "/Names", "/Outlines", "/PageLabels", "/PageMode", "/PageLayout"}
_KNOWN |= {"/OpenAction", "/ViewerPreferences", "/Lang", "/Version", "/Dests", "/EmbeddedFiles"}
_ABSENT = re.compile(
    r"^pdfTeX warning \(dest\): name\{(.*)\} has been referenced but does not exist", re.MULTILINE
)


class CannotJoin(Exception):
    """A chapter's PDF holds what is not known to stay whole when it is joined, such as a form."""


@dataclass(frozen=True)
class Target:
    """A name that links lead to: its page, from 0, and the view of it; `lacking` when TeX only
    gave it a place for want of one."""

    name: str
    page: int
    view: Sequence[Object]
    lacking: bool


@dataclass(frozen=True)
class Part:
    """A chapter's PDF, what links lead to in it, and from which page on, from 0, pages are
    labelled in which way."""

    pdf: Pdf
    targets: Sequence[Target]
    labels: Sequence[tuple[int, Object]]


def absent(log: str) -> list[str]:
    """Return the names that links lead to without a target, by TeX's log: it gives them the first
    page.

    >>> absent("pdfTeX warning (dest): name{a.1} has been referenced but does not exist, ...")
    ['a.1']
    """
    # TeX prints the bytes that it writes, whose letters are those of PDF's own encoding.
    return [name.encode().decode("pdfdoc", "replace") for name in _ABSENT.findall(log)]


def read(path: Path, absent: Collection[str]) -> Part:
    """Return a chapter's PDF, to be joined; links lead to the names `absent`, and it has no target
    for them. Raises CannotJoin."""
    pdf = pikepdf.open(path)
    held = {*pdf.Root.keys(), *pdf.Root.get("/Names", Dictionary()).keys()}
    if strange := held - _KNOWN:
        raise CannotJoin(", ".join(sorted(strange)))
    return Part(pdf, [*_targets(pdf, absent)], [*_labels(pdf)])


def join(parts: Sequence[Part], into: Path) -> None:
    """Write the pages of all parts into one file, which uses them up. Equal chapters give equal
    bytes."""
    whole = parts[0].pdf
    firsts = [0]
    attached = [*_named(whole, "/EmbeddedFiles")]
    bookmarks = [*_siblings(whole.Root.get("/Outlines"))]
    for part in parts[1:]:
        firsts.append(len(whole.pages))
        for page in part.pdf.pages:
            whole.pages.append(page)
        if (outlines := part.pdf.Root.get("/Outlines")) is not None:
            bookmarks += _siblings(whole.copy_foreign(outlines))
        for name, file in _named(part.pdf, "/EmbeddedFiles"):
            attached.append((name, whole.copy_foreign(part.pdf.make_indirect(file))))
    whole.Root.Names = Dictionary()
    _set_targets(whole, parts, firsts)
    _set_attached(whole, attached)
    _set_labels(whole, parts, firsts)
    _set_bookmarks(whole, bookmarks)
    whole.save(into, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _named(pdf: Pdf, kind: str) -> Iterator[tuple[str, Object]]:
    names = pdf.Root.get("/Names")
    tree = None if names is None else names.get(kind)
    if tree is not None:
        for name, value in NameTree(tree).items():
            yield str(name), value


def _targets(pdf: Pdf, absent: Collection[str]) -> Iterator[Target]:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for name, value in _named(pdf, "/Dests"):
        page, *view = value.D if isinstance(value, Dictionary) else value
        yield Target(name, numbers[page.objgen], view, name in absent)


def _set_targets(whole: Pdf, parts: Sequence[Part], firsts: Sequence[int]) -> None:
    """Lead each name to the first target that a chapter has for it, or to the first page."""
    tree = NameTree.new(whole)
    pages = [page.obj for page in whole.pages]
    for lacking in (False, True):
        for part, first in zip(parts, firsts, strict=True):
            for target in part.targets:
                if target.lacking == lacking and target.name not in tree:
                    page = pages[0 if lacking else first + target.page]
                    tree[target.name] = Array([page, *target.view])
    whole.Root.Names.Dests = tree.obj


def _set_attached(whole: Pdf, attached: Iterable[tuple[str, Object]]) -> None:
    tree = NameTree.new(whole)
    for name, file in attached:
        if name not in tree:
            tree[name] = file
    if len(tree):
        whole.Root.Names.EmbeddedFiles = tree.obj


def _labels(pdf: Pdf) -> Iterator[tuple[int, Object]]:
    labels = pdf.Root.get("/PageLabels")
    own = [] if labels is None else [*NumberTree(labels).items()]
    if not own or own[0][0] > 0:
        yield 0, Dictionary(S=Name.D)
    yield from own


def _set_labels(whole: Pdf, parts: Sequence[Part], firsts: Sequence[int]) -> None:
    tree = NumberTree.new(whole)
    for part, first in zip(parts, firsts, strict=True):
        for page, label in part.labels:
            tree[first + page] = Dictionary({key: label[key] for key in sorted(label.keys())})
    whole.Root.PageLabels = whole.make_indirect(tree.obj)


def _siblings(outlines: Object | None) -> Iterator[Object]:
    item = None if outlines is None else outlines.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def _set_bookmarks(whole: Pdf, bookmarks: Sequence[Object]) -> None:
    if not bookmarks:
        return
    outlines = whole.make_indirect(
        Dictionary(
            Type=Name.Outlines,
            First=bookmarks[0],
            Last=bookmarks[-1],
            # A bookmark counts itself and those below it that are open.
            Count=sum(1 + max(0, int(item.get("/Count", 0))) for item in bookmarks),
        )
    )
    for number, item in enumerate(bookmarks):
        item.Parent = outlines
        for key, neighbour in (("/Prev", number - 1), ("/Next", number + 1)):
            if 0 <= neighbour < len(bookmarks):
                item[key] = bookmarks[neighbour]
            elif key in item:
                del item[key]
    whole.Root.Outlines = outlines
