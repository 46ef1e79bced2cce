"""The PDF of a git revision, built in a folder of its own.

Place in the chain: revision -> sources -> **PDF**. What is up to date in the present output/ is
taken from there, so that a notebook runs again only when the revision's own is another.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from proofpress.faults.author import PIPELINE
from proofpress.faults.errors import PressError
from proofpress.report.report import Report

LARGEST = 1 << 30  # bytes that a revision's files may have together


def commit_of(given: str, root: Path) -> str | None:
    """The commit that `given` names; None when it is a file.

    Raises PressError when it is neither.
    """
    return None if Path(given).is_file() else _commit(given, root)


@contextlib.contextmanager
def pdf(given: str, report: Report) -> Iterator[Path]:
    """A PDF by its path, or by the git revision whose sources give it; gone afterwards then."""
    commit = commit_of(given, Path(report.root))
    if commit is None:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="proofpress-") as place:
        folder = Path(place) / "report"
        _checked_out(commit, report, folder)
        begin = [PIPELINE] if (folder / PIPELINE).exists() else ["-m", "proofpress"]
        built = subprocess.run(
            [sys.executable, *begin, "pdf"], cwd=folder, capture_output=True, text=True
        )
        if built.returncode:
            raise PressError(
                f"the revision {given} cannot be built:\n{built.stderr.strip()}",
                f"git revision {commit[:12]}",
                "choose another revision, or give a PDF",
            )
        yield folder / report.published


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
    """The revision's files in `folder`, with a copy of what was built last."""
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
        sources.extractall(folder, filter="data")
    built = Path(report.root, report.out)
    if built.is_dir():
        shutil.copytree(built, folder / report.out, symlinks=True)
