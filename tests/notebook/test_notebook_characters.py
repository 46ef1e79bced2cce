"""Characters of any kind in prose, code and outputs: printed, drawn, or named all at once."""

import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from test_notebook_latex import converted, printed, stream

from proofpress.build import inside

SHOWN = {
    "box lines": "┏━┳╍┓│┃║╔═╗╭─╮┄┊╱╲╳",
    "blocks": "▁▂▃▄▅▆▇█▉▊▋▌▍▎▏░▒▓▀▐",
    "emoji": "🎯🤗⭐❔✅👍🏽👩‍💻🇩🇪❤️",
    "Chinese, Japanese, Korean": "漢字かなカナ한국어，。",
    "other alphabets": "Привет жизнь שלום مرحبا नमस्ते ไทย",
    "digits above and below": "x₁₂ + y⁴⁵ aₙ xᵢ",
    "accents": "x̂ ñ n̈ z̈ q̃ ĭ ä̂",
    "marks": "✓✔✗✘★☆●○■□▶→⇒",
    "letters of mathematics": "ℝℕℤ 𝔼 𝒩 𝐱 ∈∉ ⊊⨯",
}


# What no page of the web can hold either: in prose it is refused by its number.
UNSEEN = {
    "control": "a\x01b\x7fc\u2028d\u0085e",
    "not even Unicode": "\ue000 \U0010ffff",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_is_no_character_can_stand_in_code_and_outputs(tmp_path, text):
    cell = new_code_cell(f"x = '{text}'", outputs=[stream(f"out {text}\nend")])
    page = "\n".join(printed(tmp_path, converted(tmp_path, cell)))
    assert page.rstrip("1\n ").endswith("end")


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_any_character_can_stand_anywhere(tmp_path, text):
    cells = [
        new_markdown_cell(f"# {text}\n\nprose {text} `{text}`"),
        new_code_cell(f"x = '{text}'  # {text}", outputs=[stream(f"out {text}\nend")]),
    ]
    page = "\n".join(printed(tmp_path, converted(tmp_path, *cells)))
    assert page.rstrip("1\n ").endswith("end")


def test_tokens_of_sentencepiece_keep_their_low_line(tmp_path):
    tokens = "['▁Hello', '##ing', '_Hello']"
    cell = new_code_cell(f"x = {tokens}", outputs=[stream(tokens)])
    page = printed(tmp_path, converted(tmp_path, cell))[0]
    assert page.count("['_Hello', '##ing', '_Hello']") == 2


def test_signs_that_no_font_has_are_told_all_at_once_and_named(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(inside, "listener", told.append)
    cells = [
        new_markdown_cell("# 🎯 Goal\n\nWe fine-tune a 🤗 model: жизнь."),
        new_code_cell("print('Done ✅')", outputs=[stream("Done ✅ 漢")]),
    ]
    page = printed(tmp_path, converted(tmp_path, *cells))[0]
    for name in ("⟨direct hit⟩ Goal", "⟨hugging face⟩", "⟨white heavy check mark⟩", "⟨U+6F22⟩"):
        assert name.lower() in page.lower()
    assert [(note["what"].partition(": ")[2], note["where"]) for note in told] == [
        (
            "🎯 (direct hit), 🤗 (hugging face), ✅ (white heavy check mark), 漢 (U+6F22)",
            "demo.ipynb, cells 1, 2",
        )
    ]


BOX = """\
┏━━━━━━━┳━━━━━━━━┓
┃ Layer ┃ Params ┃
┡━━━━━━━╇━━━━━━━━┩
│ dense │  1,200 │
└───────┴────────┘"""


def dark_columns(folder, left: float, right: float) -> list[int]:
    """Where dark lines go down through a table on the first page, in dots."""
    page = pypdfium2.PdfDocument(folder / "doc.pdf")[0].render(scale=4).to_pil().convert("L")
    box = page.crop((int(left * 4), 0, int(right * 4), page.height))
    counts = [sum(box.getpixel((x, y)) < 128 for y in range(box.height)) for x in range(box.width)]
    return [x for x, count in enumerate(counts) if count > 100]


def test_a_table_of_box_lines_has_lines_that_meet(tmp_path):
    printed(tmp_path, converted(tmp_path, new_code_cell("1", outputs=[stream(BOX)])))
    columns = dark_columns(tmp_path, 75, 250)
    groups = [x for n, x in enumerate(columns) if not n or x - columns[n - 1] > 4]
    # Three lines, as far apart as their signs: 8 and 9 columns.
    first, second, third = groups[-3:]
    assert (third - second) / (second - first) == pytest.approx(9 / 8, rel=0.05)


@pytest.mark.parametrize("width", [99, 130, 165])
def test_a_ruled_table_is_made_smaller_and_not_broken(tmp_path, width):
    line = "+" + "-" * (width - 2) + "+"
    table = "\n".join([line, "|" + "x".center(width - 2) + "|", line])
    body = converted(tmp_path, new_code_cell("1", outputs=[stream(table)]))
    assert body.count(r"\nbOutputLine") == 3
    assert rf"\nbScaled{{{width}}}" in body
    printed(tmp_path, body)
    of_page = pypdfium2.PdfDocument(tmp_path / "doc.pdf")[0].get_textpage()
    assert max(of_page.get_charbox(n)[2] for n in range(of_page.count_chars())) < 540
