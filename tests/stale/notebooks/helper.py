"""A module of the notebook's own."""

from pathlib import Path


def measured(factor):
    return factor * int(Path("values.csv").read_text())
