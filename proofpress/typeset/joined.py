"""The PDFs of the chapters, joined to one.

Place in the chain: PDF of each chapter -> **one PDF**. Pages are taken over as they are. What TeX
makes of a document as a whole is put together again: the targets of links, the bookmarks, and the
labels of pages. All else, its title for instance, is the first chapter's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
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
class _Part:
    """A chapter's PDF, the number of its first page in the whole, from 0, and the names that its
    links lead to and that it has no target for."""

    pdf: Pdf
    first: int
    absent: frozenset[str]


def absent(log: str) -> list[str]:
    """The names that links lead to without a target, by TeX's log: it gives them the first page.

    >>> absent("pdfTeX warning (dest): name{a.1} has been referenced but does not exist, ...")
    ['a.1']
    """
    # TeX prints the bytes that it writes, whose letters are those of PDF's own encoding.
    return [name.encode().decode("pdfdoc", "replace") for name in _ABSENT.findall(log)]


def join(chapters: Sequence[tuple[Path, Iterable[str]]], into: Path) -> None:
    """Writes the pages of all chapters into one file. Equal chapters give equal bytes.

    With each chapter come the names that are `absent` from it. Raises CannotJoin.
    """
    with ExitStack() as stack:
        parts = []
        first = 0
        for path, names in chapters:
            part = _Part(stack.enter_context(pikepdf.open(path)), first, frozenset(names))
            held = {*part.pdf.Root.keys(), *part.pdf.Root.get("/Names", Dictionary()).keys()}
            if strange := held - _KNOWN:
                raise CannotJoin(", ".join(sorted(strange)))
            parts.append(part)
            first += len(part.pdf.pages)
        targets = [target for part in parts for target in _targets(part)]
        labels = [label for part in parts for label in _labels(part)]
        whole = parts[0].pdf
        attached = [*_named(whole, "/EmbeddedFiles")]
        bookmarks = [*_siblings(whole.Root.get("/Outlines"))]
        for part in parts[1:]:
            for page in part.pdf.pages:
                whole.pages.append(page)
            if (outlines := part.pdf.Root.get("/Outlines")) is not None:
                bookmarks += _siblings(whole.copy_foreign(outlines))
            for name, file in _named(part.pdf, "/EmbeddedFiles"):
                attached.append((name, whole.copy_foreign(part.pdf.make_indirect(file))))
        whole.Root.Names = Dictionary()
        _set_targets(whole, targets)
        _set_attached(whole, attached)
        _set_labels(whole, labels)
        _set_bookmarks(whole, bookmarks)
        whole.save(
            into, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )


def _named(pdf: Pdf, kind: str) -> Iterator[tuple[str, Object]]:
    names = pdf.Root.get("/Names")
    tree = None if names is None else names.get(kind)
    if tree is not None:
        for name, value in NameTree(tree).items():
            yield str(name), value


Target = tuple[bool, str, int, list[Object]]


def _targets(part: _Part) -> Iterator[Target]:
    """Whether TeX only gave it for want of another; its name, its page, and the view of it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(part.pdf.pages)}
    for name, value in _named(part.pdf, "/Dests"):
        page, *view = value.D if isinstance(value, Dictionary) else value
        yield name in part.absent, name, part.first + numbers[page.objgen], view


def _set_targets(whole: Pdf, targets: Iterable[Target]) -> None:
    tree = NameTree.new(whole)
    pages = [page.obj for page in whole.pages]
    for lacking, name, page, view in sorted(targets, key=lambda target: target[0]):
        if name not in tree:
            tree[name] = Array([pages[0 if lacking else page], *view])
    whole.Root.Names.Dests = tree.obj


def _set_attached(whole: Pdf, attached: Iterable[tuple[str, Object]]) -> None:
    tree = NameTree.new(whole)
    for name, file in attached:
        if name not in tree:
            tree[name] = file
    if len(tree):
        whole.Root.Names.EmbeddedFiles = tree.obj


def _labels(part: _Part) -> Iterator[tuple[int, Object]]:
    """The number of each page from which labels are made in another way, and in which."""
    labels = part.pdf.Root.get("/PageLabels")
    own = [] if labels is None else [*NumberTree(labels).items()]
    if not own or own[0][0] > 0:
        yield part.first, Dictionary(S=Name.D)
    for number, label in own:
        yield part.first + number, label


def _set_labels(whole: Pdf, labels: Iterable[tuple[int, Object]]) -> None:
    tree = NumberTree.new(whole)
    for number, label in labels:
        tree[number] = Dictionary({key: label[key] for key in sorted(label.keys())})
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
