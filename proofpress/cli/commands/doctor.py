"""Tell which TeX engine would be used, its version, and what is missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from proofpress.cli.call import add_common

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `doctor`."""
    add_common(parser, "engine")


def run(call: Call) -> int:
    """Print what is there; 2 when anything is missing."""
    from proofpress.typeset.doctor import facts
    from proofpress.typeset.engine import find

    folder = Path(call.report.path(os.path.dirname(call.report.template)))
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.tex")]
    found = facts(find(call.engine), texts)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"TeX engine: {found.name}, {found.version}")
    if found.missing:
        print(f"missing LaTeX packages: {', '.join(found.missing)}\n  mend: {found.mend}")
        return 2
    print("nothing is missing")
    return 0
