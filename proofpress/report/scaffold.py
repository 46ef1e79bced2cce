"""A complete small report, written into a new folder.

Place in the chain: `proofpress new` -> **report** -> its author.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from proofpress.faults.errors import PressError

SKELETON = Path(__file__).with_name("skeleton")
# What only a report with a notebook has.
NOTEBOOK = ("notebooks", "sampling.tex.j2")


def write(folder: Path, version: str, *, notebook: bool = True) -> list[str]:
    """Write a report into `folder`; the relative names of its files, sorted.

    `version` is that of the press which the report asks for. Raises PressError for a folder that
    holds something, or cannot be written, and leaves nothing behind then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PressError(f"{folder} is there already", mend="name a folder that is new, or empty")
    extras = "notebook,test" if notebook else "test"
    words = {
        "TITLE": _title(folder.name),
        "NAME": re.sub(r"[^A-Za-z0-9]+", "-", folder.name).strip("-").lower() or "report",
        "DATE": date.today().isoformat(),
        "REQUIREMENT": f"proofpress[{extras}]=={version}",
    }
    made = not folder.exists()
    written = []
    try:
        for path in sorted(SKELETON.rglob("*.in")):
            if not notebook and any(part.removesuffix(".in") in NOTEBOOK for part in path.parts):
                continue
            name = path.relative_to(SKELETON).as_posix().removesuffix(".in")
            name = "/".join(re.sub(r"^dot_", ".", part) for part in name.split("/"))
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = filled(path.read_text(encoding="utf-8"), words, notebook)
            target.write_text(text, encoding="utf-8")
            written.append(name)
    except OSError as error:
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        what = f"{folder} cannot be written: {os.strerror(error.errno or 0).lower()}"
        raise PressError(what, mend="name a folder that you may write to") from error
    return sorted(written)


def filled(text: str, words: dict[str, str], notebook: bool) -> str:
    """Return the text of a file, with the words that stand between @ signs, and without the lines
    from "#if notebook" to "#end" where there is none.

    >>> filled("a @X@\\n#if notebook\\nb\\n#end\\n", {"X": "1"}, False)
    'a 1\\n'
    """
    lines = "".join(_kept(text.splitlines(keepends=True), notebook))
    return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], lines)


def _kept(lines: list[str], notebook: bool) -> Iterator[str]:
    inside = False
    for line in lines:
        if line.rstrip() in ("#if notebook", "#end"):
            inside = line.startswith("#if")
        elif notebook or not inside:
            yield line


def _title(name: str) -> str:
    """Return a title from a folder's name.

    >>> _title("my-first_report")
    'My first report'
    """
    words = re.sub(r"[^\w]+|_", " ", name).strip() or "Report"
    return words[0].upper() + words[1:]
