"""Let Coq, where it is installed, check every certificate again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `check-kernel`."""


def run(call: Call) -> int:
    """Print what Coq says of each certificate; 1 when it rejects one, 2 without Coq."""
    from proofpress.deriving.derive import check_kernel

    return call.apart(lambda: check_kernel(call.modules()), failed=2)
