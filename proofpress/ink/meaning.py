"""The value of a reading, to hold against the closed form that was proved.

Place in the chain: ink -> reading -> **value** <- closed form. Signs and digits can be as
in the ledger's LaTeX, and that LaTeX be wrong; its value at many points tells.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from proofpress.errors import PressError
from proofpress.expressions import value

_TOKEN = re.compile(r"⟩/⟨|[\^_]⟨|\d+|if|otherwise|max|min|.")
_OPEN = {"(": ("(", ")"), "⟨": ("(", "⟩/⟨"), "⌊": ("floor(", "⌋"), "⌈": ("ceiling(", "⌉")}
_RELATIONS = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "=": "==", "≠": "!="}
_POINTS = 16
_ENOUGH = 6  # points at which both have a value
_NAMES = {"Piecewise", "floor", "ceiling", "Min", "Max", "Mod", "Abs", "True", "False"}


class NotRead(Exception):
    """A reading that is no formula of numbers: a set, a sum, a change of letters."""


def expression(reading: str) -> str:
    """The reading as `proofpress.expressions` writes closed forms. Raises NotRead.

    >>> expression("⟨n^⟨2⟩(n−1)⟩/⟨2⟩")
    '((n**(2)*(n-1))/(2))'
    >>> expression("{nifn≤t+1,2n−tifn>t+1.")
    'Piecewise((n, n<=t+1), (2*n-t, n>t+1))'
    """
    walk = _Walk(_TOKEN.findall(reading))
    made = walk.cases() if walk.peek() == "{" else walk.relation()
    if walk.peek():
        raise NotRead(f"{walk.peek()} in {reading}")
    return made


class _Walk:
    """A reading taken sign by sign."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens, self.at = tokens, 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or (wanted and token != wanted):
            raise NotRead(f"{token or 'the end'} instead of {wanted or 'a sign'}")
        self.at += 1
        return token

    def cases(self) -> str:
        self.take("{")
        pieces = []
        while self.peek():
            piece = self.sum()
            if self.peek() == "otherwise":
                self.take()
                pieces.append(f"({piece}, True)")
            else:
                self.take("if")
                pieces.append(f"({piece}, {self.relation()})")
            if self.peek() in (",", ".", ";"):
                self.take()
        return f"Piecewise({', '.join(pieces)})"

    def relation(self) -> str:
        made = self.sum()
        while self.peek() in _RELATIONS:
            made += _RELATIONS[self.take()] + self.sum()
        return made

    def sum(self) -> str:
        made = ""
        while True:
            if self.peek() in ("+", "−"):
                made += self.take().replace("−", "-")
            elif made:
                return made
            made += self.product()

    def product(self) -> str:
        made = self.factor()
        while True:
            if self.peek() in ("×", "·"):
                self.take()
            elif not (self.peek() in _OPEN or self.peek().isalnum()) or self.peek() in (
                "if",
                "otherwise",
            ):
                return made
            made += "*" + self.factor()

    def factor(self) -> str:
        made = self.atom()
        if self.peek() == "_⟨":
            raise NotRead("a letter with an index")
        if self.peek() == "^⟨":
            self.take()
            made += f"**({self.sum()})"
            self.take("⟩")
        return made

    def atom(self) -> str:
        token = self.take()
        if token in ("max", "min"):
            self.take("(")
            made = self.sum()
            while self.peek() == ",":
                self.take()
                made += ", " + self.sum()
            self.take(")")
            return f"{token.capitalize()}({made})"
        if token in _OPEN:
            opening, closing = _OPEN[token]
            made = opening + self.sum() + ")"
            self.take(closing)
            if token == "⟨":
                made = f"({made}/({self.sum()}))"
                self.take("⟩")
            return made
        if token.isdigit() or (len(token) == 1 and token.isalpha()):
            return token
        raise NotRead(token)


def difference(reading: str, closed_form: str) -> str | None:
    """Where the reading and the closed form differ in value; None when they nowhere do.

    They are compared, exactly, at small and large integers. Raises NotRead when the reading is no
    formula of numbers.

    >>> difference("⟨n(n+1)⟩/⟨2⟩", "n*(n + 1)/2")
    >>> difference("⟨n(n−1)⟩/⟨2⟩", "n*(n + 1)/2")
    'at n = 9 the ink says 36, the closed form 45'
    """
    shown, proved = _shown(reading, closed_form), _sides(closed_form)
    if len(shown) != len(proved):
        raise NotRead(f"{reading} has other parts than {closed_form}")
    letters = sorted(set(re.findall(r"[A-Za-z]+", closed_form)) - _NAMES)
    compared = 0
    for at in _points(letters):
        for ink, form in zip(shown, proved, strict=True):
            try:
                truth = value(form, at)
            except PressError:
                continue  # outside of the domain: a division by zero, no case
            compared += 1
            said = _said(ink, at)
            if said != truth:
                listed = ", ".join(f"{letter} = {number}" for letter, number in at.items())
                return f"at {listed or 'all values'} the ink says {said}, the closed form {truth}"
    if compared < _ENOUGH:
        raise NotRead(f"{closed_form} has a value at too few points")
    return None


def at(reading: str, letters: Mapping[str, int]) -> Fraction:
    """The value of a reading at given letters. Raises NotRead."""
    try:
        return value(expression(reading), letters)
    except PressError as error:
        raise NotRead(error.what) from error


def _said(ink: str, at: Mapping[str, int]) -> object:
    try:
        return value(ink, at)
    except PressError:
        return "nothing"


def _shown(reading: str, closed_form: str) -> list[str]:
    """What the ink says on each side of its relations; several equations stand between commas."""
    equations = reading.split(",") if closed_form.startswith("Eq(") else [reading]
    return [side for equation in equations for side in _sides(expression(equation))]


def _sides(text: str) -> list[str]:
    """The sides of relations; a formula by itself is one side.

    >>> _sides("a + b <= c"), _sides("Eq(n, m*w) & Eq(i, 1)")
    (['a + b', 'c'], ['n', 'm*w', 'i', '1'])
    """
    if text.startswith("Piecewise"):
        return [text]
    if text.startswith("Eq("):
        return [side for part in text.split(" & ") for side in part[3:-1].split(", ")]
    return [side.strip() for side in re.split(r"<=|>=|==|!=|<|>", text)]


def _points(letters: Sequence[str]) -> Iterator[dict[str, int]]:
    """Integers for the letters, the same in every run: small ones reach all cases, large ones
    tell polynomials apart."""
    chance = random.Random(12)
    for k in range(_POINTS):
        high = 12 if k % 2 == 0 else 9973
        yield {letter: chance.randint(2, high) for letter in letters}
