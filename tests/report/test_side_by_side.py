"""Two reports, and two variants of one, built at once in one process tree."""

import shutil
import threading
from pathlib import Path

import pytest

from proofpress import Report

ROOT = Path(__file__).parents[2]
NO_CACHES = shutil.ignore_patterns("__pycache__", "output", "notebooks")

pytestmark = pytest.mark.slow


def small(root: Path, out: str, n: int) -> Report:
    """The small report of tests/stale without its notebook, at another example letter."""
    report = Report(root, out=out, values={"letters.stairs.small.n": n})
    report.claims("derivations/*.py")
    report.figures("figures/*.py")
    report.document("templates/small.tex.j2")
    return report


@pytest.fixture
def roots(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "one", tmp_path / "two"]
    for root in found:
        shutil.copytree(ROOT / "tests/stale", root, ignore=NO_CACHES)
        (root / "report.toml").write_text('[document]\ntitle = "T"\n')
        (root / "templates/small.tex.j2").write_text(
            "\\documentclass{article}\n\\input{preamble}\n\\begin{document}\n"
            '$\\VAR{claim("stairs.staircase").at("small")}$ squares\n'
            "\\end{document}\n"
        )
    return found


def test_reports_and_variants_are_built_at_once(roots: list[Path]) -> None:
    reports = [
        small(roots[0], "output", 5),
        small(roots[0], "variant", 6),
        small(roots[1], "output", 7),
    ]
    failed: dict[int, list[str]] = {}

    def build(number: int) -> None:
        failed[number] = [str(one.error) for one in reports[number].build()]

    builds = [threading.Thread(target=build, args=(number,)) for number in range(len(reports))]
    for thread in builds:
        thread.start()
    for thread in builds:
        thread.join()
    assert failed == {0: [], 1: [], 2: []}
    import pypdf

    for report, value in zip(reports, (15, 21, 28), strict=True):
        page = pypdf.PdfReader(report.path(report.published)).pages[0]
        assert f"{value} squares" in page.extract_text()
    assert not (roots[1] / "variant").exists()
