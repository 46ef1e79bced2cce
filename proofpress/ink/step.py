"""The step that reads the ink, and publishes the report only when nothing differs.

Place in the chain: typeset PDF -> **read** -> output/report.pdf. The last good report stays when
the page does not show what was proved.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.build.inside import progress
from proofpress.ink.compare import Ink, InkError, read
from proofpress.ink.document import Document
from proofpress.ink.kept import Kept
from proofpress.ink.sources import Announced, announced
from proofpress.ledger.layout import laid_out

SCHEMA = 2  # of the published ledger; docs/ledger.md describes it


def read_ink(
    *,
    typeset: Path,
    ledger: Path,
    results: Path,
    report: Path,
    origins: Path,
    tables: Sequence[Path],
    chapters: Sequence[Path] = (),
    kept: Path,
    pdf: Path,
    published: Path,
    ink: Path,
) -> None:
    """Compare `typeset` with the ledger and the results, and put it at `pdf` when it agrees.

    `report`, `origins`, `tables` and `chapters` are the sources that announce what is printed.
    `kept` is a folder for what was read last. `published` is the ledger with the pages that print
    each claim, `ink` what was found and expected. Raises InkError with every difference.
    """
    del tables, chapters  # read through the document; named so that the build knows of them
    wanted = expected(ledger=ledger, results=results, report=report, origins=origins, kept=kept)
    publish(wanted, typeset=typeset, pdf=pdf, published=published, ink=ink)


@dataclass(frozen=True)
class Expected:
    """What the pages have to show: the ledger's JSON, the recorded results, what is announced.

    `kept` is what was read before.
    """

    ledger: dict[str, Any]
    results: dict[str, Any]
    announced: Announced
    kept: Kept


def expected(*, ledger: Path, results: Path, report: Path, origins: Path, kept: Path) -> Expected:
    """Return what is known of the pages before there are any."""
    return Expected(
        _read(ledger), _read(results)["results"], announced(report, origins), Kept(kept / "pages")
    )


def publish(wanted: Expected, *, typeset: Path, pdf: Path, published: Path, ink: Path) -> None:
    """Put `typeset` at `pdf` if it shows what is wanted. Raises InkError with every difference."""
    document = Document(typeset, wanted.kept)
    found = read(document, wanted.ledger["claims"], wanted.results, wanted.announced)
    if found.differences:
        raise InkError(found.differences)
    wanted.kept.save()
    shutil.copyfile(typeset, pdf)
    published.write_text(_text(with_pages(wanted.ledger, found.pages)), encoding="utf-8")
    ink.write_text(_text(as_json(found)), encoding="utf-8")
    progress(what="ink", state=", ".join(f"{k} {v}" for k, v in found.summary().items()))


def with_pages(ledger: dict[str, Any], pages: dict[str, list[int]]) -> dict[str, Any]:
    """Return the ledger as it is published: each claim with the pages that print it.

    >>> with_pages({"schema": 1, "claims": {"a.b": {"title": "A"}}}, {"claim.a.b": [2, 3]})
    {'schema': 2, 'claims': {'a.b': {'title': 'A', 'pages': [2, 3]}}}
    """
    claims = {
        name: {**entry, "pages": pages.get(f"claim.{name}", [])}
        for name, entry in ledger["claims"].items()
    }
    return {**ledger, "schema": SCHEMA, "claims": claims}


def as_json(found: Ink) -> dict[str, Any]:
    """Return what was found and expected, kind by kind."""
    kinds = {k: {"found": found.found[k], "expected": n} for k, n in sorted(found.expected.items())}
    return {"schema": 1, "read": kinds, "value not compared": found.unvalued}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _text(document: dict[str, Any]) -> str:
    return laid_out(document) + "\n"
