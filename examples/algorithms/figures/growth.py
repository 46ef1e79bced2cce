"""How the counts grow with n, from their closed forms in the ledger."""

from matplotlib.figure import Figure

from proofpress import new_figure
from proofpress.documents.facts import Facts
from proofpress.drawing.style import ACCENT, INK, MUTED, SECOND, SMALL_SIZE, axes_at, quiet

SIZES = range(1, 41)
# Claim, name, color, line.
CURVES = (
    ("matrices.triangular", "triangular product", ACCENT, "-"),
    ("sorting.worst", "insertion sort, worst", SECOND, "-"),
    ("loops.steps", "steps of two", MUTED, "--"),
    ("sorting.best", "insertion sort, best", INK, ":"),
)


def draw(facts: Facts) -> Figure:
    """Return one curve a count; each carries its name at its end."""
    figure = new_figure(130, 64)
    axes = axes_at(figure, 15, 10, 76, 51)
    for name, words, color, line in CURVES:
        counts = [float(facts.claim(name).value(n=n)) for n in SIZES]
        axes.plot(SIZES, counts, color=color, linestyle=line)
        axes.annotate(
            words,
            (SIZES[-1], counts[-1]),
            xytext=(4, 0),
            textcoords="offset points",
            color=color,
            va="center",
            size=SMALL_SIZE,
        )
    axes.set_yscale("log")
    axes.set_xlim(SIZES[0], SIZES[-1])
    axes.set_ylim(bottom=1)
    axes.set_xlabel("$n$", labelpad=3)
    axes.set_ylabel("steps", labelpad=3)
    quiet(axes, "top", "right")
    return figure
