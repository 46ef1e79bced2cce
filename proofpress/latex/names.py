"""The LaTeX of letters: each is printed as its name, and no two of one statement alike.

Place in the chain: **definition** -> derivation -> proof -> figure, template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from proofpress.faults.errors import PressError
from proofpress.latex.signs import GREEK

_NUMBERED = re.compile(r"([A-Za-z]+)_?(\d+)")
_INDEXED = re.compile(r"([A-Za-z]+)_([A-Za-z]+)")
_NAME = re.compile(r"[A-Za-z0-9_]+")


@lru_cache(maxsize=256)
def letter_latex(symbol: object) -> str:
    """Return the LaTeX of a letter: itself, a Greek one by its name, an index, or its whole name.

    Raises PressError for a name of other characters: they need not be in the report's fonts.

    >>> [letter_latex(name) for name in ("n", "alpha", "n1", "q_i", "q_max")]
    ['n', '\\\\alpha', 'n_{1}', 'q_{i}', 'q_{\\\\mathrm{max}}']
    >>> letter_latex("local"), letter_latex("n__2"), letter_latex("n'")
    ('\\\\mathrm{local}', 'n_{\\\\mathrm{,2}}', "n'")
    """
    name = str(symbol).rstrip("'")
    primes = "'" * (len(str(symbol)) - len(name))
    if name.strip("_") != name:
        what = f"the letter {symbol} cannot be printed, for its underscore at an end"
        raise PressError(what, mend=f"name it {name.strip('_') or 'n'}")
    if found := _NUMBERED.fullmatch(name):
        return f"{_word(found[1])}_{{{found[2]}}}{primes}"
    if found := _INDEXED.fullmatch(name):
        return f"{_word(found[1])}_{{{_word(found[2])}}}{primes}"
    base, underscore, index = name.partition("_")
    if _NAME.fullmatch(name) and base and underscore:
        # An underscore in mathematics is a rule, as a fraction's bar is.
        return f"{_word(base)}_{{\\mathrm{{{index.replace('_', ',')}}}}}{primes}"
    if _NAME.fullmatch(name):
        return _word(name) + primes
    raise PressError(
        f"the letter {symbol} cannot be printed",
        mend="name it with the letters A to Z, digits and underscores; alpha is the Greek letter",
    )


def _word(name: str) -> str:
    if len(name) == 1 and name.isalpha():
        return name
    if name in GREEK:
        return f"\\{name}"
    return rf"\mathrm{{{name.replace('_', ',')}}}"


def refuse_alike(letters: Iterable[object], whose: str, where: str | None) -> None:
    """Raise PressError where two of the letters would be printed alike, or are one letter.

    >>> refuse_alike(("n1", "n_1"), "band", "derivations/masks.py:3")
    Traceback (most recent call last):
    proofpress.faults.errors.PressError: band: the letters n1 and n_1 are both printed as n_{1}
      derivations/masks.py:3
      mend: give one of them another name
    """
    shown: dict[str, str] = {}
    for letter in letters:
        try:
            text = letter_latex(letter)
        except PressError as error:
            raise PressError(f"{whose}: {error.what}", where, error.mend) from error
        if str(letter) in shown.values():
            what = f"{whose}: the letter {letter} is named twice"
            raise PressError(what, where, "name each letter once")
        before = shown.setdefault(text, str(letter))
        if before != str(letter):
            raise PressError(
                f"{whose}: the letters {before} and {letter} are both printed as {text}",
                where,
                "give one of them another name",
            )
