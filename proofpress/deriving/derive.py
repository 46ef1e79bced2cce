"""The step that derives and proves, and the table that `make check` prints of the same claims.

Place in the chain: definitions -> **closed forms, proofs** -> ledger.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import proofpress
from proofpress.deriving import ledger as ledgers
from proofpress.deriving.memory import Memory
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import UNSETTLED, Claim, Verdict
from proofpress.ledger.reading import split
from proofpress.proving.printed import misprints

# LaTeX's signs in a domain, and what a terminal shows for them.
_TERMINAL = (
    (r"\ge", ">="), (r"\left", ""), (r"\le", "<="), (r"\ne", "!="), (r"\mid", "|"),
    (r"\bmod", "mod"), (r"\cdot", "*"), (r",\ ", ", "),
)  # fmt: skip


def warm() -> None:
    """Import what derivations do, and what SymPy does for its first comparison; wake the solver."""
    import sympy.assumptions.wrapper
    import sympy.tensor.tensor  # noqa: F401
    import z3

    from proofpress.counting import truth  # noqa: F401, what loads derivations imports it

    for name in proofpress.__all__:
        getattr(proofpress, name)
    z3.main_ctx()


def derive(
    *, modules: Sequence[Path], examples: ledgers.Examples, store: Path, ledger: Path, claims: Path
) -> None:
    """Settle every claim of the derivation modules and write the ledger.

    It is written whole to `ledger`, and claim by claim to the folder `claims`. `store` keeps
    proofs between builds.
    """
    with ledgers.collector_at_rest():
        stated = ledgers.stated(names(modules))
        ledgers.refuse_unknown_letters(stated, examples)
        letters = ledgers.examples_for(stated, names(modules), examples)
        memory = Memory(store)
        entries = memory.entries(sorted(stated, key=lambda s: s.name), letters)
        document = {"schema": ledgers.SCHEMA, "claims": entries}
        ledger.write_text(ledgers.dumped(document), encoding="utf-8")
        split(document, claims)


def names(modules: Sequence[Path]) -> list[str]:
    """Return the importable names of the derivation modules, without private ones.

    >>> names([Path("derivations/__init__.py"), Path("derivations/attention.py")])
    ['derivations.attention']
    """
    return [
        ".".join(path.with_suffix("").parts) for path in modules if not path.name.startswith("_")
    ]


def check(modules: Sequence[str | ModuleType]) -> int:
    """Print a row for each claim of the modules; 1 when one is not as its author expects it."""
    from rich.console import Console
    from rich.table import Table

    began = time.process_time()
    claims, failed = ledgers.settled(ledgers.stated(modules))
    # A pipe or a log has no width of its own; a row then stays on one line.
    console = Console() if sys.stdout.isatty() else Console(width=200)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("claim", "for", "verdict", "by", "ms"):
        table.add_column(column, justify="right" if column == "ms" else "left", overflow="fold")
    for claim in claims:
        spent = 1000 * sum(found.seconds for found in claim.evidence)
        methods = ", ".join(dict.fromkeys(found.method for found in claim.evidence))
        table.add_row(claim.name, domain(claim), _verdict(claim), methods, f"{spent:.0f}")
    console.print(table)
    shown = ledgers.faults(claims)
    printed = [fault for claim in claims for fault in _misprinted(claim)]
    for fault in (*failed, *shown, *printed):
        console.print(f"error: {fault}", markup=False, highlight=False)
    seconds = time.process_time() - began
    good = sum(claim.verdict not in UNSETTLED for claim in claims)
    total = len(claims) + len(failed)
    meant = sum(claim.expect is not None and claim.as_expected for claim in claims)
    told = f", and {meant} do not, as expected" if meant else ""
    console.print(f"{good} of {total} claims hold{told}; {seconds:.1f} s of processor time")
    return 1 if failed or shown or printed else 0


def _misprinted(claim: Claim) -> list[PressError]:
    """Return what is wrong in the printed texts of a claim; one that fails must not hide the
    others."""
    try:
        return misprints(claim)
    except Exception as error:
        return [ledgers.placed(error, claim)]


def check_kernel(modules: Sequence[str]) -> int:
    """Print what Coq says of each set's certificate; 1 when it rejects one, 2 without Coq."""
    from proofpress.proving.methods import coq

    if coq.coqc() is None:
        raise PressError(
            "coqc is not installed, so nothing was checked",
            mend="install Coq (Debian: apt install coq), then type make check-kernel again",
        )
    stated = ledgers.stated(modules)
    rejected = 0
    for name, found in coq.check_sets(stated):
        rejected += found.verdict != Verdict.PROVED
        print(f"{name}: {found.verdict} ({found.detail}), {found.seconds:.0f} s", flush=True)
    return 1 if rejected else 0


def domain(claim: Claim) -> str:
    """Return the domain of a claim as a terminal shows it."""
    plain = re.sub(r"\\(?:text|mathrm)\{(.*?)\}", r"\1", claim.domain)
    plain = re.sub(r"_\{(.*?)\}", r"_\1", plain)
    for sign, shown in _TERMINAL:
        plain = plain.replace(sign, shown)
    return plain.replace("\\", "")


def _verdict(claim: Claim) -> str:
    """Return the verdict in its colour, and whether the author expects it to be no better."""
    colour = "green" if claim.verdict is Verdict.PROVED else "yellow"
    told = f"{claim.verdict}, as expected" if claim.expect and claim.as_expected else claim.verdict
    return f"[{colour if claim.as_expected else 'red'}]{told}[/]"
