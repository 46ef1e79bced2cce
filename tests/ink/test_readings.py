"""The LaTeX of every formula of the press reads as it is meant, and so does its value."""

import subprocess
import sys
from fractions import Fraction

import pytest

from proofpress.faults.errors import PressError
from proofpress.ink import meaning
from proofpress.ink.expected import number_fault
from proofpress.ink.readings import of_ink, of_latex
from proofpress.kinds.marks import Glyph, Rule


@pytest.mark.parametrize(
    ("latex", "reading"),
    [
        (r"n^{2} h(c + h)", "n^⟨2⟩h(c+h)"),
        (r"-\tfrac{(t - 2n)}{2n^{2}}", "−⟨(t−2n)⟩/⟨2n^⟨2⟩⟩"),
        (r"W_{\mathrm{in}} :\quad & h \times c &&= c h", "W_⟨in⟩:h×c=ch"),
        (r"\left\lceil \dfrac{n - 1}{k - 1} \right\rceil", "⌈⟨n−1⟩/⟨k−1⟩⌉"),
        (r"\text{feed-forward} - 1", "feed-forward−1"),
        (r"n'^{2} + l'", "n^⟨′2⟩+l^⟨′⟩"),
        (r"8{,}384 \%", "8,384%"),
        (r"\max(1,\ i - t) \le j", "max(1,i−t)≤j"),
        (r"((n + 1) \bmod (w + 1))", "((n+1)mod(w+1))"),
        (r"\dfrac{\binom{n + 1}{2}}{3}", "⟨⟨n+1⟩¦⟨2⟩⟩/⟨3⟩"),
        (r"\lvert n - t \rvert^{2}", "|n−t|^⟨2⟩"),
        (r"\mathrm{rows} \cdot q_{\mathrm{max}}", "rows·q_⟨max⟩"),
    ],
)
def test_latex(latex: str, reading: str) -> None:
    assert of_latex(latex) == reading


def test_an_unknown_command_is_named() -> None:
    with pytest.raises(PressError, match=r"\\mathfrak"):
        of_latex(r"\mathfrak{n}")


def glyphs(text: str, x: float, y: float, size: float = 10) -> list[Glyph]:
    return [Glyph(c, x + 5 * k, y, x + 5 * k + 5, size) for k, c in enumerate(text)]


def test_ink_of_scripts_and_fractions() -> None:
    power = [*glyphs("n", 0, 0), *glyphs("2", 5, 4, 7), *glyphs("h", 10, 0)]
    assert of_ink(power) == "n^⟨2⟩h"
    index = [*glyphs("h", 0, 0), *glyphs("ij", 5, 4, 7), *glyphs("k", 5, -3, 7)]
    assert of_ink(index) == "h_⟨k⟩^⟨ij⟩"
    half = [*glyphs("n", 1, 7), Rule(0, 2.5, 7), *glyphs("2", 1, -7), *glyphs("+1", 8, 0)]
    assert of_ink(half) == "⟨n⟩/⟨2⟩+1"
    assert of_ink([*glyphs("n", 1, 7), *glyphs("2", 1, -7)]) == "n2"


@pytest.mark.parametrize("size", [8, 9, 10, 12])
def test_a_sum_in_small_print_has_the_limits_that_it_has_in_large(size: int) -> None:
    """The font of large operators has one size, so that all of small print is smaller than it."""
    script = 0.7 * size
    shown = [
        *glyphs("0+", -10, 0, size),
        Glyph("∑", 0, 7, 10, 10, hangs=True),
        *glyphs("n", 10, 5, script),
        *glyphs("k=1", 10, -3, script),
        *glyphs("(k+1)", 26, 0, size),
    ]
    assert of_ink(shown) == "0+∑_⟨k=1⟩^⟨n⟩(k+1)"


def test_an_upper_limit_may_be_wider_than_its_sum() -> None:
    """TeX draws it first; its last sign stands where a script beside the sum would."""
    shown = [
        *glyphs("n-t-1", -6, 11, 7),
        Glyph("∑", 0, 7, 14, 10, hangs=True),
        *glyphs("i=1", 0, -10, 7),
        *glyphs("t", 21, 0),
    ]
    assert of_ink(shown) == "∑_⟨i=1⟩^⟨n-t-1⟩t"


@pytest.mark.parametrize(
    ("reading", "closed_form", "says"),
    [
        ("n^⟨2⟩h(c+2h)", "h*n**2*(c + 2*h)", None),
        ("⟨2n+1⟩/⟨2⟩", "n + 1/2", None),
        ("⌈⟨2(n−1)⟩/⟨k−1⟩⌉", "ceiling((2*n - 2)/(k - 1))", None),
        ("nifn≤t,2n−tifn>t+1.", "n", "NotRead"),
        ("{nifn≤t,2n−tifn>t.", "Piecewise((n, n <= t), (2*n - t, n >= t + 1))", None),
        ("a+b≤2c", "a + b <= 2*c", None),
        ("a+b≤3c", "a + b <= 2*c", "the ink says"),
        ("n=mw,i=w(k−1)+a", "Eq(n, m*w) & Eq(i, a + w*(k - 1))", None),
        ("x=a+1,u=b", "Eq(u, b) & Eq(x, a + 1)", None),
        ("x=a+1,u=b", "Eq(u, b) & Eq(x, a)", "the ink says"),
        ("n^⟨3⟩", "n**2", "the ink says"),
        ("((n+1)mod(w+1))", "Mod(n + 1, w + 1)", None),
        ("((n+1)modw)", "Mod(n + 1, w + 1)", "the ink says"),
        ("t⟨n+1⟩¦⟨2⟩", "t*binomial(n + 1, 2)", None),
        ("t⟨n⟩¦⟨2⟩", "t*binomial(n + 1, 2)", "the ink says"),
        ("2|n−t|n+|n||t|", "2*n*Abs(n - t) + Abs(n)*Abs(t)", None),
        ("(−1)^⟨n⟩n−2^⟨t⟩", "(-1)**n*n - 2**t", None),
        ("(n+1)!−n!", "factorial(n + 1) - factorial(n)", None),
        ("rows·n_⟨1⟩+α", "rows*n_1 + alpha", None),
        ("rows·n_⟨1⟩+α", "rows*n1 + alpha", None),
        ("min(n,t,3)^⟨2⟩", "Min(3, n, t)**2", None),
        (
            "{⟨n⟩/⟨2⟩if2|n,n≥2,⟨n−1⟩/⟨2⟩otherwise,ifn>0.",
            "Piecewise((n/2, Eq(Mod(n, 2), 0) & (n >= 2)), ((n - 1)/2, n > 0))",
            None,
        ),
        ("{1ifn=1,n^⟨2⟩otherwise.", "n**2", None),
        ("{0if(n≤2)or(t>n),t≥0,nifnot(n≤2)andso.", "n", "NotRead"),
        (
            "{0if(n≤2)or(n≥9),nifnot((n≤2)or(n≥9)).",
            "Piecewise((0, Or(n <= 2, n >= 9)), (n, True))",
            None,
        ),
        ("{(i,j):1≤i}", "n", "NotRead"),
    ],
)
def test_the_value_of_a_reading(reading: str, closed_form: str, says: str | None) -> None:
    try:
        found = meaning.difference(reading, closed_form)
    except meaning.NotRead:
        found = "NotRead"
    assert found is None if says is None else found is not None and says in found


def test_values_are_compared_inside_the_domain() -> None:
    """Outside of it a formula may have no value, or another one."""
    windows = r"w \mid n,\ n \ge 1,\ w \ge 1"
    assert meaning.difference("n", "w*floor(n/w)", windows) is None
    assert "the ink says" in str(meaning.difference("n", "w*floor(n/w)"))
    only = r"n = 7"
    assert meaning.difference("n", "7", only, ("n",)) is None
    with pytest.raises(meaning.NotRead):
        meaning.difference("n", "n", r"n \ge 1,\ n \le 0")


def test_two_polynomials_that_agree_at_small_numbers_differ() -> None:
    """F + (n-1)(n-2)...(n-12) passes every enumeration up to 12."""
    product = "".join(f"(n−{k})" for k in range(1, 13))
    assert meaning.difference(f"n+{product}", "n") is not None


def test_value_at_letters() -> None:
    assert meaning.at("⟨n+1⟩/⟨2n⟩", {"n": 12}) == Fraction(13, 24)


@pytest.mark.parametrize(
    ("number", "reading", "options", "good"),
    [
        (8384, "8,384", {}, True),
        (8384, "8384", {}, True),
        (8384, "83,84", {}, False),
        (-3, "−3", {}, True),
        (-3, "3", {}, False),
        ("13/24", "⟨13⟩/⟨24⟩", {}, True),
        ("13/24", "⟨24⟩/⟨13⟩", {}, False),
        ("123/10000", "0.0123", {"decimal": "4"}, True),
        ("123/10000", "1.230", {"decimal": "3"}, False),  # 1.23e-2 set as 1.230 x 10^2
        ("13/24", "54.2%", {"percent": "1"}, True),
        ("13/24", "54.2", {"percent": "1"}, False),
        ("13/24", "54.17%", {"percent": "1"}, False),
        (12, "", {}, False),
    ],
)
def test_numbers(number: int | str, reading: str, options: dict[str, str], good: bool) -> None:
    assert (number_fault(number, reading, options) is None) == good


def test_reading_the_ink_needs_no_sympy() -> None:
    code = (
        "import sys; import proofpress.ink.step, proofpress.audit.snapshot, "
        "proofpress.audit.suggestions; sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
