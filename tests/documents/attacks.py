"""Texts that want to be more than text: known attacks, grammar-made ones and random ones.

All come from one seed, so that a text that was found can be found again.
"""

import random
from collections.abc import Iterator

# What is known to have got out of other programs' templates and converters.
KNOWN = (
    r"\input{/etc/passwd}",
    r"\include{../../secret}",
    r"\immediate\write18{id}",
    r"\write18{rm -rf ~}",
    r"\openout5=/tmp/x \write5{x}",
    r"\newread\f\openin\f=/etc/passwd\read\f to\l\l",
    r"\csname input\endcsname{x}",
    r"\catcode`\%=12 \catcode`\\=12",
    r"\makeatletter\@@input|ls",
    r"\end{document}\bye",
    r"}\end{nbOutput}\nbCodeLine{",
    r"\expandafter\def\csname VAR\endcsname{x}",
    r"^^5cinput{x} ^^7d ^^^^005c",
    r"\verb|\input| \begin{verbatim}",
    r"\loop\iftrue\repeat",
    r"\def\x{\x\x}\x",
    r"\\[1000pt]",
    "[1000pt] x",
    "* x",
    r"\noexpand\string\the\jobname",
    r"$\alpha$ \[ x \] \( y \)",
    "$$ x",
    "% a comment",
    "a & b \\\\ \\hline",
    "#1 ##1 #",
    "~ _ ^ |",
    "{" * 40,
    "}" * 40,
    "\\",
    "\\\n\\\n",
    "a\n\nb\\par c",
    r"\VAR{claim('x')} \BLOCK{for x in y} \#{",
    "{{ ''.__class__.__mro__ }} {% raw %}",
    "\ue000macros.tex.j2:1\ue001",
    "--- -- << >> ,, '' `` ?` !`",
    "<script>alert(1)</script><td>",
    "</td></tr></table><table><tr><td>",
    "<![\\(&",
    "|a|b|\n|--|--|\n|`x`|$y$|",
    "![x](y) [x](javascript:1) <http://a.b/{c}?d=\\e>",
    "[x](https://a.b/%5C{}~^_#&$) &#10;&#10; &lbrace;",
    "```\n\\end{nbCode}\n```",
    "\x1b[31mred\x1b[0m \x1b]8;;x\x07",
    "e\u0301 A\u030a \u202ertl \u200b\ufeff",
    "\ud800",
)
_SPECIAL = r"\{}$&#^_~%[]*()\"'`,<>-?!@|=+/:;. " + "\n\t"
_WORDS = "input write18 end begin def catcode csname verb document par relax VAR alpha left x"
_SIGNS = "αΩ→≤√×−“”’…–éßŁøčĲ"


def texts(number: int, seed: int) -> Iterator[str]:
    """So many texts: each known attack first, then others by lot.

    >>> list(texts(2, 1)) == list(KNOWN[:2])
    True
    """
    lot = random.Random(seed)
    for place in range(number):
        if place < len(KNOWN):
            yield KNOWN[place]
        else:
            yield lot.choice((_signs, _signs, _grammar, _grammar, _spliced, _anything))(lot)


def _signs(lot: random.Random) -> str:
    """Signs that TeX, Markdown or HTML give a meaning to, between letters."""
    return "".join(lot.choices(_SPECIAL + "abc" + _SIGNS, k=lot.randint(1, 24)))


def _grammar(lot: random.Random, depth: int = 0) -> str:
    """Commands with arguments, groups, environments and formulas, now and then left open."""
    word = lot.choice(_WORDS.split())
    inner = _grammar(lot, depth + 1) if depth < 3 and lot.random() < 0.7 else lot.choice("ab1 ")
    made = lot.choice(
        (
            f"\\{word}{{{inner}}}",
            f"\\{word}[{inner}] ",
            f"\\begin{{{word}}}{inner}\\end{{{word}}}",
            f"${inner}$",
            f"{{{inner}",
            f"{inner}}}",
            f"^^{lot.randrange(256):02x}{inner}",
            f"\\catcode`\\{lot.choice(_SPECIAL)}={lot.randrange(16)} {inner}",
            f"<{word} {inner}>",
            f"`{inner}` *{inner}* [{inner}]({word})",
            f"{inner} & {inner} \\\\ ",
        )
    )
    return made[:80]


def _spliced(lot: random.Random) -> str:
    """Halves of two known attacks."""
    one, other = lot.choice(KNOWN), lot.choice(KNOWN)
    return one[: lot.randint(0, len(one))] + other[lot.randint(0, len(other)) :]


def _anything(lot: random.Random) -> str:
    """Any characters, controls among them."""
    highest = lot.choice((0x20, 0x100, 0x250, 0x3000, 0x10000, 0x110000))
    return "".join(chr(lot.randrange(highest)) for _ in range(lot.randint(1, 8)))
