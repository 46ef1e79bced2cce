"""A ledger in miniature, in the contract's shape: no counting engine is needed to draw."""

from typing import Any

GRID = {"n": 8, "t": 2, "w": 4}
FORMS = {
    "attention.causal": ("n*(n + 1)/2", "n"),
    "attention.sliding": (
        "Piecewise((n*(n + 1)/2, n <= t + 1), ((2*n - t)*(t + 1)/2, n >= t + 2))", "nt"
    ),
    "attention.windowed": ("n*(w + 1)/2", "nw"),
    "attention.prefix_windowed": ("n*(n + w)/2", "nw"),
}  # fmt: skip
MASKS = {
    "attention.causal": lambda i, j: j <= i,
    "attention.sliding": lambda i, j: 0 <= i - j <= GRID["t"],
    "attention.windowed": lambda i, j: j <= i and (i - 1) // GRID["w"] == (j - 1) // GRID["w"],
    "attention.prefix_windowed": lambda i, j: (j - 1) // GRID["w"] <= (i - 1) // GRID["w"],
}


def cells(name: str) -> list[list[int]]:
    square = range(1, GRID["n"] + 1)
    return [[i, j] for i in square for j in square if MASKS[name](i, j)]


def small_ledger() -> dict[str, Any]:
    """Four masks, the depth and reach of the recurrence, and one parameter count."""
    claims: dict[str, Any] = {
        name: {
            "condition": "True",
            "closed_form": form,
            "examples": {
                "grid": {"letters": {x: GRID[x] for x in letters}, "cells": cells(name)},
            },
        }
        for name, (form, letters) in FORMS.items()
    }
    claims["recurrence.depth"] = {
        "condition": "True", "closed_form": "2*n - 1",
        "examples": {"image": {"letters": {"n": 32}, "value": 63}}
    }  # fmt: skip
    claims["recurrence.reach"] = {
        "condition": "True",
        "closed_form": "i*j",
        "examples": {
            "image": {
                "letters": {"i": 3, "j": 5},
                "cells": [[a, b] for a in range(1, 4) for b in range(1, 6)],
            }
        },
    }
    claims["convnet.parameters"] = {
        "condition": "True",
        "closed_form": "c*h*k**2",
        "examples": {"image": {"letters": {"c": 3, "h": 64, "k": 3}, "value": 1728}},
    }
    for entry in claims.values():
        entry["verdict"] = "proved"
    return {"schema": 1, "claims": claims}
