"""What can be said of sources and finished PDFs: typed by hand, the same, changed.

Place in the chain: beside it, behind `make check`, `verify` and `diff`. Each answer is text and an
exit status; the command line prints it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofpress.audit.handwritten import Finding, findings
from proofpress.build.step import expand
from proofpress.faults.errors import PressError
from proofpress.latex.vocabulary import GIVEN
from proofpress.report.report import Report

Answer = tuple[str, int]


def typed(report: Report, letters: Mapping[str, Any] | None = None) -> Answer:
    """Return what is typed by hand in the report's templates and tables; status 1 when anything is.

    Each comes with the ledger's entry that is probably meant. Where nothing was built yet, the
    derivations are asked, at the example `letters`.
    """
    root = Path(report.root)
    templates = sorted((root / report.template).parent.glob("**/*.j2")) if report.template else []
    tables = [root / file for file in expand(report.root, report.table_modules)]
    found = findings(templates, tables)
    if not found:
        looked_at = _numbered({"template": len(templates), "table": len(tables)})
        return f"nothing is typed by hand in {' and '.join(looked_at) or 'no file'}", 0
    out = root / report.out
    claims = _json(out / "claims.json").get("claims") or _derived(report, letters or {})
    results = _json(out / "results.json").get("results", {})
    return "\n".join(f"error: {_error(one, root, claims, results)}" for one in found), 1


def _error(
    finding: Finding, root: Path, claims: dict[str, Any], results: dict[str, Any]
) -> PressError:
    from proofpress.audit.suggestions import entry

    file = Path(finding.file)
    meant = entry(finding, claims, results)
    marked = f"mark it as given: {GIVEN(finding.text)}"
    if file.suffix == ".py":
        marked = f'mark it as given: given("{finding.text}")'
    mend = f"print \\VAR{{{meant}}}, or {marked}" if meant else marked
    place = file.relative_to(root) if file.is_relative_to(root) else file
    what = f"the {finding.kind} {finding.text} is typed by hand"
    return PressError(what, f"{place.as_posix()}:{finding.line}", mend)


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}  # nothing was built yet
    return found


def _derived(report: Report, letters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims of the derivations, settled here."""
    from proofpress.deriving import ledger
    from proofpress.deriving.derive import names

    modules = names([Path(path) for path in expand(report.root, report.derivations)])
    claims = ledger.settle(modules)
    examples = ledger.examples_for(claims, modules, letters)
    found: dict[str, Any] = ledger.ledger_document(claims, examples)["claims"]
    return found


def readable(given: Path) -> None:
    """Raise PressError for a file that cannot be read."""
    try:
        given.open("rb").close()
    except OSError as error:
        raise PressError(f"{given}: {error.strerror}", mend="name a PDF") from error


def verified(given: Path, built: Path) -> Answer:
    """Return whether the PDF `given` is what the sources give, `built`: by its bytes, or else by
    what differs between the two. Raises PressError for a file that is no PDF."""
    try:
        ours, theirs = built.read_bytes(), given.read_bytes()
    except OSError as error:
        raise PressError(f"{error.filename}: {error.strerror}", mend="give a PDF") from error
    if ours == theirs:
        return f"{given} is what these sources give, byte for byte", 0
    from proofpress.audit.difference import changes
    from proofpress.audit.snapshot import snapshot

    pairs = zip(ours, theirs, strict=False)
    shorter = min(len(ours), len(theirs))
    first = next((k for k, (a, b) in enumerate(pairs) if a != b), shorter)
    head = f"{given} is not what these sources give: the bytes differ from byte {first} on"
    found = changes(snapshot(built), snapshot(given))
    if not found:
        return f"{head}, but every claim, number, figure and page reads the same", 1
    listed = "\n".join(map(str, found))
    return f"{head}\n(before: what the sources give; after: {given})\n{listed}", 1


def changed(old: str, new: str, report: Report, engine: str, agreed: bool = False) -> Answer:
    """Return what changed from one PDF, or git revision, to another; also as a PDF beside the
    report's.

    Raises PressError when a revision takes long to build and nobody has `agreed` to that.
    """
    from proofpress.audit import page, revisions
    from proofpress.audit.difference import changes
    from proofpress.audit.snapshot import snapshot

    into = Path(report.root, report.out, "diff.pdf")
    for given in (old, new):
        revisions.commit_of(given, Path(report.root))  # before any of them is built
    with revisions.pdf(old, report, agreed) as before, revisions.pdf(new, report, agreed) as after:
        if before.read_bytes() == after.read_bytes():
            return f"{old} and {new} are the same, byte for byte", 0
        found = changes(snapshot(before), snapshot(after))
    if not found:
        return f"{old} and {new} read the same; only their bytes differ", 0
    kinds = Counter(change.kind for change in found)
    counts = _numbered({kind: kinds[kind] for kind in ("claim", "number", "figure", "page")})
    listed = "\n".join(map(str, found))
    try:
        page.write(found, old, new, into, engine)
        told = f"as a page: {report.out}/{into.name}"
    except PressError as error:
        told = f"there is no page of it: {error.what}"
    return f"{listed}\nfrom {old} to {new}: {', '.join(counts)}; {told}", 0


def _numbered(things: Mapping[str, int]) -> list[str]:
    """Return how many there are of each thing that there is.

    >>> _numbered({"claim": 1, "number": 0, "page": 2})
    ['1 claim', '2 pages']
    """
    return [f"{number} {thing}{'s'[: number > 1]}" for thing, number in things.items() if number]
