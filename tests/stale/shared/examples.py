"""Example letters: a size from a data file."""

from pathlib import Path

from shared.deeper import ADDED

EXAMPLES = {"small": {"n": int(Path("data/size.txt").read_text()) + ADDED}}
