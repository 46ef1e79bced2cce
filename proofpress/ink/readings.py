"""Two ways to the same line of signs: from a formula's LaTeX, and from its ink.

Place in the chain: ledger's LaTeX -> **reading** <- glyphs of the PDF. A reading is the formula on
one line, without spaces: n²(n+1)/2 reads ⟨n^⟨2⟩(n+1)⟩/⟨2⟩. The LaTeX is parsed, the ink is measured
(a sign is an exponent because it stands higher and is smaller), and nothing is shared between the
two but the form of the line.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from proofpress.faults.errors import PressError
from proofpress.ink.pages import Mark
from proofpress.kinds.marks import Glyph, Rule
from proofpress.latex.signs import CHARACTERS, FUNCTIONS

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[^\s]", re.DOTALL)
# What TeX puts together from other signs, and what its fonts call otherwise: no ink gives it back.
_UNREAD = "ℏ≅∉⟂∖↦⟶⟹⟺∘∙⋯⋮⋱∠‖"
# A glyph counts as the plain letter that it is a shape of (ink/fonts.py): so does a command.
_SIGNS = {
    f"\\{name}": unicodedata.normalize("NFKC", sign)
    for name, sign in CHARACTERS.items()
    if sign not in _UNREAD
}
_SIGNS |= {
    r"\mid": "|", r"\lvert": "|", r"\rvert": "|", r"\lbrace": "{", r"\rbrace": "}", r"\bmod": "mod",
    r"\sqrt": "√", "-": "−", "*": "∗", "∣": "|", **{f"\\{sign}": sign for sign in "{}#%_"},
}  # fmt: skip
_SIGNS |= {f"\\{name}": name for name in (*FUNCTIONS, "mod")}
_NOTHING = {
    r"\,", r"\;", r"\:", r"\!", r"\ ", r"\quad", r"\qquad", r"\left", r"\right", r"\bigl", r"\bigr",
    r"\Bigl", r"\Bigr", r"\big", r"\displaystyle", r"\textstyle", r"\limits", r"\\", "&", "~",
}  # fmt: skip
_TEXTS = (r"\text", r"\mathrm", r"\textnormal", r"\operatorname", r"\mathit")
_FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac")
_BINOMIALS = (r"\binom", r"\dbinom", r"\tbinom")
_ENVIRONMENTS = {"cases": "{", "dcases": "{", "aligned": "", "gathered": "", "split": ""}

_SMALLER = 0.88  # a script's size beside the size of what it belongs to
_RAISED = (0.12, 0.05)  # of the size: how far off the line a large, a small sign may stand
_PARTS = re.compile("[\u23aa\u23d0\uf8e0-\uf8ff]")  # the middle parts of tall fences
_AXIS = (0.10, 0.42)  # of the size: a fraction's bar above the line that it stands on
_REACH = 1.75  # of the size: how far from the bar the line of a numerator can lie
_HANGING = 2.6  # the same for the top of a large fence, which may be as high as a fraction
_BUILT = 18.0  # points from the bar to the bar of a fraction, the axis of a binomial, in it
_STACKED = "∑∏"
_AXIS_OF_LETTERS = 0.22  # of the size: a fraction's bar above the middle of a binomial's two lines
_OFF = 0.1  # of the size: how far these two lines are from a small bracket's
_APART = 0.2  # of the size: how far apart these two lines are at least


def of_latex(text: str) -> str:
    """Return the reading of a formula's LaTeX. Raises PressError for a command it does not know.

    >>> of_latex(r"\\dfrac{n^{2}(n - 1)}{2}"), of_latex(r"\\sum_{i = 1}^{n} i")
    ('⟨n^⟨2⟩(n−1)⟩/⟨2⟩', '∑_⟨i=1⟩^⟨n⟩i')
    """
    return _Latex(_TOKEN.findall(text), text).line()


class _Latex:
    """A walk over the tokens of the LaTeX that the press itself writes."""

    def __init__(self, tokens: list[str], source: str) -> None:
        self.tokens, self.source, self.at = tokens, source, 0

    def line(self) -> str:
        """Return what stands up to the end, or to a closing brace."""
        made = ""
        while self.at < len(self.tokens) and self.tokens[self.at] != "}":
            if self.tokens[self.at] in "^_'":
                made += self._scripts()
            else:
                made += self._one()
        return made

    def _one(self) -> str:
        token = self._take()
        if token == "{":
            self.at -= 1
            return self._group()
        if token in _SIGNS:
            return _SIGNS[token]
        if token in _NOTHING:
            if token == r"\\" and self._peek() == "[":
                while self._take() != "]":
                    pass
            if token in (r"\left", r"\right") and self._peek() == ".":
                self._take()
            return ""
        if token in _FRACTIONS:
            return f"⟨{self._group()}⟩/⟨{self._group()}⟩"
        if token in _BINOMIALS:
            return f"⟨{self._group()}⟩¦⟨{self._group()}⟩"
        if token in _TEXTS:
            # In text a hyphen is a hyphen; in mathematics the same key is a minus.
            return self._group().replace("−", "-")
        if token in (r"\begin", r"\end"):
            name = self._group()
            return _ENVIRONMENTS.get(name, "") if token == r"\begin" else ""
        if token.startswith("\\"):
            raise PressError(
                f"the ink is not read for the LaTeX command {token}",
                f"in {self.source[:60]}",
                "write the formula without it, or teach proofpress.ink.readings the command",
            )
        return token

    def _scripts(self) -> str:
        found = {"_": "", "^": ""}
        while self._peek() in ("^", "_", "'"):
            mark = self._take()
            found["^" if mark == "'" else mark] += "′" if mark == "'" else self._group()
        return "".join(f"{mark}⟨{text}⟩" for mark, text in found.items() if text)

    def _group(self) -> str:
        """Return the braced argument that comes next, or the single token."""
        if self._peek() != "{":
            return self._one()
        self._take()
        made = self.line()
        self._take()
        return made

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        if self.at >= len(self.tokens):
            raise PressError("a formula ends too early", f"in {self.source[:60]}", "close it")
        self.at += 1
        return self.tokens[self.at - 1]


@dataclass(frozen=True)
class _Fraction:
    """A fraction or binomial that is read already: its bar or axis, and its reading."""

    x: float
    y: float
    end: float
    reading: str


_Piece = Glyph | Rule | _Fraction


def of_ink(marks: Sequence[Mark]) -> str:
    """Return the reading of marks in the order in which TeX drew them.

    >>> n, two = Glyph("n", 0, 0, 6, 10), Glyph("2", 6, 4, 10, 7)
    >>> of_ink([n, two]), of_ink([n, Glyph("2", 6, 0, 11, 10)])
    ('n^⟨2⟩', 'n2')
    """
    pieces: list[_Piece] = [
        mark
        for mark in marks
        if isinstance(mark, Rule)
        or (isinstance(mark, Glyph) and mark.sign.strip() and not _PARTS.fullmatch(mark.sign))
    ]
    fitted = _fitted(_one_fence(pieces))
    line = _line(_with_binomials(_with_fractions(_with_binomials(fitted))))
    return line.replace("\u0338=", "≠")  # TeX draws a stroke, then a sign of equality over it


def _fitted(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces with large operators no larger than the letters around them.

    The font of large operators has one size. Beside it a small letter would seem to be a limit.
    """
    letters = [p for p in pieces if isinstance(p, Glyph) and not p.hangs and p.sign not in _STACKED]
    largest = max((p.size for p in letters), default=math.inf)
    return [
        p._replace(size=min(p.size, largest)) if isinstance(p, Glyph) and p.sign in _STACKED else p
        for p in pieces
    ]


def _with_fractions(pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces with each bar, narrowest first, and what stands over and under it made
    one."""
    found = list(pieces)
    for bar in sorted((p for p in pieces if isinstance(p, Rule)), key=lambda p: p.end - p.x):
        at = next(k for k, piece in enumerate(found) if piece is bar)
        start, stop = at, at + 1
        while start > 0 and _belongs(found[start - 1], bar, 1):
            start -= 1
        while stop < len(found) and _belongs(found[stop], bar, -1):
            stop += 1
        over, under = found[start:at], found[at + 1 : stop]
        reading = f"⟨{_line(_with_binomials(over))}⟩/⟨{_line(_with_binomials(under))}⟩"
        found[start:stop] = [_Fraction(bar.x, bar.y, bar.end, reading)]
    return found


def _belongs(piece: _Piece, bar: Rule, side: int) -> bool:
    """Return whether a piece stands over (side 1) or under (-1) a bar, near enough to be its
    own."""
    if piece.x < bar.x - 0.7 or piece.end > bar.end + 0.7:
        return False
    height = side * (piece.y - bar.y)
    if isinstance(piece, Glyph):
        # Large fences hang from their origin: over a bar that is higher than the fence's foot.
        return -0.2 * piece.size < height < (_HANGING if piece.hangs else _REACH) * piece.size
    return 0 < height < _BUILT


def _with_binomials(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces with each pair of brackets around two lines, one over the other, made one.

    What holds a bar is left for later, when the bar is part of a fraction.
    """
    found: list[_Piece] = []
    opened: list[int] = []
    for piece in pieces:
        found.append(piece)
        if isinstance(piece, Glyph) and piece.sign == "(":
            opened.append(len(found) - 1)
        if not (isinstance(piece, Glyph) and piece.sign == ")" and opened):
            continue
        start = opened.pop()
        opening, inside = found[start], found[start + 1 : -1]
        assert isinstance(opening, Glyph)
        cut = _two_lines(inside, opening)
        if cut is not None:
            middle = (inside[0].y + inside[cut].y) / 2 + _AXIS_OF_LETTERS * opening.size
            reading = f"⟨{_line(inside[:cut])}⟩¦⟨{_line(inside[cut:])}⟩"
            found[start:] = [_Fraction(opening.x, middle, piece.end, reading)]
    return found


def _two_lines(pieces: Sequence[_Piece], opening: Glyph) -> int | None:
    """Return where the lower of two lines begins, one over the other; None where there is only
    one."""
    if any(isinstance(p, Rule) or (isinstance(p, Glyph) and p.hangs) for p in pieces):
        return None
    for cut in range(1, len(pieces)):
        over, under = pieces[:cut], pieces[cut:]
        low, high = min(p.y for p in over), max(p.y for p in under)
        left = max(min(p.x for p in over), min(p.x for p in under))
        right = min(max(p.end for p in over), max(p.end for p in under))
        # A bracket that does not hang stands on the line, and neither of the two lines does.
        off = opening.hangs or low - opening.y > _OFF * opening.size < opening.y - high
        if low - high > _APART * opening.size and left < right and off:
            return cut
    return None


def _one_fence(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces with a fence that was put together from parts as one."""
    made: list[_Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        same = isinstance(piece, Glyph) and isinstance(last, Glyph) and piece.hangs and last.hangs
        if same and piece.sign == last.sign and abs(piece.x - last.x) < 0.3:  # type: ignore[union-attr]
            continue
        made.append(piece)
    return made


def _line(pieces: Sequence[_Piece]) -> str:
    """Return the pieces read as TeX drew them, scripts set apart by their height and size."""
    made, at = "", 0
    base: tuple[float, float] | None = None  # height and size of the line we are on
    while at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, Glyph) and piece.sign in _STACKED:
            at, made = _operator(pieces, at, made)
            continue
        if _is_operators_upper_limit(pieces, at):
            at += 1
            continue
        place = _place(piece, base)
        if place == "same" or base is None:
            base = _base(piece, base)
            made += piece.reading if isinstance(piece, _Fraction) else _sign(piece)
            at += 1
            continue
        scripts = {"_": [], "^": []}  # type: dict[str, list[_Piece]]
        while at < len(pieces) and (where := _place(pieces[at], base)) in scripts:
            scripts[where].append(pieces[at])
            at += 1
        made += "".join(f"{mark}⟨{_line(inner)}⟩" for mark, inner in scripts.items() if inner)
        if not any(scripts.values()):
            base = None  # another line of the same formula
    return made


def _place(piece: _Piece, base: tuple[float, float] | None) -> str:
    """Return where a piece stands: on the "same" line, as "^" or "_" of it, or on "another"."""
    if base is None or (isinstance(piece, Glyph) and piece.hangs):
        return "same"
    height, size = base
    above = (piece.y - height) / size
    if isinstance(piece, Glyph):
        small = piece.size < _SMALLER * size
        if abs(above) < _RAISED[small]:
            return "same"
        if small and -1.0 < above < 1.0:
            return "^" if above > 0 else "_"
        return "another"
    if isinstance(piece, _Fraction) and _AXIS[0] < above < _AXIS[1]:
        return "same"
    return "another"


def _base(piece: _Piece, base: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return the line that we are on after a piece of it."""
    if isinstance(piece, Glyph) and not piece.hangs and base is None:
        return piece.y, piece.size
    return base


def _operator(pieces: Sequence[_Piece], at: int, made: str) -> tuple[int, str]:
    """Return a sum with its limits, over and under it or beside it."""
    sign = pieces[at]
    before, after = at, at + 1
    limits: dict[str, list[_Piece]] = {"_": [], "^": []}
    while before > 0 and _spans(pieces[before - 1], sign):
        before -= 1
    limits["^"] = list(pieces[before:at])
    ends = {"^": sign.end, "_": sign.end}  # of the limits beside it, as far as they are met
    while after < len(pieces):
        piece = pieces[after]
        mark = "^" if piece.y > sign.y - 6 else "_"
        if not (_over(piece, sign) or _beside(piece, sign, ends[mark])):
            break
        limits[mark].append(piece)
        ends[mark] = piece.end
        after += 1
    made += _sign(sign)
    return after, made + "".join(f"{m}⟨{_line(inner)}⟩" for m, inner in limits.items() if inner)


def _is_operators_upper_limit(pieces: Sequence[_Piece], at: int) -> bool:
    """Return whether a piece stands over an operator that TeX drew right after it."""
    for k in range(at, len(pieces)):
        piece = pieces[k]
        if isinstance(piece, Glyph) and piece.sign in _STACKED:
            return all(_spans(other, piece) for other in pieces[at:k])
        if k - at > 40:
            break
    return False


def _over(piece: _Piece, operator: _Piece) -> bool:
    """Return whether a small piece stands over or under an operator."""
    return _spans(piece, operator) and not _beside(piece, operator)


def _spans(piece: _Piece, operator: _Piece) -> bool:
    """Return whether a small piece stands over or under an operator, or a little past its ends.

    What TeX draws before the operator does not follow it, however wide it is.
    """
    assert isinstance(operator, Glyph)
    middle = (piece.x + piece.end) / 2
    small = isinstance(piece, Glyph) and piece.size < _SMALLER * operator.size
    wide = 1.3 * operator.size
    return small and operator.x - wide < middle < operator.end + wide


def _beside(piece: _Piece, operator: _Piece, end: float | None = None) -> bool:
    """Return whether a small piece follows an operator, or what ends where `end` is."""
    assert isinstance(operator, Glyph)
    small = isinstance(piece, Glyph) and piece.size < _SMALLER * operator.size
    gap = piece.x - (operator.end if end is None else end)
    return small and -0.05 * operator.size <= gap < 0.4 * operator.size


def _sign(piece: _Piece) -> str:
    text = piece.sign if isinstance(piece, Glyph) else ""
    return {"∣": "|", "⌠": "∫", "➢": "≥"}.get(text, text)
