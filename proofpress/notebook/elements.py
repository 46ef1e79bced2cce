"""What the elements of HTML mean on paper, and the attributes that are read of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# Blocks that hold other blocks or text; those with a meaning of their own are among them.
_BLOCKS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu
    nav noscript ol optgroup p pre search section summary table tbody td tfoot th thead tr ul
    audio embed iframe object video
"""
BLOCKS = frozenset(_BLOCKS.split())
# Things that are played, which paper can only name.
PLAYED = frozenset(["audio", "embed", "iframe", "object", "video"])
# What shows nothing.
_GONE = "base col colgroup head link meta param script source style template title track wbr"
GONE = frozenset(_GONE.split())
# The command around an inline element's text; '' where only its colour counts.
STYLES = {
    **dict.fromkeys(("b", "strong"), "textbf"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "emph"),
    "small": "nbSmall",
    "big": "nbBig",
    "font": "",
    "span": "",
}
# The command around each word of those whose lines TeX must still be able to break.
WORDS = {
    **dict.fromkeys(("u", "ins"), "nbUnder"),
    **dict.fromkeys(("s", "del", "strike"), "nbStruck"),
    "mark": "nbMarked",
}
# Elements whose content is shown as it is; those of blocks are met inside a table's cell.
_PASSED = "abbr acronym bdi bdo blink button data label map nobr output time html ruby rp rt"
TRANSPARENT = BLOCKS | frozenset(_PASSED.split())
_ROMAN = "m 1000 cm 900 d 500 cd 400 c 100 xc 90 l 50 xl 40 x 10 ix 9 v 5 iv 4 i 1"
_LEVELS = ("1", "a", "i", "A")
_LIGHT = 200  # a colour so light is meant for a dark ground


def hidden(node: Any) -> bool:
    """Return whether an element is not to be seen."""
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style


def side(node: Any) -> str:
    """Return the environment that puts a block where it stands on the line, or ''."""
    style = re.search(r"text-align\s*:\s*(\w+)", node.get("style") or "")
    align = "center" if node.tag == "center" else (style[1] if style else node.get("align") or "")
    return {"center": "center", "right": "flushright"}.get(align.lower(), "")


def colour(node: Any) -> str:
    """Return an element's colour as six digits, or '' where it has none or paper is too light."""
    style = re.search(r"(?:^|[;\s])color\s*:\s*([^;]+)", node.get("style") or "")
    named = style[1].strip() if style else (node.get("color") or "").strip()
    code = colour_code(named)
    light = code and min(bytes.fromhex(code)) > _LIGHT
    return "" if light else code


def colour_code(named: str) -> str:
    """Return a colour of HTML as six digits, or '' where it is none.

    >>> colour_code("navy"), colour_code("#f00"), colour_code("none")
    ('000080', 'FF0000', '')
    """
    from PIL import ImageColor

    try:
        red, green, blue = ImageColor.getrgb(named.strip())[:3]
    except ValueError:
        return ""
    return f"{red:02X}{green:02X}{blue:02X}"


def item_labels(node: Any, items: Sequence[Any], level: int, bullet: str) -> list[str]:
    """Return the labels of a list's items: bullets, or numbers from its `start` on."""
    if node.tag != "ol":
        return [bullet] * len(items)
    number = _whole(node.get("start"), 1)
    kind = node.get("type") or _LEVELS[(level - 1) % len(_LEVELS)]
    labels = []
    for item in items:
        number = _whole(item.get("value"), number)
        labels.append(_numbered(number, kind))
        number += 1
    return labels


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def _numbered(number: int, kind: str) -> str:
    """Return the label of a number.

    >>> _numbered(3, "1"), _numbered(28, "a"), _numbered(4, "I"), _numbered(0, "a")
    ('3.', '(ab)', 'IV.', '0.')
    """
    if number < 1 or kind not in ("a", "A", "i", "I"):
        return f"{number}."
    written = _letters(number) if kind in "aA" else _roman(number)
    written = written if kind in "ai" else written.upper()
    return f"({written})" if kind == "a" else f"{written}."


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    steps = _ROMAN.split()
    for letters, value in zip(steps[::2], map(int, steps[1::2]), strict=True):
        count, number = divmod(number, value)
        text += letters * count
    return text


def rows(table: Any) -> tuple[list[Any], list[list[Any]]]:
    """Return the head of a table and its other rows, as cells; None where a wider or taller one
    goes on."""
    found: list[tuple[bool, list[Any]]] = []
    below: dict[int, int] = {}  # how many rows a cell above still covers, by column
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: list[Any] = []
        given = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in given:
            _cover(cells, below)
            wide = min(max(_whole(cell.get("colspan"), 1), 1), 100)
            for _ in range(wide):
                below[len(cells)] = max(_whole(cell.get("rowspan"), 1), 1) - 1
                cells.append(None if cells and _ else cell)
        _cover(cells, below)
        heads = row.getparent().tag == "thead" or all(cell.tag == "th" for cell in given)
        if cells:
            found.append((heads, cells))
    if found and found[0][0]:
        return found[0][1], [cells for _, cells in found[1:]]
    return [], [cells for _, cells in found]


def unnest_cells(body: Any) -> None:
    """Move cells and rows out of the cell before, in which a parser leaves them where an element
    in it is not closed; a browser ends that cell."""
    while nested := [
        node for node in body.iter("td", "th", "tr") if _cell_around(node) is not None
    ]:
        last = nested[-1]
        cell = _cell_around(last)
        (cell.getparent() if last.tag == "tr" else cell).addnext(last)


def _cell_around(node: Any) -> Any:
    around = next(node.iterancestors("td", "th", "tr", "table"), None)
    return around if around is not None and around.tag in ("td", "th") else None


def _cover(cells: list[Any], below: dict[int, int]) -> None:
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append(None)


def columns(every: Sequence[Sequence[Any]], wide: int) -> list[str]:
    """Return how each column is aligned: as its first cell that says so."""
    return [
        next((found for row in every if (found := _aligned(row[place]))), "left")
        for place in range(wide)
    ]


def _aligned(cell: Any) -> str:
    if cell is None:
        return ""
    return {"center": "center", "flushright": "right"}.get(side(cell), "")
