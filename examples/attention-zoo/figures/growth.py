"""Memory and work against the number of tokens, from the closed forms in the ledger."""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from proofpress import new_figure
from proofpress.documents.facts import Facts
from proofpress.drawing.style import ACCENT, INK, MUTED, SECOND, SMALL_SIZE, axes_at, quiet

SIZES = [512 * 2**power for power in range(8)]  # tokens; blocks of 64 divide each
# Name, claim of the entries, claim of the multiplications, color, line.
CURVES = (
    ("all pairs", "local.full", "work.full", INK, ":"),
    ("causal", "local.causal", "work.causal", ACCENT, "-"),
    ("fixed", "factored.fixed", "work.fixed", SECOND, "--"),
    ("strided", "factored.strided", "work.strided", SECOND, "-"),
    ("window and center", "central.window", "work.central", MUTED, "-."),
    ("sliding window", "local.window", "work.window", ACCENT, "--"),
    ("sinks", "local.sinks", "work.sinks", MUTED, "-"),
    ("chunks", "local.chunks", "work.chunks", INK, "--"),
)
GAP = 0.07  # between two names, as a part of the axes' height


def draw(facts: Facts) -> Figure:
    """Entries of the score matrix at the left, multiplications of one head at the right."""
    given = facts.letters("work", "long")
    figure = new_figure(160, 62)
    memory, work = axes_at(figure, 13, 11, 50, 44), axes_at(figure, 78, 11, 50, 44)
    _curves(memory, facts, given, lambda curve: curve[1], "entries of the score matrix")
    ends = _curves(work, facts, given, lambda curve: curve[2], "multiplications of one head")
    _named(work, ends)
    return figure


def _curves(
    axes: Axes,
    facts: Facts,
    given: Mapping[str, int],
    which: Callable[[Sequence[str]], str],
    words: str,
) -> list[float]:
    """Draw one curve a pattern; return where they end."""
    ends = []
    for curve in CURVES:
        claim = facts.claim(which(curve))
        counts = [
            float(claim.value(**{**given, "n": size, "m": size // given["l"]})) for size in SIZES
        ]
        axes.plot(SIZES, counts, color=curve[3], linestyle=curve[4])
        ends.append(counts[-1])
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xlim(SIZES[0], SIZES[-1])
    axes.set_xlabel("tokens $n$", labelpad=3)
    axes.set_title(words, pad=6)
    quiet(axes, "top", "right")
    return ends


def _named(axes: Axes, ends: Sequence[float]) -> None:
    """Write the names beside the ends of the curves, the lower ones pushed down."""
    place = 2.0
    for end, curve in sorted(zip(ends, CURVES, strict=True), reverse=True):
        _, height = axes.transAxes.inverted().transform(axes.transData.transform((SIZES[-1], end)))
        place = min(height, place - GAP)
        axes.text(
            1.03,
            place,
            curve[0],
            transform=axes.transAxes,
            color=curve[3],
            va="center",
            size=SMALL_SIZE,
        )
