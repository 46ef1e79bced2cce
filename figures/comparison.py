"""How many dot products each mask needs as n grows, from the closed forms in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log10
from statistics import fmean

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from proofpress.documents.facts import Facts
from proofpress.drawing import new_figure
from proofpress.drawing.style import ACCENT, INK, MUTED, SECOND, SMALL_SIZE, axes_at, quiet

TOPIC, EXAMPLE = "attention", "grid"
DOUBLINGS = 9  # from one window to 2**9 windows
WIDTH, HEIGHT = 118.0, 66.0  # mm
CURVES = (  # claim, name, letter held fixed, colour, line
    ("attention.causal", "autoregressive", "", ACCENT, "-"),
    ("attention.sliding", "strided", "t", SECOND, "--"),
    ("attention.windowed", "windowed", "w", MUTED, "-."),
)


def draw(facts: Facts) -> Figure:
    """Count against n, both axes logarithmic; each curve carries its own name."""
    fixed = facts.letters(TOPIC, EXAMPLE)
    window = facts.claim("attention.windowed").at(EXAMPLE).letter("w")
    sizes = [window * 2**power for power in range(DOUBLINGS + 1)]  # w divides every one
    figure = new_figure(WIDTH, HEIGHT)
    axes = axes_at(figure, 13, 10, 74, 54)
    ends = [(float(sizes[-1] ** 2), "all pairs, $n^2$", INK)]
    axes.plot(sizes, [n * n for n in sizes], color=INK, linestyle=":", linewidth=1.0)
    for name, label, held, colour, line in CURVES:
        claim = facts.claim(name)
        counts = [float(claim.value(**{**fixed, "n": n})) for n in sizes]
        axes.plot(sizes, counts, color=colour, linestyle=line)
        text = f"{label}, ${held} = {fixed[held]}$" if held else label
        ends.append((counts[-1], text, colour))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(sizes[0], sizes[-1])
    axes.set_ylim(bottom=1)
    axes.set_xlabel("tokens $n$", labelpad=3)
    axes.set_ylabel("dot products", labelpad=3)
    quiet(axes, "top", "right")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_power_of_ten))
    axes.xaxis.set_minor_formatter("")
    axes.yaxis.set_minor_locator(NullLocator())  # six powers of ten leave no room between them
    low, high = axes.get_ylim()
    places = spread([_height(end, low, high) for end, _, _ in ends], 0.065)
    for place, (_, text, colour) in zip(places, ends, strict=True):
        axes.text(
            1.02, place, text, transform=axes.transAxes, color=colour, va="center", size=SMALL_SIZE
        )
    return figure


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Return the places moved at least `gap` apart, in their order, with the least sum of squares.

    >>> [round(place, 2) for place in spread([0.9, 0.5, 0.48], 0.1)]
    [0.9, 0.54, 0.44]
    """
    order = sorted(range(len(places)), key=lambda k: -places[k])
    # With k gaps added to the k-th place from above, places only have to be in order: those that
    # are not share their mean.
    groups: list[list[float]] = []
    for k, index in enumerate(order):
        groups.append([places[index] + k * gap])
        while len(groups) > 1 and fmean(groups[-2]) < fmean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    moved = [fmean(group) for group in groups for _ in group]
    found = {index: moved[k] - k * gap for k, index in enumerate(order)}
    return [found[index] for index in range(len(places))]


def _height(count: float, low: float, high: float) -> float:
    return (log(count) - log(low)) / (log(high) - log(low))


def _power_of_ten(number: float, _: float | None = None) -> str:
    exponent = round(log10(number))
    return f"$10^{{{exponent}}}$" if exponent > 1 else f"${10**exponent}$"
