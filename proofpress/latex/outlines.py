r"""Signs of mathematics that Latin Modern lacks, drawn from STIX, which comes with matplotlib.

Place in the chain: formula -> **\nbSign{211D}, and once what that draws** -> notebook.sty.
Blackboard letters, Fraktur, script and AMS's symbols have no font in the embedded engine.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from proofpress.latex import glyphs

_FACE = "STIXGeneral"
USED = re.compile(r"\\nbSign\{([0-9A-F]+)\}")
_ALPHABETS = {
    **dict.fromkeys(("mathbb", "Bbb", "mathds", "mathbbm"), "DOUBLE-STRUCK"),
    **dict.fromkeys(("mathfrak", "frak"), "FRAKTUR"),
    **dict.fromkeys(("mathscr", "scr"), "SCRIPT"),
}
_LETTERS = re.compile(
    rf"\\({'|'.join(_ALPHABETS)})(?![A-Za-z])\s*(?:\{{([A-Za-z0-9 ]*)\}}|([A-Za-z0-9]))"
)
_BY_CLASS = {
    "mathrel": """leqslant 2A7D geqslant 2A7E lesssim 2272 gtrsim 2273 lessapprox 2A85
        gtrapprox 2A86 leqq 2266 geqq 2267 lessgtr 2276 gtrless 2277 nless 226E ngtr 226F
        nleq 2270 ngeq 2271
        lneq 2A87 gneq 2A88 lneqq 2268 gneqq 2269 ll 226A subsetneq 228A supsetneq 228B
        nsubseteq 2288 nsupseteq 2289 subseteqq 2AC5 supseteqq 2AC6 Subset 22D0 Supset 22D1
        nmid 2224 nparallel 2226 ncong 2247 nsim 2241 approxeq 224A thicksim 223C thickapprox 2248
        backsim 223D triangleq 225C bumpeq 224F Bumpeq 224E circeq 2257 doteqdot 2251 coloneqq 2254
        eqqcolon 2255 preccurlyeq 227C succcurlyeq 227D precsim 227E succsim 227F vDash 22A8
        Vdash 22A9 Vvdash 22AA nvdash 22AC nvDash 22AD pitchfork 22D4 between 226C multimap 22B8
        trianglelefteq 22B4 trianglerighteq 22B5 vartriangleleft 22B2 vartriangleright 22B3
        therefore 2234 because 2235 varpropto 221D shortmid 2223 shortparallel 2225
        nrightarrow 219B nleftarrow 219A nRightarrow 21CF nLeftarrow 21CD rightsquigarrow 21DD
        leadsto 21DD leftrightarrows 21C6 rightleftarrows 21C4 rightrightarrows 21C9
        leftleftarrows 21C7 upuparrows 21C8 downdownarrows 21CA leftrightharpoons 21CB
        twoheadrightarrow 21A0 twoheadleftarrow 219E rightarrowtail 21A3 Rrightarrow 21DB
        Lleftarrow 21DA circlearrowleft 21BA circlearrowright 21BB curvearrowleft 21B6
        curvearrowright 21B7 upharpoonright 21BE nexists 2204 updownarrow 2195 Updownarrow 21D5""",
    "mathbin": """ltimes 22C9 rtimes 22CA boxplus 229E boxminus 229F boxtimes 22A0 boxdot 22A1
        dotplus 2214 divideontimes 22C7 curlyvee 22CE curlywedge 22CF barwedge 22BC veebar 22BB
        circledast 229B circledcirc 229A circleddash 229D smallsetminus 2216 intercal 22BA
        Cup 22D3 Cap 22D2 leftthreetimes 22CB rightthreetimes 22CC centerdot 22C5""",
    "mathord": """square 25A1 Box 25A1 blacksquare 25A0 checkmark 2713 complement 2201
        varnothing 2205 lozenge 25CA blacklozenge 29EB bigstar 2605 Diamond 25C7 mho 2127
        eth 00F0 hslash 210F
        beth 2136 gimel 2137 daleth 2138 measuredangle 2221 sphericalangle 2222 triangledown 25BD
        vartriangle 25B3 blacktriangle 25B2 blacktriangledown 25BC backprime 2035 circledS 24C8
        digamma 03DD varkappa 03F0 Finv 2132 maltese 2720 circledR 00AE yen 00A5 diagup 2571
        surd 221A Game 2141 Bbbk 1D55C""",
    "mathopen": "ulcorner 231C llcorner 231E",
    "mathclose": "urcorner 231D lrcorner 231F",
}
_SIGNS = {
    name: (kind, code)
    for kind, listed in _BY_CLASS.items()
    for name, code in zip(listed.split()[::2], listed.split()[1::2], strict=True)
}
_COMMAND = re.compile(r"\\([A-Za-z]+)")
# What takes the next sign for itself, which is more than one to TeX.
_TAKES = re.compile(
    r"(?:[_^]|\\(?:[dt]?frac|[dt]?binom|sqrt|hat|bar|tilde|vec|d?dot|wide(?:hat|tilde)|(?:over|under)line))"
    r"\s*$"
)


def drawn(formula: str, known: frozenset[str]) -> str:
    r"""Return a formula in which signs are drawn whose commands are not `known` to the page.

    >>> drawn(r"x \leqslant \mathbb{R}^\alpha", frozenset(["alpha"]))
    'x \\mathrel{\\nbSign{2A7D}} {\\nbSign{211D}}^\\alpha'
    >>> drawn(r"A^\intercal", frozenset())
    'A^{\\mathbin{\\nbSign{22BA}}}'
    """

    def sign(found: re.Match[str]) -> str:
        if found[1] in known or found[1] not in _SIGNS:
            return found[0]
        kind, code = _SIGNS[found[1]]
        shown = rf"\{kind}{{\nbSign{{{code}}}}}"
        return f"{{{shown}}}" if _TAKES.search(found.string[: found.start()]) else shown

    return _COMMAND.sub(sign, _LETTERS.sub(_alphabet, formula))


def character(sign: str) -> str:
    """Return a character as LaTeX of mathematics, or '' where STIX has no such sign.

    >>> character("⊸"), character("日")
    ('\\\\mathrel{\\\\nbSign{22B8}}', '')
    """
    if ord(sign) not in glyphs.names(_FACE) or unicodedata.category(sign)[0] not in "LSNP":
        return ""
    arrows = 0x2190 <= ord(sign) < 0x2200 or 0x27F0 <= ord(sign) < 0x2980
    kind = "mathrel" if arrows or unicodedata.category(sign) == "Sm" else "mathord"
    return rf"\{kind}{{\nbSign{{{ord(sign):04X}}}}}"


def definitions(latex: str) -> str:
    """Return what draws all signs that some LaTeX uses, a line each."""
    return "".join(map(_definition, sorted(set(USED.findall(latex)))))


def _alphabet(found: re.Match[str]) -> str:
    letters = (found[2] or found[3] or "").replace(" ", "")
    signs = [rf"\nbSign{{{ord(_letter(_ALPHABETS[found[1]], letter)):04X}}}" for letter in letters]
    return "{" + "".join(signs) + "}"


@cache
def _letter(alphabet: str, letter: str) -> str:
    """Return a letter in an alphabet of mathematics; one that it lacks, a digit, is itself."""
    if letter.isdigit():
        name = f"MATHEMATICAL {alphabet} {unicodedata.name(letter)}"
    else:
        case = "CAPITAL" if letter.isupper() else "SMALL"
        name = f"{alphabet} {case} {letter.upper()}"
    # Those that were in Unicode first are not among the others; Fraktur was called so.
    older = name.replace("FRAKTUR", "BLACK-LETTER")
    for tried in (f"MATHEMATICAL {name}", name, older):
        try:
            return unicodedata.lookup(tried)
        except KeyError:
            continue
    return letter


@cache
def _definition(code: str) -> str:
    """Return the definition of a sign: its text for whoever copies it, width, height and depth,
    and outline, all in parts of the size of type."""
    from fontTools.pens.boundsPen import BoundsPen

    font, sign = glyphs.font(_FACE), chr(int(code, 16))
    name = glyphs.names(_FACE).get(ord(sign))
    if name is None:
        return ""
    known, unit = font.getGlyphSet(), font["head"].unitsPerEm
    bounds = BoundsPen(known)
    known[name].draw(bounds)
    _, low, _, high = bounds.bounds or (0, 0, 0, 0)
    sizes = [f"{value / unit:.3f}" for value in (known[name].width, max(high, 0), max(-low, 0))]
    text = sign.encode("utf-16-be").hex().upper()
    plain = unicodedata.normalize("NFKC", sign)
    under = plain if plain.isascii() and plain.isalnum() else ""
    path = glyphs.outline(_FACE, name, 1 / unit, 1 / unit)
    parts = "".join(f"{{{part}}}" for part in (code, text, under, *sizes, path))
    return rf"\nbDefineSign{parts}%" + "\n"
