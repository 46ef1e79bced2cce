r"""Mathematics from outside, let through only where it is harmless.

Place in the chain: the gate for formulas of a notebook's Markdown and outputs, and of PDFs that
are compared. What stands between dollars goes to TeX as written, so it could read files, define
commands or end the document. Only commands of a known list pass, what is opened must be closed
in order, and nothing may leave mathematics. A refused formula is named before TeX sees it.
"""

from __future__ import annotations

import difflib
import re

from proofpress.faults.errors import PressError
from proofpress.latex.characters import LETTERS
from proofpress.latex.signs import CHARACTERS, FUNCTIONS

_ENVIRONMENTS = """
    aligned alignedat array bmatrix Bmatrix cases gathered matrix pmatrix smallmatrix split
    subarray vmatrix Vmatrix
"""
ENVIRONMENTS = frozenset(_ENVIRONMENTS.split())

# What is no sign and no function: layout, sizes, types and accents.
_OTHERS = """
    frac dfrac tfrac cfrac binom dbinom tbinom over atop choose sqrt substack begin end hline
    ldots dots dotsb dotsc dotsi dotsm dotso ddots bmod pmod mod pod operatorname operatorname*
    quad qquad enspace thinspace medspace thickspace negthinspace negmedspace negthickspace space
    nobreakspace hfill hspace hspace* mspace kern mkern hskip mskip phantom hphantom vphantom
    smash mathstrut strut
    left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr
    Biggm lvert rvert vert lbrace rbrace lbrack rbrack lgroup rgroup lmoustache rmoustache
    Updownarrow updownarrow Uparrow Downarrow backslash
    hat check breve acute grave bar vec dot ddot dddot ddddot tilde mathring widehat widetilde
    overline underline overbrace underbrace overleftarrow overrightarrow overleftrightarrow
    underleftarrow underrightarrow underleftrightarrow overset underset stackrel sideset boxed
    xrightarrow xleftarrow not cancel bcancel xcancel
    mathrm mathbf mathit mathcal mathsf mathtt mathnormal boldsymbol bm pmb rm bf it sf tt cal
    mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner
    text textbf textit textrm texttt textsf textnormal emph textasciicircum textasciitilde
    limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle
    colon lt gt iiint iiiint idotsint coprod bigoplus bigotimes bigodot bigvee bigwedge biguplus
    bigsqcup imath jmath wp clubsuit diamondsuit heartsuit spadesuit natural flat sharp triangle
    models vdash dashv bowtie asymp doteq prec succ preceq succeq smile frown notin owns sqsubseteq
    sqsupseteq amalg uplus sqcap sqcup dagger ddagger diamond triangleleft triangleright wr star
    ominus oslash bigcirc bigtriangleup bigtriangledown
    longleftarrow longleftrightarrow Longleftarrow Longleftrightarrow impliedby longmapsto
    nearrow searrow nwarrow swarrow hookrightarrow hookleftarrow rightharpoonup rightharpoondown
    leftharpoonup leftharpoondown rightleftharpoons
    varlimsup varliminf varinjlim varprojlim varGamma varDelta varTheta varLambda varXi varPi
    varSigma varUpsilon varPhi varPsi varOmega
    LaTeX TeX nbSign nbColour
"""
COMMANDS = frozenset([*CHARACTERS, *FUNCTIONS, *_OTHERS.split()])
# Commands whose argument is text, in which dollars enclose mathematics.
_TEXTS = "text textbf textit textrm texttt textsf textnormal emph mbox hbox"
TEXTS = frozenset(_TEXTS.split())
# Commands that take a length; a longer one than this many points is no layout.
LENGTHS = frozenset(["hspace", "hspace*", "mspace", "kern", "mkern", "hskip", "mskip"])
_LENGTH = re.compile(
    r"\s*\{?\s*[-+]?(\d{1,3}(?:[.,]\d*)?|[.,]\d+)\s*(em|ex|pt|m[um]|cm|in|pc|bp)\b"
)
# Control symbols: spacing, escaped characters, the end of a row, the double bar.
SYMBOLS = frozenset(",;:!> {}|%#&_\\$-/\n\t")
PAIRS = {"left": ("\\right", True), "right": ("\\right", False)}
_WORDS = "words"  # stands before the end of an argument that is text
_OPENS_WORDS = re.compile(rf"\\(?:{'|'.join(sorted(TEXTS))})\s*$")
_NEAR = 30  # characters before an argument in which its command is looked for
IN_WORDS = re.compile(rf"\\(?:{'|'.join(sorted(TEXTS))})\s*\{{([^{{}}]*)\}}")
TOKEN = re.compile(r"\\([A-Za-z]+\*?|.|$)|([{}&])|(%|#|\$|\^\^)", re.DOTALL)


def checked_mathematics(formula: str, where: str | None = None) -> str:
    r"""Return the same formula. Raises PressError for an unknown command, or for what is not
    closed.

    >>> checked_mathematics(r"\frac{1}{n} \sum_i x_i", "demo")
    '\\frac{1}{n} \\sum_i x_i'
    """
    opened: list[str] = []  # the ends of what is open, innermost last
    unknown = [name for name in map(_command, TOKEN.finditer(formula)) if not _is_known(name)]
    if unknown:
        raise _unknown(unknown, formula, where)
    for token in TOKEN.finditer(formula):
        _follow(token, formula, opened, where)
    if opened:
        missing = opened[-1].removeprefix(_WORDS)
        raise _refused(formula, f"{missing} is missing", where, "close what it opens, in order")
    _check_letters(formula, where)
    # A blank line would end the paragraph inside the formula.
    return re.sub(r"\n\s*\n", "\n", formula)


def _follow(token: re.Match[str], formula: str, opened: list[str], where: str | None) -> None:
    """Keep account of what a token opens or closes. Raises PressError where it may not stand."""
    command, structure, active = token.groups()
    if active == "$" and opened and (opened[-1] == "$" or opened[-1].startswith(_WORDS)):
        pair = ("$", opened[-1] != "$")
    elif active:
        raise _refused(formula, f"{active} may not stand in it", where, f"write \\{active[0]}")
    elif command in ("begin", "end"):
        pair = (f"\\end{{{_environment(formula, token.end(), where)}}}", command == "begin")
    elif command is not None:
        if command in LENGTHS and not _LENGTH.match(formula, token.end()):
            mend = "write it with a length such as 1em"
            raise _refused(formula, f"\\{command} has no length behind it", where, mend)
        if command not in PAIRS:
            return
        pair = PAIRS[command]
    elif structure == "&":
        if not (opened and opened[-1].startswith("\\end")):
            mend = "write \\&, or put it directly into an environment with columns"
            raise _refused(formula, "& stands outside of columns", where, mend)
        return
    else:
        within = bool(opened) and opened[-1].startswith(_WORDS)
        before = formula[max(token.start() - _NEAR, 0) : token.start()]
        words = structure == "{" and (within or _OPENS_WORDS.search(before))
        pair = (f"{_WORDS}}}" if words else "}", structure == "{")
    end, opens = pair
    if opens:
        opened.append(end)
    elif not opened or opened.pop().removeprefix(_WORDS) != end:
        raise _refused(formula, f"{end} closes nothing", where, "close what it opens, in order")


def _check_letters(formula: str, where: str | None) -> None:
    words = frozenset("".join(IN_WORDS.findall(formula)))
    for sign in formula:
        if (ord(sign) > 126 and not (sign in LETTERS and sign in words)) or (
            ord(sign) < 32 and sign not in "\n\t"
        ):
            mend = "write it as a command, such as \\alpha"
            raise _refused(
                formula, f"{sign!r} (U+{ord(sign):04X}) may not stand in it", where, mend
            )


def _command(token: re.Match[str]) -> str | None:
    """Return the command of a token: the star of one that has no such form is no part of it."""
    name: str | None = token[1]
    return name[:-1] if name and name.endswith("*") and name[:-1] in COMMANDS else name


def _is_known(command: str | None) -> bool:
    if command is None:
        return True
    return command in (COMMANDS if command[:1].isalpha() else SYMBOLS)


def _unknown(commands: list[str | None], formula: str, where: str | None) -> PressError:
    names = list(dict.fromkeys(command or "" for command in commands))
    shown = ", ".join(f"\\{name}" for name in names)
    why = f"{shown} {'are' if len(names) > 1 else 'is'} not known in it"
    if not all(name[:1].isalpha() for name in names):
        return _refused(formula, why, where, "leave it out, or escape what it stands before")
    near = difflib.get_close_matches(names[0], COMMANDS, n=1, cutoff=0.75)
    own = f"write \\operatorname{{{names[0]}}}, or define it by \\newcommand in a cell before"
    mend = f"did you mean \\{near[0]}?" if near else own
    return _refused(formula, why, where, mend)


def _environment(formula: str, end: int, where: str | None) -> str:
    """Return the name of the environment in braces behind \\begin or \\end."""
    name = re.match(r"\{([^}]*)\}", formula[end:])
    if name is None or name[1] not in ENVIRONMENTS:
        mend = f"use one of {', '.join(sorted(ENVIRONMENTS))}"
        found = name[1] if name else ""
        raise _refused(formula, f"the environment {found!r} is not known in it", where, mend)
    return name[1]


def _refused(formula: str, why: str, where: str | None, mend: str) -> PressError:
    shown = " ".join(formula.split())
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return PressError(f"the formula ${shown}$ cannot be set: {why}", where=where, mend=mend)
