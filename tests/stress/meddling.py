"""What happens beside a build: sources edited, output/ removed, other builds, a store damaged."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kills import at_work, portions
from trial import EDITS, Start, Trial, ended

COMMANDS = (["pdf"], ["check"], ["why"])
UNREAD = ("logs", "lock", "at-work", "servers")  # by any build
BYTECODE = "output/.steps/bytecode"
OLDER = ("proofpress/build/sealed.py", "LAYOUT = 6", "LAYOUT = 5")


def edits(number: int, lot: random.Random) -> Iterator[Trial]:
    """Each of the edits in turn, while a build from nothing runs."""
    for place, portion in enumerate(portions(number, lot)):
        edit = EDITS[place % len(EDITS)]
        yield Trial(
            "source edited during the build",
            f"{edit[0]} after {portion:.3f}",
            lambda states, m=portion, e=edit: _edited(states[0], m, e),
        )


def removals(number: int, lot: random.Random) -> Iterator[Trial]:
    """output/ goes while a build from nothing runs."""
    for portion in portions(number, lot):
        yield Trial(
            "output/ removed during the build",
            f"after {portion:.3f}",
            lambda states, m=portion: _removed(states[0], m),
        )


def together(number: int, lot: random.Random) -> Iterator[Trial]:
    """Two, three or four commands at once, one of them `pdf`."""
    for place in range(number):
        several = [["pdf"], *lot.choices(COMMANDS, (2, 1, 1), k=1 + place % 3)]
        yield Trial(
            f"{len(several)} builds at once",
            f"{several}, start {place % 2}",
            lambda states, p=place, s=several: _together(states[p % 2], s),
        )


def damages(files: Sequence[str], lot: random.Random) -> Iterator[Trial]:
    """Every given file of a store, cut, with one bit flipped, and gone; and a whole older one."""
    for file in files:
        for how in ("truncated", "with a flipped bit", "removed"):
            place, seed = 2 if "/notebook/" in file else 1, lot.randrange(2**32)
            yield Trial(
                f"store file {how}",
                f"{file}, seed {seed}",
                lambda states, p=place, f=file, h=how, s=seed: _damaged(states[p], f, h, s),
            )
    yield Trial("store of another version", "", lambda states: _older(states[0]))


def stored(start: Start, bytecode: int, lot: random.Random) -> list[str]:
    """The files that the press keeps for itself; of its many bytecode files, whose names differ
    from folder to folder, only the numbers of some."""
    below = start.kept / "output/.steps"
    found = [path for path in sorted(below.rglob("*")) if path.is_file()]
    named = [path.relative_to(start.kept).as_posix() for path in found]
    code = range(sum("/bytecode/" in name for name in named))
    read = [name for name in named if name.split("/")[2] not in (*UNREAD, "bytecode")]
    return read + [f"{BYTECODE}/{number}" for number in lot.sample(code, bytecode)]


def _edited(start: Start, portion: float, edit: tuple[str, str, str]) -> list[str]:
    report = start.begin()
    report.edit(*edit)
    status, said = report.build()
    assert status == 0, said
    right = replace(report.right(), files=None)
    build = at_work(start, portion)
    report.edit(*edit)
    status, said = ended(build)
    found = [] if status == 0 else [f"status {status}: {said}"]
    return found + report.faults(right)


def _removed(start: Start, portion: float) -> list[str]:
    build, report = at_work(start, portion), start.report
    while (report.root / "output").exists():
        shutil.rmtree(report.root / "output", ignore_errors=True)
        if build.poll() is not None:
            break
    status, said = ended(build)
    understood = "Traceback" not in said and "fault of the press" not in said
    found = [] if understood and (status == 0 or "error: " in said) else [f"{status}: {said}"]
    return found + report.faults(start.right)


def _together(start: Start, several: Sequence[list[str]]) -> list[str]:
    report = start.begin()
    builds = [report.start(*words) for words in several]
    found = []
    for words, build in zip(several, builds, strict=True):
        status, said = ended(build)
        if status != 0 or "Traceback" in said:
            found.append(f"{words} ended with {status}: {said}")
    return found + report.faults(start.right)


def _damaged(start: Start, name: str, how: str, seed: int) -> list[str]:
    file = start.begin().root / name
    if name.startswith(BYTECODE):
        file = sorted(file.parent.iterdir())[int(file.name)]
    whole = file.read_bytes()
    spoilt: bytes | None = None
    if how == "removed":
        file.unlink()
    else:
        lot = random.Random(seed)
        if how == "truncated":
            spoilt = whole[: lot.randrange(len(whole))]
        else:
            bits = bytearray(whole)
            bits[lot.randrange(len(whole))] ^= 1 << lot.randrange(8)
            spoilt = bytes(bits)
        file.write_bytes(spoilt)
    status, said = start.report.build()
    found = [] if status == 0 else [f"status {status}: {said}"]
    # What nobody has read may stand as it is.
    silent = "was damaged" not in said and _bytes(file) != spoilt
    if how != "removed" and silent:
        found.append(f"made again without a word: {said}")
    return found + start.report.faults(start.right)


def _older(start: Start) -> list[str]:
    report = start.begin()
    path, new, old = OLDER
    report.edit(path, new, old)
    status, said = report.build()
    assert status == 0, said
    report.edit(path, old, new)
    status, said = report.build()
    found = [] if "written by another version" in said else [f"not told: {said}"]
    return found + report.faults(start.right)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
