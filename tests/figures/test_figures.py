import importlib
import itertools
import re
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from small_ledger import small_ledger

from figures import causal, comparison, receptive
from figures.comparison import spread
from proofpress.documents.facts import Facts
from proofpress.drawing import save
from proofpress.drawing.style import ACCENT, SMALL_SIZE
from proofpress.faults.errors import PressError


@pytest.fixture
def ledger():
    return small_ledger()


PREAMBLE = Path(causal.__file__).parents[1] / "templates/preamble.tex"
FOLDER = Path(causal.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in ("__init__", "masks"))


def drawn(name: str, ledger) -> Figure:
    return importlib.import_module(f"figures.{name}").draw(Facts(ledger))


def marked(figure: Figure) -> set[tuple[int, int]]:
    """The squares whose centres the dark patch of the first axes covers, as (row, column)."""
    axes = figure.axes[0]
    n = round(axes.get_xlim()[1])
    (dark,) = (
        patch for patch in axes.patches
        if isinstance(patch, PathPatch)
        and to_hex(patch.get_facecolor()) == ACCENT.lower()
        and patch.get_fill()
    )  # fmt: skip
    runs = dark.get_path().to_polygons()
    return {
        (i, j)
        for i in range(1, n + 1)
        for j in range(1, n + 1)
        for run in runs
        if run[:, 0].min() < j - 0.5 < run[:, 0].max()
        and run[:, 1].min() < i - 0.5 < run[:, 1].max()
    }


@pytest.mark.parametrize("name", ["causal", "sliding", "windowed"])
def test_a_grid_marks_exactly_the_counted_pairs(name, ledger):
    counted = ledger["claims"][f"attention.{name}"]["examples"]["grid"]["cells"]
    assert marked(drawn(name, ledger)) == {(i, j) for i, j in counted}


def test_the_other_reading_fills_what_both_count(ledger):
    windowed = ledger["claims"]["attention.windowed"]["examples"]["grid"]["cells"]
    assert marked(drawn("prefix_windowed", ledger)) == {(i, j) for i, j in windowed}


def test_a_changed_ledger_changes_the_grid(ledger):
    ledger["claims"]["attention.causal"]["examples"]["grid"]["cells"] = [[2, 5]]
    assert marked(causal.draw(Facts(ledger))) == {(2, 5)}


def test_the_receptive_field_is_turned_so_that_i_counts_columns(ledger):
    assert marked(receptive.draw(Facts(ledger))) == {
        (b, a) for a in range(1, 4) for b in range(1, 6)
    }


def test_wavefronts_are_compared_with_the_proved_depth(ledger):
    ledger["claims"]["recurrence.depth"]["closed_form"] = "2*n"
    with pytest.raises(PressError, match=r"needs 11 steps, recurrence\.depth says 12"):
        receptive.draw(Facts(ledger))


def test_the_curves_are_the_closed_forms(ledger):
    lines = comparison.draw(Facts(ledger)).axes[0].lines
    sizes = [int(size) for size in lines[0].get_xdata()]
    assert sizes[:3] == [4, 8, 16]
    assert list(lines[0].get_ydata()) == [n * n for n in sizes]
    assert list(lines[1].get_ydata()) == [n * (n + 1) // 2 for n in sizes]
    assert list(lines[2].get_ydata()) == [3 * (2 * n - 2) // 2 for n in sizes]
    assert list(lines[3].get_ydata()) == [n * 5 // 2 for n in sizes]


def test_names_of_curves_do_not_touch():
    places = spread([0.9, 0.5, 0.49, 0.48], 0.06)
    gaps = [a - b for a, b in itertools.pairwise(places)]
    assert all(gap >= 0.0599 for gap in gaps) and places == sorted(places, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_fits_the_page_and_can_be_read(name, ledger):
    figure = drawn(name, ledger)
    width = re.search(r"textwidth=(\d+)mm", PREAMBLE.read_text(encoding="utf-8"))
    assert width is not None and figure.get_size_inches()[0] * 25.4 <= float(width[1])
    texts = [
        text
        for axes in figure.axes
        for text in axes.findobj(match=lambda o: hasattr(o, "get_fontsize"))
    ]
    assert texts and min(text.get_fontsize() for text in texts) >= SMALL_SIZE


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_can_be_saved(name, ledger, tmp_path_factory, tmp_path):
    store = tmp_path_factory.getbasetemp() / "figures-store"
    save(drawn(name, ledger), tmp_path / name, store=store)
    assert (tmp_path / f"{name}.pgf").stat().st_size < 150_000
