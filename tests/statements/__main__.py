"""Prints what became of every statement, by kind: `python -m tests.statements`."""

from __future__ import annotations

import argparse

from .false import FALSE
from .harness import settled, table
from .true import TRUE
from .wrong_forms import made, sample


def main() -> None:
    """Settle the statements and print their tables, and those that came out wrong."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--forms", type=int, default=0, help="so many wrong forms, 0 for all")
    options.add_argument("--list", action="store_true", help="print those with a wrong outcome")
    given = options.parse_args()
    wrong, right = made()
    chosen = sample(given.forms or len(wrong))
    for title, statements, expected in (
        (f"wrong stated forms ({right} mutants were right)", chosen, None),
        ("false statements", FALSE, None),
        ("true statements", TRUE, "proved"),
    ):
        outcomes = settled([statement.job for statement in statements])
        kinds = [getattr(s.kind, "name", s.kind) for s in statements]
        print(f"\n{title}\n{table(zip(kinds, outcomes, strict=True))}", flush=True)
        for statement, outcome in zip(statements, outcomes, strict=True):
            bad = (
                outcome.kind in ("proved", "raised")
                if expected is None
                else (outcome.kind != expected)
            )
            if given.list and bad:
                said = " ".join(outcome.detail.split())[:200]
                print(f"{outcome.kind}: {statement.job.claim}\n    {said}")


if __name__ == "__main__":
    main()
