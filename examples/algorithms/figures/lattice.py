"""The passes of the loop with steps of two, as lattice points below a line."""

from matplotlib.figure import Figure

from proofpress import new_figure
from proofpress.documents.facts import Facts
from proofpress.drawing.style import ACCENT, MUTED, RULE, SECOND, axes_at, quiet


def draw(facts: Facts) -> Figure:
    """Return one dot for each pass, and the line on which nothing is left."""
    shown = facts.claim("loops.steps").at("small")
    n = shown.letter("n")
    figure = new_figure(86, 56)
    axes = axes_at(figure, 11, 10, 72, 43)
    axes.grid(color=RULE, linewidth=0.4)
    axes.plot([0, n], [n / 2, 0], color=SECOND, linewidth=1.0)
    columns, rows = zip(*sorted(shown.cells), strict=True)
    axes.plot(columns, rows, color=ACCENT, marker="o", markersize=4, linestyle="none")
    axes.set_xlim(0, n + 0.5)
    axes.set_ylim(0, n / 2 + 0.5)
    axes.set_xticks(range(0, n + 1, 2), [f"${x}$" for x in range(0, n + 1, 2)])
    axes.set_yticks(range(n // 2 + 1), [f"${y}$" for y in range(n // 2 + 1)])
    axes.set_xlabel("outer variable $x$", labelpad=3)
    axes.set_ylabel("inner variable $y$", labelpad=3, color=MUTED)
    quiet(axes, "top", "right")
    return figure
