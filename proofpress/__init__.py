"""Proofpress prints reports whose mathematics has been proved.

The public names are imported when they are first used: what reads only the ledger must not pay
for SymPy.
"""

from __future__ import annotations

# For the type checker only: every call imports this file, the shortest one included.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.2.0"

# What build.py, figures and notebooks take from here; a derivation's `import *` leaves it out.
_TOOLS = {
    "Report": "proofpress.cli.report",
    "Step": "proofpress.build.step",
    "record": "proofpress.notebook.record",
    "new_figure": "proofpress.drawing.style",
    "pair_grid": "proofpress.kinds.grid",
}
_HOME = {
    "Group": "proofpress.counting.parts",
    "IntegerSet": "proofpress.counting.sets",
    "Coordinates": "proofpress.proving.statements.coordinates",
    "Least": "proofpress.proving.statements.least",
    "Iteration": "proofpress.proving.statements.iteration",
    "ancestors": "proofpress.counting.recurrences",
    "longest_chain": "proofpress.counting.recurrences",
    "MatrixTerm": "proofpress.counting.recurrences",
    "Recurrence": "proofpress.counting.recurrences",
    "Tensor": "proofpress.counting.tensors",
    "linear": "proofpress.counting.tensors",
    "parameters": "proofpress.counting.tensors",
    "leading": "proofpress.counting.asymptotics",
    "limit": "proofpress.counting.asymptotics",
    "share": "proofpress.counting.expressions",
    "Count": "proofpress.proving.statements.count",
    "Total": "proofpress.proving.statements.total",
    "Bound": "proofpress.proving.statements.bound",
    **dict.fromkeys(
        ("At", "Follows", "Leading", "Limit", "Named", "Share", "Zero"),
        "proofpress.proving.statements.related",
    ),
    "PressError": "proofpress.faults.errors",
    **dict.fromkeys(
        (
            "integers",
            "And",
            "Or",
            "Not",
            "Xor",
            "Eq",
            "Ne",
            "Mod",
            "floor",
            "ceiling",
            "Abs",
            "sign",
            "Min",
            "Max",
            "binomial",
            "factorial",
            "gamma",
            "Piecewise",
            "Product",
            "Rational",
            "Sum",
        ),
        "proofpress.terms.functions",
    ),
}

__all__ = sorted(_HOME)


def __dir__() -> list[str]:
    return sorted([*_TOOLS, *_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    home = {**_TOOLS, **_HOME}
    if name not in home:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home[name]), name)
