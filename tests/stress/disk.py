"""A disk that fills up in mid-build: a small file system, mounted for one trial.

Only root may mount, or whoever is let into a namespace of their own (stress.py goes there).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trial import Report, Start, Trial

TOLD = (
    "error: no space is left on the disk\n"
    "  the report's folder, or the one for temporary files\n"
    "  mend: "
)
ENOUGH = {"size": 128 << 20, "nr_inodes": 1 << 16}


def trials(number: int) -> Iterator[Trial]:
    """So many limits: on bytes, most of them small as most files are, and on numbers of files."""
    for place in range(number):
        kind, portion = ("size", "nr_inodes")[place % 2], (place + 1) / (number + 2)
        yield Trial(
            "disk full",
            f"{kind}, {portion:.3f}",
            lambda states, k=kind, p=portion**4 if kind == "size" else portion: filled(
                states[0], k, p
            ),
        )


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a file system at all."""
    with _mounted(folder) as done:
        return done


def filled(start: Start, kind: str, portion: float) -> list[str]:
    """What is wrong when a disk can hold only a portion of what a build writes."""
    report = Report(start.report.folder / "disk")
    report.environment["PYTHONPATH"] = str(start.report.press)
    with _mounted(report.folder):
        report.temporary.mkdir()
        shutil.copytree(start.kept, report.root)
        room = os.statvfs(report.folder)
        if kind == "size":
            used = room.f_frsize * (room.f_blocks - room.f_bfree)
            wanted = sum(path.stat().st_size for path in start.built().rglob("*"))
        else:
            used, wanted = room.f_files - room.f_ffree, sum(1 for _ in start.built().rglob("*"))
        _remount(report.folder, f"{kind}={used + int(portion * wanted)}")
        status, said = report.build()
        errors = [line for line in said.splitlines() if line.startswith("error:")]
        clear = TOLD in said and len(errors) == 1 if status else "is ready" in said
        _remount(report.folder, f"{kind}={ENOUGH[kind]}")
        found = [] if clear else [f"status {status}: {said}"]
        return found + report.faults(start.right)


@contextmanager
def _mounted(folder: Path) -> Iterator[bool]:
    """A file system in memory at `folder`; whether there is one."""
    folder.mkdir(exist_ok=True)
    options = ",".join(f"{kind}={enough}" for kind, enough in ENOUGH.items())
    done = _mount("-t", "tmpfs", "-o", options, "none", str(folder))
    try:
        yield done
    finally:
        while done and subprocess.run(["umount", folder], capture_output=True).returncode:
            time.sleep(0.1)  # somebody is still at work there


def _remount(folder: Path, option: str) -> None:
    assert _mount("-o", f"remount,{option}", str(folder))


def _mount(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True).returncode == 0
