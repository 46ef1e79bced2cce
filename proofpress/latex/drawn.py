r"""Signs that the page's fonts lack, drawn from DejaVu, or named where that lacks them, too.

Place in the chain: text of a notebook -> **LaTeX**. A notebook shows what its author and his
libraries print, in all alphabets. A sign with an outline is defined once, before its first use
(`definitions`); what has none, as most emoji and Chinese, prints its name between angles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from proofpress.latex import glyphs
from proofpress.latex.characters import ALIKE, LETTERS, SPACES, latex_text, latex_verbatim, prints

_BOXES = range(0x2500, 0x25A0)  # lines and blocks, which meet those of other lines
_TEXT, _CODE = "DejaVuSans", "DejaVuSansMono"
_LOW_LINE = "\u2581"  # tokenizers write a space with it
# Of a line of code, in parts of its size: its width, its height and its depth in notebook.sty.
_COLUMN, _HEIGHT, _DEPTH = 0.525, 0.945, 0.35
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip
_USED = re.compile(r"\\nbGlyph\{([0-9A-F]+)(m?)\}")
_SPACE = re.compile(f"[{''.join(SPACES)}]")
_SCRIPTS = {"<super>": "textsuperscript", "<sub>": "textsubscript"}


def any_text(text: str, where: str | None = None) -> str:
    r"""Return running text as LaTeX, as `latex_text` does, whatever characters it holds.

    >>> any_text("a_1: x⁴, ж, 🎯")
    'a\\_1: x\\textsuperscript{4}, \\nbGlyph{0436}, \\nbNamed{direct hit}'
    """
    return "".join(
        latex_text(part, where) if plain else _substitute(part) for plain, part in _parts(text)
    )


def any_verbatim(text: str, where: str | None = None) -> str:
    """Return one line of code or output as LaTeX, as `latex_verbatim` does, whatever it holds."""
    return "".join(
        latex_verbatim(_SPACE.sub(" ", part), where) if plain else _in_column(part)
        for plain, part in _parts(text)
    )


def lacking(text: str) -> list[str]:
    """Return the characters of a text that have no glyph anywhere, so that their names print.

    >>> lacking("ж 漢 ✔ 🎯 é")
    ['漢', '🎯']
    """
    parts = (part for plain, part in _parts(text) if not plain)
    return [part for part in dict.fromkeys(parts) if _substitute(part).startswith(r"\nbNamed")]


def spelled(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a text, with the names of what has no glyph; True stands before a name.

    >>> list(spelled("ok ✅"))
    [(False, 'ok '), (True, 'white heavy check mark')]
    """
    unnamed = ""
    for plain, part in _parts(text):
        if not plain and _substitute(part).startswith(r"\nbNamed"):
            if unnamed:
                yield False, unnamed
            yield True, name(part)
            unnamed = ""
        else:
            unnamed += part
    if unnamed:
        yield False, unnamed


def name(letter: str) -> str:
    """Return the name by which a character is printed that has no glyph: that of an ideograph is
    its number.

    >>> name("🤗"), name("漢")
    ('hugging face', 'U+6F22')
    """
    named = unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}" if not named or "ideograph" in named else named


def definitions(latex: str) -> str:
    """Return the definitions of all outlines that some LaTeX uses, a line each."""
    found = sorted({(chr(int(code, 16)), bool(narrow)) for code, narrow in _USED.findall(latex)})
    return "".join(_definition(letter, narrow) for letter, narrow in found)


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text that print as they are, each with True, and the signs between, of
    which a letter and its accents are one."""
    if text.isascii():
        yield True, text
        return
    plain = ""
    for sign in re.findall(".[\u0300-\u036f]*", unicodedata.normalize("NFC", text), re.DOTALL):
        if len(sign) == 1 and _is_plain(sign):
            plain += sign
            continue
        if plain:
            yield True, plain
            plain = ""
        if len(sign) == 1 or _accented(sign):
            yield False, sign
        else:
            yield from ((_is_plain(letter), letter) for letter in sign)
    if plain:
        yield True, plain


def _is_plain(letter: str) -> bool:
    if letter == _LOW_LINE or letter in SPACES:
        return letter in SPACES
    return prints(letter) and letter not in ALIKE and ord(letter) not in _BOXES


def _accented(sign: str) -> str:
    """Return a letter below accents as LaTeX; '' where TeX does not know how."""
    letter, accents = sign[0], sign[1:]
    if not (letter in LETTERS or (letter.isascii() and letter.isalpha())):
        return ""
    if any(accent not in _ACCENTS for accent in accents):
        return ""
    latex = {"i": r"\i ", "j": r"\j "}.get(letter, letter)
    for accent in accents:
        latex = f"\\{_ACCENTS[accent]}{{{latex}}}"
    return f"{{{latex}}}"


def _substitute(sign: str) -> str:
    """Return the LaTeX of a sign that no font of the page has."""
    if len(sign) > 1:
        return _accented(sign)
    if sign == _LOW_LINE:
        return r"\_"
    kind, _, code = unicodedata.decomposition(sign).partition(" ")
    if kind in _SCRIPTS and len(code) == 4 and prints(chr(int(code, 16))):
        return f"\\{_SCRIPTS[kind]}{{{latex_text(chr(int(code, 16)))}}}"
    if _face(sign):
        return rf"\nbGlyph{{{ord(sign):04X}}}"
    if sign in ALIKE:
        return latex_text(sign)
    return rf"\nbNamed{{{latex_text(name(sign))}}}"


def _in_column(sign: str) -> str:
    """Return the LaTeX of a sign in code, as wide as a terminal shows it."""
    latex = _substitute(sign)
    if not latex.startswith(r"\nbGlyph"):
        return latex
    if _narrow(sign):
        return latex.replace("}", "m}")
    columns = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return rf"\nbColumns{{{columns * (not unicodedata.combining(sign))}}}{{{latex}}}"


def _face(letter: str) -> str:
    """Return the name of the font that has a sign, or ''."""
    return next((face for face in (_TEXT, _CODE) if ord(letter) in glyphs.names(face)), "")


def _narrow(letter: str) -> bool:
    """Return whether a sign can be drawn as one of a terminal."""
    return ord(letter) in glyphs.names(_CODE) and not unicodedata.combining(letter)


def _definition(letter: str, narrow: bool) -> str:
    """Return the definition of a sign: its width and its outline as commands of a PDF, in parts of
    the size of type. A `narrow` one fills a column of code."""
    face = _CODE if narrow else _face(letter)
    font, named = glyphs.font(face), glyphs.names(face)[ord(letter)]
    wide = font["hmtx"][named][0]
    x = y = 1 / font["head"].unitsPerEm
    up = 0.0
    if narrow:
        x = _COLUMN / wide
    if narrow and ord(letter) in _BOXES:
        full = font["glyf"][glyphs.names(face)[0x2588]]
        y = (_HEIGHT + _DEPTH) / (full.yMax - full.yMin)
        up = -_DEPTH - full.yMin * y
    outline = glyphs.outline(face, named, x, y, up)
    code = letter.encode("utf-16-be").hex().upper()
    key = f"{ord(letter):04X}{'m' * narrow}"
    return rf"\nbDefineGlyph{{{key}}}{{{code}}}{{{wide * x:.3f}}}{{{outline}}}%" + "\n"
