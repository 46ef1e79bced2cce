"""Grids as they are drawn, set by TeX and read back from the page."""

from pathlib import Path

import pytest

from proofpress import pair_grid
from proofpress.drawing import new_figure, save
from proofpress.drawing.style import axes_at
from proofpress.ink.document import Document
from proofpress.kinds import grid
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

SIDE = 54.0


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("grid-store")


def page(folder: Path, store: Path, size, cells, **options) -> Path:
    figure = new_figure(SIDE + 12, SIDE + 12)
    pair_grid(axes_at(figure, 11, 1, SIDE, SIDE), size, cells, **options)
    save(figure, folder / "grid", find(), store)
    return folder / "grid.pdf"


def read(pdf: Path) -> grid.Grid:
    shown = grid.read(Document(pdf).marks(0))
    assert shown is not None
    return shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "size",
    [1, 2, 9, 12, 35, 36, 37, 64, 99, 100, 120, (1, 9), (9, 1), (3, 7), (40, 7), (5, 120)],
    ids=str,
)
def test_every_grid_is_read_as_it_was_drawn(tmp_path, store, size):
    down, across = (size, size) if isinstance(size, int) else size
    every = [(i, j) for i in range(1, down + 1) for j in range(1, across + 1)]
    cells = {(i, j) for i, j in every if (i * i + j) % 3 == 0}
    second = {(i, j) for i, j in every if (i * i + j) % 7 == 1} - cells
    shown = read(page(tmp_path, store, size, cells, second=second, block=4))
    assert shown == (down, across, cells, second, ())


@pytest.mark.parametrize("width", ["25mm", "100mm"])
def test_a_grid_is_read_at_another_size(tmp_path, store, width):
    page(tmp_path, store, (40, 36), [(1, 1), (40, 36), (7, 5)])
    main = tmp_path / "main.tex"
    main.write_text(
        "\\documentclass{article}\\usepackage{graphicx}\\pagestyle{empty}\\begin{document}\\noindent"
        f"\\includegraphics[width={width}]{{grid}}\\end{{document}}"
    )
    typeset(main, tmp_path / "main.pdf", engine=find(), store=store)
    document = Document(tmp_path / "main.pdf")
    (picture,) = document.marks(0)
    assert grid.read(picture.marks) == (40, 36, {(1, 1), (40, 36), (7, 5)}, set(), ())


def test_another_rectangle_is_not_taken_for_the_grid(tmp_path, store):
    figure = new_figure(SIDE + 40, SIDE + 12)
    axes = axes_at(figure, 11, 1, SIDE, SIDE)
    pair_grid(axes, 6, [(2, 3)], rows="$x_1$", columns="$y_{22}$")
    axes.add_patch(axes.patches[-1].__class__((0, 1), 5, 5, fill=False, edgecolor="red"))
    save(figure, tmp_path / "grid", find(), store)
    assert read(tmp_path / "grid.pdf") == (6, 6, {(2, 3)}, set(), ())


def test_a_line_that_is_missing_is_a_fault(tmp_path, store):
    pdf = page(tmp_path, store, 6, [(2, 3)])
    marks = Document(pdf).marks(0)
    lines = [m for m in marks if isinstance(m, grid.Rule) and m.end - m.x > 100]
    shown = grid.read([mark for mark in marks if mark is not lines[2]])
    assert shown is not None
    assert "the lines of its 5 rows and 6 columns lie unevenly" in shown.faults
