"""A report that is built in another folder than its own, which may then be read-only.

Place in the chain: before everything, where --output asks for it. The sources are copied to that
folder and the same command is given there; nothing later knows of it. Only the standard library
is used, because nothing else is installed yet.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys

from proofpress.faults.author import PIPELINE
from proofpress.report.environment import work_in
from proofpress.report.report import OUT

MARK = ".proofpress-copy"  # a folder that we made: others are never cleared of files
LEFT_OUT = (OUT, ".git", ".venv", ".venv.lock", "__pycache__", MARK)


def asked(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the folder that --output names, and the words without it. Raises ValueError without a
    name.

    >>> asked(["pdf", "--output", "x", "--jobs", "1"]), asked(["--output=x"]), asked(["pdf"])
    (('x', ['pdf', '--jobs', '1']), ('x', []), (None, ['pdf']))
    """
    for place, word in enumerate(words):
        if word.startswith("--output="):
            return word.partition("=")[2], words[:place] + words[place + 1 :]
        if word == "--output":
            if place + 1 == len(words):
                raise ValueError("--output names no folder")
            return words[place + 1], words[:place] + words[place + 2 :]
    return None, words


def copy(root: str, folder: str) -> None:
    """Bring the copy of the sources in `folder` up to date.

    Raises ValueError for a folder with files of another kind, OSError when it cannot be written.
    """
    if os.path.isdir(folder) and os.listdir(folder) and not os.path.exists(f"{folder}/{MARK}"):
        raise ValueError(f"{folder} holds other files")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, MARK), "w", encoding="utf-8") as mark:
        mark.write("Made by --output; what stands here is made anew from the sources.\n")
    wanted = set(_files(root, folder))
    for name in set(_files(folder, None)) - wanted:
        os.unlink(os.path.join(folder, name))
    for name in sorted(wanted):
        source, target = os.path.join(root, name), os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.isfile(target) or not filecmp.cmp(source, target, shallow=False):
            shutil.copyfile(source, target)


def _files(root: str, apart: str | None) -> list[str]:
    """Return the sources below `root`, by their relative names; those below `apart` are left
    out."""
    found = []
    for place, folders, names in os.walk(root):
        top = place == root
        kept = [name for name in folders if name != "__pycache__" and not name.endswith("_cache")]
        folders[:] = [
            name
            for name in kept
            if not (top and name in LEFT_OUT)
            and not (apart and os.path.realpath(os.path.join(place, name)) == apart)
        ]
        inside = os.path.relpath(place, root)
        found += [os.path.normpath(os.path.join(inside, n)) for n in names if n not in LEFT_OUT]
    return found


def build_there(root: str, folder: str, words: list[str]) -> int:
    """Give the command in the copy at `folder`; its exit status where it returns at all."""
    full = os.path.realpath(folder)
    try:
        copy(root, full)
    except (OSError, ValueError) as error:
        mend = "name an empty folder that you may write to"
        print(f"error: cannot build in {folder}: {error}\n  mend: {mend}", file=sys.stderr)
        return 2
    work_in(full)
    pipeline = os.path.join(full, PIPELINE)
    begin = [pipeline] if os.path.exists(pipeline) else ["-m", "proofpress"]
    command = [sys.executable, *begin, *words]
    if os.name == "nt":
        return subprocess.run(command).returncode
    sys.stdout.flush()
    os.execv(sys.executable, command)
