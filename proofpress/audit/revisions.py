"""The PDF of a git revision, built in a folder of its own.

Place in the chain: revision -> sources -> **PDF**. What is up to date in the present output/ is
taken from there, so that a notebook runs again only when the revision's own is another.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from proofpress.build.store import Store
from proofpress.faults.author import PIPELINE
from proofpress.faults.errors import PressError
from proofpress.report.report import Report

LARGEST = 1 << 30  # bytes that a revision's files may have together
RUNS_NOTEBOOK = "proofpress.notebook.steps:run"
_SHOWN = 3  # packages that are named


def commit_of(given: str, root: Path) -> str | None:
    """Return the commit that `given` names; None when it is a file.

    Raises PressError when it is neither.
    """
    return None if Path(given).is_file() else _commit(given, root)


@contextlib.contextmanager
def pdf(given: str, report: Report, agreed: bool = False) -> Iterator[Path]:
    """Yield a PDF by its path, or by the git revision whose sources give it; gone afterwards then.

    Raises PressError when building takes long and nobody has `agreed` to that.
    """
    commit = commit_of(given, Path(report.root))
    if commit is None:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="proofpress-") as place:
        folder = Path(place) / "report"
        _checked_out(commit, report, folder)
        if not agreed and (work := long_work(folder, report)):
            raise PressError(
                f"the revision {given} is not built yet, and building it takes long: it would "
                f"{' and '.join(work)}",
                f"git revision {commit[:12]}",
                "type --yes to have it built, choose another revision, or give a PDF",
            )
        command = [sys.executable, *_begin(folder), "pdf"]
        built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if built.returncode:
            raise PressError(
                f"the revision {given} cannot be built:\n{built.stderr.strip()}",
                f"git revision {commit[:12]}",
                "choose another revision, or give a PDF",
            )
        yield folder / report.published


def long_work(folder: Path, report: Report) -> list[str]:
    """Tell what takes long in a build of the sources in `folder`, beside those of the report."""
    here, there = _pins(Path(report.root)), _pins(folder)
    if there != here:
        others = sorted(there - here)
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        named = f" ({', '.join(others[:_SHOWN])}{more})" if others else ""
        return [f"install its packages{named} anew", "do all steps, notebooks among them"]
    return [f"do the step {name!r}" for name in _notebooks(folder, report)]


def _notebooks(folder: Path, report: Report) -> Iterator[str]:
    """Yield the steps that would run a notebook, or of which nothing is known."""
    told = subprocess.run(
        [sys.executable, *_begin(folder), "why"], cwd=folder, capture_output=True, text=True
    )
    store = Store(str(folder / report.state / "records"), lambda path: None)
    names = [line.partition(": ")[0] for line in told.stdout.splitlines() if ": " in line]
    for name in names:
        record = store.read(name)
        if record["call"] == RUNS_NOTEBOOK if record else any(folder.glob("notebooks/*.ipynb")):
            yield name


def _begin(folder: Path) -> list[str]:
    """Return what Python is given to carry out a command of the report in `folder`."""
    return [PIPELINE] if (folder / PIPELINE).exists() else ["-m", "proofpress"]


def _pins(folder: Path) -> set[str]:
    """Return all packages that a report's pyproject.toml pins."""
    try:
        groups = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {pin for group in groups.get("dependency-groups", {}).values() for pin in group}


def _commit(given: str, root: Path) -> str:
    command = ["git", "rev-parse", "--verify", "--quiet", f"{given}^{{commit}}"]
    try:
        found = subprocess.run(command, cwd=root, capture_output=True, text=True)
    except OSError as error:
        raise PressError(
            f"{given} is no file, and no git revision can be looked up: "
            f"git does not start ({error.strerror})",
            mend="give two PDFs, or install git",
        ) from error
    if found.returncode:
        raise PressError(
            f"{given} is neither a file nor a git revision", None, "give a PDF or a revision"
        )
    return found.stdout.strip()


def _checked_out(commit: str, report: Report, folder: Path) -> None:
    """Put the revision's files into `folder`, with a copy of what was built last."""
    folder.mkdir(parents=True)
    archive = folder.parent / "sources.tar"
    command = ["git", "archive", "--format=tar", f"--output={archive}", commit]
    subprocess.run(command, cwd=report.root, check=True, capture_output=True)
    with tarfile.open(archive) as sources:
        if sum(member.size for member in sources) > LARGEST:
            raise PressError(
                f"the files of that revision are larger than {LARGEST >> 20} MB together",
                f"git revision {commit[:12]}",
                "keep large files out of the repository, or give two PDFs",
            )
        _unpack(sources, folder)
    built = Path(report.root, report.out)
    if built.is_dir():
        shutil.copytree(built, folder / report.out, symlinks=True)


def _unpack(sources: tarfile.TarFile, folder: Path) -> None:
    """Write the files of an archive into `folder`. Raises PressError for what leads out of it."""
    # Python 3.11 has this filter from its fourth release on only.
    sources.extraction_filter = getattr(tarfile, "data_filter", None)
    inside = os.path.join(os.path.realpath(folder), "")
    for one in sources:
        leads = os.path.join(os.path.dirname(one.name), one.linkname) if one.issym() else one.name
        for path in (one.name, leads):
            if not os.path.join(os.path.realpath(folder / path), "").startswith(inside):
                raise PressError(
                    f"that revision's file {one.name} leads out of the report",
                    one.name,
                    "give two PDFs, or a revision in which it stays inside",
                )
        sources.extract(one, folder)
