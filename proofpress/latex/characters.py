"""Characters as LaTeX: each one printable with Latin Modern in T1, or an error that names it.

Place in the chain: the gate between text and page. Words of report.toml, recorded results, and
a notebook's prose, code and outputs pass here. The page's fonts hold Latin letters with their
accents, the usual punctuation, and, as mathematics, Greek letters, arrows and relations. Nothing
of a text can become a command: every character that TeX gives a meaning to is replaced by what
prints it, and what some LaTeX commands look ahead for stands in braces.
"""

from __future__ import annotations

import unicodedata

from proofpress.faults.errors import PressError
from proofpress.latex.signs import SIGNS

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # The end of a line, of a table's row and an item look ahead for these.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
}
# Pairs that would print as one other sign in T1.
LIGATURES = frozenset(["--", "<<", ">>", ",,", "``", "''", "?`", "!`"])
# What separates words, whatever it may do elsewhere; an empty line must not end a paragraph.
SPACES = frozenset(" \t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")

# Ligatures and curly quotes would change code that somebody wants to read or copy.
VERBATIM = {
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
    "-": r"{-}",
    "<": r"{<}",
    ">": r"{>}",
    ",": r"{,}",
    "!": r"!{}",
    "?": r"?{}",
    # Code stands in an argument of its own: nothing there looks ahead for these.
    "[": "[",
    "]": "]",
    "*": "*",
}


# Signs that print as another.
ALIKE = {"⋅": "·", "✓": "√", "✔": "√", "✗": "×"}

TEXT = {
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "°": r"\textdegree{}",
    "µ": r"\textmu{}",
    "¹": r"\textonesuperior{}",
    "²": r"\texttwosuperior{}",
    "³": r"\textthreesuperior{}",
    "½": r"\textonehalf{}",
    "¼": r"\textonequarter{}",
    "¾": r"\textthreequarters{}",
    "§": r"\S{}",
    "¶": r"\P{}",
    "©": r"\textcopyright{}",
    "®": r"\textregistered{}",
    "™": r"\texttrademark{}",
    "€": r"\texteuro{}",
    "£": r"\pounds{}",
    "¥": r"\textyen{}",
    "¢": r"\textcent{}",
    "¦": r"\textbrokenbar{}",
    "ª": r"\textordfeminine{}",
    "º": r"\textordmasculine{}",
    "…": r"\dots{}",
    "–": "--",
    "—": "---",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "‚": r"\quotesinglbase{}",
    "„": r"\quotedblbase{}",
    "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
    "¡": r"\textexclamdown{}",
    "¿": r"\textquestiondown{}",
    # The typewriter type has no glyph for these two.
    "Ĳ": "IJ",
    "ĳ": "ij",
    "•": r"\textbullet{}",
    "†": r"\dag{}",
    "‡": r"\ddag{}",
    # Blocks and boxes of terminals, by the ASCII that terminals without them show.
    **dict.fromkeys("│┃║▏▎▍▌▋▊▉", "|"),
    **dict.fromkeys("─━═╌", "{-}"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰", "+"),
    **dict.fromkeys("█▇▆▅▄▃▂░▒▓■", r"\#"),
    # Tokenizers write a space as this block, which stands on the line.
    "▁": r"\_",
}

# The letters of T1 and those that presstype.sty takes from other encodings, besides those of ASCII.
LETTERS = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŊŋŌōŐőŒœŔŕŖŗŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽžȘșȚț"
    "ẢẠẦẤẪẨẬẰẮẴẲẶẼẺẸỀẾỄỂỆĨỈỊỎỌỒỐỖỔỘƠỜỚỠỞỢŨỦỤƯỪỨỮỬỰỲỸỶỴảạầấẫẩậằắẵẳặẽẻẹềếễểệĩỉịỏọồốỗổộơờớỡởợũủụưừứữửựỳỹỷỵ"
)
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f")


def latex_text(text: str, where: str | None = None) -> str:
    """Return running text as LaTeX: it prints letter by letter, and white space separates words.

    Raises PressError naming the first character without a glyph; `where` is its place.

    >>> print(latex_text("50 % of C:\\\\x_1 → β [--]", "demo"))
    50 \\% of C:\\textbackslash{}x\\_1 \\ensuremath{\\rightarrow} \\ensuremath{\\beta} {[}-{}-{]}
    """
    parts = [""]
    for letter in _composed(text):
        part = " " if letter in SPACES else _character(letter, where)
        if parts[-1][-1:] + part[:1] in LIGATURES:
            parts.append("{}")
        parts.append(part)
    return "".join(parts)


def latex_verbatim(text: str, where: str | None = None) -> str:
    """Return one line of code or output as LaTeX: every character stays itself, spaces included.

    >>> print(latex_verbatim("a  -- 'b'", "demo"))
    a ~{-}{-} \\textquotesingle{}b\\textquotesingle{}
    """
    parts = []
    previous = ""
    for letter in _composed(text):
        if letter == " ":
            # Single spaces stay readable in the source; a run of them must not collapse.
            parts.append("~" if previous == " " else " ")
        else:
            parts.append(VERBATIM.get(letter) or _character(letter, where))
        previous = letter
    return "".join(parts)


def missing(text: str) -> str | None:
    """Name all characters of a text that no font of the page has; None when all print.

    >>> missing("Łukasz Ñ. O'Brien"), missing("王 Wei")
    (None, "the page's fonts have no character 王 (U+738B, cjk unified ideograph-738b)")
    >>> missing("Иван")
    "the page's fonts have no characters И (U+0418), в (U+0432), а (U+0430), н (U+043D)"
    """
    lacking = [letter for letter in dict.fromkeys(_composed(text)) if not prints(letter)]
    if len(lacking) == 1:
        return f"the page's fonts have no character {_called(lacking[0])}"
    codes = {letter: f"U+{ord(letter):04X}" for letter in lacking}
    listed = ", ".join(f"{x} ({code})" if x.isprintable() else code for x, code in codes.items())
    return f"the page's fonts have no characters {listed}" if lacking else None


def prints(letter: str) -> bool:
    """Return whether a character has a glyph, or none but is not to be seen.

    >>> prints("ế"), prints("\u2009"), prints("木")
    (True, True, False)
    """
    try:
        _character(letter, None)
    except PressError:
        return letter in SPACES
    return True


def other_letters(text: str) -> str:
    """Say how to write a text some characters of which have no glyph.

    >>> other_letters("Иван")
    'transliterate it: write it in Latin letters'
    """
    letters = all(letter.isalpha() for letter in _composed(text) if not prints(letter))
    return "transliterate it: write it in Latin letters" if letters else "write it in other words"


def _composed(text: str) -> str:
    # A letter and its combining accent are one glyph in T1.
    return unicodedata.normalize("NFC", text)


def _character(letter: str, where: str | None) -> str:
    letter = ALIKE.get(letter, letter)
    if letter in SPECIAL:
        return SPECIAL[letter]
    if letter in SIGNS:
        return rf"\ensuremath{{{SIGNS[letter][0]}}}"
    if letter in TEXT:
        return TEXT[letter]
    if letter in LETTERS or " " <= letter <= "~":
        return letter
    if letter in INVISIBLE:
        return ""
    raise PressError(
        f"the page's fonts have no character {_called(letter)}",
        where=where,
        mend="write it in other words",
    )


def _called(letter: str) -> str:
    name = unicodedata.name(letter, "no name").lower()
    shown = letter if letter.isprintable() else "of no shape"
    return f"{shown} (U+{ord(letter):04X}, {name})"
