"""What a terminal shows in the end, whatever was written to it."""

import pytest

from proofpress.notebook.terminal import final_lines

E = "\x1b"


def plain(text: str) -> list[str]:
    return ["".join(part for _, part in line) for line in final_lines(text)]


CASES = {
    "a bar": ("\r1/20 [>  ]\r 20/20 [==>]\n", [" 20/20 [==>]"]),
    "a shorter text leaves the rest": ("12345\rab\n", ["ab345"]),
    "two bars": (f"a: 1\nb: 1{E}[A\ra: 2\n\rb: 2\n", ["a: 2", "b: 2"]),
    "backspaces": ("12\b\b34\b5", ["35"]),
    "keras": ("1/2 [=>..]\b\b\b\b\b\b\b\b\b\b2/2 [====]\n", ["2/2 [====]"]),
    "a line erased": (f"working ...\r{E}[Kdone", ["done"]),
    "all erased": (f"a\nb\n{E}[2J{E}[Hc", ["c"]),
    "a link": (
        f"{E}]8;;https://example.org{E}\\a link{E}]8;;{E}\\ and {E}(B reset",
        ["a link and  reset"],
    ),
    "a title": (f"{E}]0;title\x07text", ["text"]),
    "an unfinished code": (f"text{E}]8;;https", ["text"]),
    "a string to the terminal": (f"a{E}Pq#0;2{E}\\b{E}_x{E}\\c", ["abc"]),
    "another screen": (f"a\n{E}[?1049hmenu{E}[?1049lb", ["a", "b"]),
    "moved and brought back": (f"ab{E}[s\n\nc{E}[ud", ["abd", "", "c"]),
    "columns": (f"a{E}[10Gb{E}[3Dc", ["a      c b"]),
    "repeated": (f"-{E}[4b|", ["-----|"]),
    "hidden cursor": (f"{E}[?25la{E}[?25h", ["a"]),
    "line ends of Windows": ("a\r\nb\r\n", ["a", "b"]),
    "a bell": ("a\x07b", ["ab"]),
    "tabs": ("a\tb", ["a       b"]),
    "wide signs": (f"{E}[1m漢字{E}[0m x", ["漢字 x"]),
    "far away": (f"a{E}[9999999B", ["a"]),
    "inner empty lines": ("\n\na\n\nb\n\n", ["a", "", "b"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_what_stands_there_in_the_end(text, lines):
    assert plain(text) == lines


@pytest.mark.parametrize(
    ("code", "macro"),
    [
        ("31", "Shown{B22222}{}"),
        ("1", r"Shown{000000}{\bfseries}"),
        ("1;3;34", r"Shown{1F4FB2}{\bfseries\itshape}"),
        ("93", "Shown{8A6100}{}"),
        ("38;5;196", "Shown{E50000}{}"),
        ("38;2;10;20;30", "Shown{0A141E}{}"),
        ("38:2::10:20:30", "Shown{0A141E}{}"),
        ("38:5:16", ""),
        ("4:3", ""),
        ("4:3;31", "Shown{B22222}{}"),
        ("58:2::1:2:3", ""),
    ],
)
def test_a_colour_is_replayed_so_dark_that_paper_shows_it(code, macro):
    assert final_lines(f"{E}[{code}mx{E}[0m") == [[(macro, "x")]]


def test_ten_thousand_steps_of_a_bar_are_one_line():
    text = "".join(f"\r{n / 100:.0f}%|{'#' * (n // 500)}| {n}/10000" for n in range(10_001))
    assert plain(text) == ["100%|####################| 10000/10000"]
