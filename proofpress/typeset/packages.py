"""Commands and environments that come with a package, by the package that brings them.

Place in the chain: TeX's complaint of an unknown name -> **package** -> how to mend it. An author
who does not load a package mistakes no name.
"""

from __future__ import annotations

from proofpress.latex.vocabulary import ENVIRONMENTS, MACROS, PACKAGE

_COMMANDS = {
    "amsmath": "dfrac tfrac cfrac genfrac binom dbinom tbinom text operatorname overset underset "
    "DeclareMathOperator eqref numberwithin intertext substack xrightarrow xleftarrow boxed tag "
    "notag lvert rvert lVert rVert iint iiint mod pod allowdisplaybreaks",
    "amssymb": "mathbb mathfrak leqslant geqslant nmid subsetneq blacksquare square lesssim gtrsim "
    "varnothing therefore because",
    "amsthm": "theoremstyle qed qedhere",
    "array": "newcolumntype arraybackslash",
    "bm": "bm",
    "booktabs": "cmidrule",
    "cancel": "cancel bcancel xcancel",
    "cleveref": "cref Cref",
    "csquotes": "enquote",
    "enumitem": "setlist newlist setlistdepth",
    "fancyhdr": "fancyhf fancyhead fancyfoot fancypagestyle",
    "geometry": "geometry newgeometry",
    "graphicx": "includegraphics graphicspath resizebox scalebox rotatebox",
    "hyperref": "href hypersetup autoref nameref hyperlink hypertarget phantomsection "
    "texorpdfstring",
    "listings": "lstinline lstset lstinputlisting",
    "mathrsfs": "mathscr",
    "mathtools": "coloneqq DeclarePairedDelimiter",
    "multirow": "multirow",
    "natbib": "citep citet",
    "needspace": "needspace Needspace",
    "setspace": "onehalfspacing doublespacing",
    "siunitx": "SI si num qty unit",
    "tikz": "tikz usetikzlibrary",
    "titlesec": "titleformat titlespacing titlerule",
    "titletoc": "titlecontents contentsmargin",
    "url": "url",
    "verbatim": "verbatiminput",
    "xcolor": "color textcolor definecolor providecolor colorbox fcolorbox pagecolor",
    "xspace": "xspace",
    PACKAGE: " ".join(macro.name for macro in MACROS),
}
_ENVIRONMENTS = {
    "amsmath": "align align* alignat alignat* aligned alignedat flalign flalign* gather gather* "
    "gathered multline multline* split cases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix "
    "smallmatrix subequations",
    "amsthm": "proof",
    "listings": "lstlisting",
    "longtable": "longtable",
    "multicol": "multicols",
    "pgf": "pgfpicture",
    "tabularx": "tabularx",
    "tikz": "tikzpicture",
    "verbatim": "comment",
    PACKAGE: " ".join(ENVIRONMENTS),
}

# What there is instead of packages that authors ask for out of habit.
_INSTEAD = {"amsthm": ", but has \\newtheorem, and proofpress derivation"}


def of_command(name: str) -> str | None:
    r"""Return the package that brings a command, named without its backslash; None if none known.

    >>> of_command("dfrac"), of_command("fact"), of_command("emph")
    ('amsmath', 'proofpress', None)
    """
    return _named(_COMMANDS).get(name)


def of_environment(name: str) -> str | None:
    """Return the package that brings an environment; None when none is known.

    >>> of_environment("align*"), of_environment("centre")
    ('amsmath', None)
    """
    return _named(_ENVIRONMENTS).get(name)


def known(name: str) -> bool:
    """Return whether a package has that name, be it held by the engine or not.

    >>> known("amssymb"), known("amsymb")
    (True, False)
    """
    return name in _COMMANDS or name in _ENVIRONMENTS


def lacked(name: str) -> str:
    """Return what is said of a package that the engine does not hold.

    >>> lacked("amssymb")
    'this TeX lacks amssymb; make doctor says how to get it'
    """
    return f"this TeX lacks {name}" + _INSTEAD.get(name, "; make doctor says how to get it")


def _named(listed: dict[str, str]) -> dict[str, str]:
    return {name: package for package, names in listed.items() for name in names.split()}
