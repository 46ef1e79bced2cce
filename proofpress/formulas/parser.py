"""A strict parser of the LaTeX that the press prints.

Place in the chain: ledger's LaTeX -> **tree of the formula** -> value at integers.

    whole     = items | set | least | table | items "exactly when" items
    items     = item { "," item };  item = sum { relation sum } | condition
    condition = "always" | "not" (items) | (items) { "or" (items) } | sum relation sum ...
    sum       = [ "-" ] product { ("+" | "-") product }
    product   = factor { [ times ] factor };  factor = atom [ "!" ] [ ^{sum} ]
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from proofpress.formulas import tree
from proofpress.formulas.blocks import joined, table
from proofpress.formulas.letters import Cursor
from proofpress.formulas.tokens import NotRead, Token, tokens

_RELATIONS = {
    "=": "=", r"\ne": "!=", r"\neq": "!=", "<": "<", r"\le": "<=", r"\leq": "<=", ">": ">",
    r"\ge": ">=", r"\geq": ">=", r"\mid": "|",
}  # fmt: skip
_FENCES = {r"\lfloor": "floor", r"\lceil": "ceiling"}
_FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac")
_BINOMIALS = (r"\binom", r"\dbinom", r"\tbinom")
_RUNNING = {r"\sum": "sum", r"\prod": "product"}
_SPACES = (r"\ ", r"\,", r"\quad", r"\qquad")
_DIGITS = 4000  # of a numeral: Python reads no longer one
_DEEPEST = 60  # brackets within brackets; Python's own limit is not to be met


def read(source: str, functions: Collection[str] = ()) -> tree.Node:
    """Return what LaTeX says. A letter among `functions` before a bracket is a function there.

    Raises NotRead, with the column, for whatever it does not know.

    >>> tree.value(read(r"\\dfrac{n(n + 1)}{2}"), {"n": 4})
    10
    >>> tree.value(read(r"1 \\le i \\le n,\\ w \\mid n"), {"i": 2, "n": 6, "w": 3})
    True
    """
    found = tokens(source)
    rows = table(found, source)
    if rows is None:
        return Reader(joined(found, source), source, functions).whole()
    return tree.Table(tuple(Reader(row, source, functions).row() for row in rows))


class Reader(Cursor):
    """A walk over the tokens."""

    def __init__(self, found: list[Token], source: str, functions: Collection[str] = ()) -> None:
        super().__init__(found, source)
        self.functions = frozenset(functions)
        self.depth = 0
        # Where brackets were found to hold no condition: none is looked into twice.
        self.numbers: set[int] = set()

    def whole(self) -> tree.Node:
        """Return all that is there."""
        if self.sign == r"\bigl":
            made: tree.Node = self.points()
        elif self.sign == r"\min" and self.ahead() == r"\bigl":
            made = self.least()
        else:
            made = self.items()
            self.spaces()
            if self.text("exactly when"):
                self.spaces()
                made = tree.Exactly(self.condition(made), self.condition(self.items()))
        self.end()
        return made

    def row(self) -> tree.Row:
        """Return a row of a table of parts."""
        label = self.label()
        for sign in (":", r"\quad", "&"):
            self.take(sign)
        sides = [self.sum()]
        self.take("&")
        self.take("&")
        self.take("=")
        sides.append(self.sum())
        self.end()
        return tree.Row(label, tree.Relation(tuple(sides), ("=",)))

    def end(self) -> None:
        """Raise NotRead where something follows."""
        if self.at < len(self.found):
            raise self.fault(f"{self.sign} after the formula")

    def spaces(self) -> None:
        """Step over spaces."""
        while self.sign in _SPACES:
            self.take()

    def points(self) -> tree.Points:
        """Return the set that comes next."""
        self.opening()
        if self.taken("("):
            letters = [self.letter()]
            while self.taken(","):
                self.spaces()
                letters.append(self.letter())
            self.take(")")
        else:
            letters = [self.letter()]
        self.take(":")
        condition = self.condition(self.items())
        self.closing()
        return tree.Points(tuple(letters), condition)

    def least(self) -> tree.Least:
        """Return the least number of a set, which comes next."""
        self.take(r"\min")
        self.opening()
        bound = self.condition(self.item())
        self.take(":")
        condition = self.condition(self.items())
        self.closing()
        return tree.Least(bound, condition)

    def opening(self) -> None:
        """Step over the brace that opens a set."""
        self.take(r"\bigl")
        self.take(r"\{")

    def closing(self) -> None:
        """Step over the brace that closes a set."""
        self.take(r"\bigr")
        self.take(r"\}")

    def items(self) -> tree.Node:
        """Return one item, or conditions that hold together."""
        found = [self.item()]
        while self.sign == "," and self.ahead() not in (r"\\", r"\end{cases}"):
            self.take(",")
            self.spaces()
            found.append(self.item())
        if len(found) == 1:
            return found[0]
        return tree.All(tuple(self.condition(one) for one in found))

    def condition(self, made: tree.Node) -> tree.Node:
        """Return a node that is a condition; raises NotRead for a number."""
        if isinstance(made, tree.Relation | tree.All | tree.Any | tree.Not | tree.Truth):
            return made
        raise self.fault("a number where a condition stands")

    def item(self) -> tree.Node:
        """Return a formula, a chain of relations, or another condition."""
        if words := self.text("always", "never"):
            return tree.Truth(words == "always")
        if self.text("not"):
            return tree.Not(self.group())
        if self.sign == "(" and self.at not in self.numbers:
            start, depth = self.at, self.depth
            try:
                found = [self.group()]
            except NotRead:
                self.at, self.depth = start, depth
                self.numbers.add(start)
            else:
                while self.text("or"):
                    found.append(self.group())
                return found[0] if len(found) == 1 else tree.Any(tuple(found))
        return self.relation()

    def group(self) -> tree.Node:
        """Return the conditions in the brackets that come next."""
        return self.inside("(", ")", lambda: self.condition(self.items()))

    def inside(self, opening: str, closing: str, what: Callable[[], tree.Node]) -> tree.Node:
        """Return what stands between two signs."""
        self.take(opening)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fault("too many brackets within brackets")
        made = what()
        self.depth -= 1
        self.take(closing)
        return made

    def relation(self) -> tree.Node:
        """Return a sum, or a chain of them."""
        sides, signs = [self.sum()], []
        while self.sign in _RELATIONS:
            signs.append(_RELATIONS[self.take().sign])
            sides.append(self.sum())
        if "|" in signs and len(signs) > 1:
            raise self.fault("a chain with a divisor")
        return tree.Relation(tuple(sides), tuple(signs)) if signs else sides[0]

    def sum(self) -> tree.Node:
        """Return terms with their signs, added."""
        terms = self.terms()
        return terms[0] if len(terms) == 1 else tree.Plus(tuple(terms))

    def terms(self) -> list[tree.Node]:
        """Return terms with their signs."""
        terms = [tree.Minus(self.product()) if self.taken("-") else self.product()]
        while self.sign in ("+", "-"):
            turned = self.take().sign == "-"
            # A part that is taken away is printed as + -1 x ...: its sign belongs to the number.
            if not turned and self.sign == "-" and self.ahead().isdigit():
                self.take()
                turned = True
            term = self.product()
            terms.append(tree.Minus(term) if turned else term)
        return terms

    def product(self) -> tree.Node:
        """Return factors, joined by a sign or side by side."""
        factors = [self.factor()]
        while True:
            if self.sign in (r"\times", r"\cdot"):
                self.take()
            elif self.sign.isdigit():
                raise self.fault("a numeral after a factor, without a sign between them")
            elif self.sign in _FRACTIONS and isinstance(factors[-1], tree.Number):
                raise self.fault("a fraction after a numeral, without a sign between them")
            elif not self.starts_factor():
                break
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else tree.Times(tuple(factors))

    def starts_factor(self) -> bool:
        """Return whether a factor can begin here."""
        sign = self.sign
        return (
            sign in ("(", r"\left", r"\lvert", r"\max", r"\min", r"\begin{cases}")
            or sign in (*_FENCES, *_FRACTIONS, *_BINOMIALS)
            or self.stands_at_letter()
        )

    def factor(self) -> tree.Node:
        """Return an atom with its factorial sign and exponent."""
        made = self.atom()
        if self.taken("!"):
            made = tree.Call("factorial", (made,))
            if self.sign in ("!", "^"):
                raise self.fault(f"{self.sign} after a factorial")
        if self.taken("^"):
            made = tree.Power(made, self.inside("{", "}", self.sum))
            if self.sign in ("^", "!", "'"):
                raise self.fault(f"{self.sign} after an exponent")
        return made

    def atom(self) -> tree.Node:
        """Return what is no sum, no product and no power, unless in brackets."""
        sign = self.sign
        if sign.isdigit() and sign.isascii():
            if len(sign) > _DIGITS:
                raise self.fault(f"a numeral of {len(sign)} digits")
            return tree.Number(int(self.take().sign))
        if sign == "(":
            return self.inside("(", ")", self.bracketed)
        if sign == r"\left":
            self.take()
            return self.fence(r"\right")
        if sign in _FENCES or sign == r"\lvert":
            return self.fence()
        if sign in _FRACTIONS:
            self.take()
            return tree.Quotient(*self.two())
        if sign in _BINOMIALS:
            self.take()
            return tree.Call("binomial", self.two())
        if sign in (r"\max", r"\min"):
            name = self.take().sign[1:]
            return tree.Call(name, self.arguments())
        if sign in _RUNNING:
            return self.running()
        if sign == r"\begin{cases}":
            return self.cases()
        if self.taken(r"\infty"):
            return tree.Infinity()
        if self.taken(r"\#", r"\,"):
            return tree.Amount(self.label())
        name = self.letter()
        if name in self.functions and self.sign == "(":
            return tree.Named(name, self.arguments())
        return tree.Letter(name)

    def bracketed(self) -> tree.Node:
        """Return a sum, or the remainder of a division."""
        signed = self.sign == "-"
        terms = self.terms()
        if self.sign != r"\bmod":
            return terms[0] if len(terms) == 1 else tree.Plus(tuple(terms))
        if signed or len(terms) > 1:
            raise self.fault("a sum without brackets before \\bmod")
        self.take()
        return tree.Call("mod", (terms[0], self.factor()))

    def two(self) -> tuple[tree.Node, tree.Node]:
        """Return two braced arguments."""
        return self.inside("{", "}", self.sum), self.inside("{", "}", self.sum)

    def arguments(self) -> tuple[tree.Node, ...]:
        """Return what stands in brackets, between commas."""
        found: list[tree.Node] = []

        def listed() -> tree.Node:
            found.append(self.sum())
            while self.taken(","):
                self.spaces()
                found.append(self.sum())
            return found[0]

        self.inside("(", ")", listed)
        return tuple(found)

    def fence(self, closing: str = "") -> tree.Node:
        """Return what stands between floors, ceilings, bars or large brackets."""
        sign = self.token.sign
        if sign in _FENCES:
            made = self.inside(sign, closing or sign.replace("l", "r", 1), self.sum)
            if closing:
                self.take(sign.replace("l", "r", 1))
            return tree.Call(_FENCES[sign], (made,))
        if sign == r"\lvert":
            made = self.inside(sign, closing or r"\rvert", self.sum)
            if closing:
                self.take(r"\rvert")
            return tree.Call("abs", (made,))
        if sign == "(" and closing:
            made = self.inside("(", closing, self.bracketed)
            self.take(")")
            return made
        raise self.fault(f"the fence {sign}")

    def running(self) -> tree.Running:
        """Return a sum or product with its limits; its term reaches to the next + or -."""
        sign = _RUNNING[self.take().sign]
        low: list[tree.Node] = []

        def below() -> tree.Node:
            letter = self.letter()
            if self.taken("="):
                low.append(self.sum())
            return tree.Letter(letter)

        self.take("_")
        letter = self.inside("{", "}", below)
        assert isinstance(letter, tree.Letter)
        high = self.inside("{", "}", self.sum) if low and self.take("^") else None
        return tree.Running(sign, letter.name, low[0] if low else None, high, self.product())

    def cases(self) -> tree.Cases:
        """Return the rows of cases."""
        self.take(r"\begin{cases}")
        rows: list[tree.Case] = []
        while True:
            term = self.sum()
            self.take("&")
            when, after = None, bool(self.text("otherwise"))
            if not after:
                after = bool(self.text("otherwise, if"))
                if not after and not self.text("if"):
                    raise self.fault("no condition of a case")
                when = self.condition(self.items())
            rows.append(tree.Case(term, when, after))
            if self.sign in (",", "."):
                self.take()
            if self.taken(r"\end{cases}"):
                break
            self.take(r"\\")
            if self.taken("["):
                while self.take().sign != "]":
                    pass
        if any(row.when is None for row in rows[:-1]):
            raise self.fault("a case after all others")
        return tree.Cases(tuple(rows))


def letters(node: tree.Node, bound: Sequence[str] = ()) -> frozenset[str]:
    """Return the names of the letters in a formula that are not bound in it.

    >>> sorted(letters(read(r"\\sum_{i = 1}^{n} i k")))
    ['k', 'n']
    """
    free: set[str] = set()
    hidden: set[str] = set(bound)
    for part in node.parts():
        if isinstance(part, tree.Letter):
            free.add(part.name)
        elif isinstance(part, tree.Running):
            hidden.add(part.letter)
    return frozenset(free - hidden)
