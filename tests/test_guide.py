"""The guide, followed to the letter: every file is written, every command run, in its order."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from in_place import STANDBY

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs/guide.md"
# A fenced block with its heading, and the indented lines right behind one of commands.
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```\n(?:\n((?:    [^\n]*\n)+))?", re.M | re.S)

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Block:
    kind: str
    words: str
    text: str
    said: str


def blocks() -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(GUIDE.read_text(encoding="utf-8"))]


def run(folder: Path, line: str) -> tuple[Path, int, str]:
    """The folder after a command, its status and what it printed."""
    words = shlex.split(line)
    if words[0] == "cd":
        return folder / words[1], 0, ""
    if words[0] == "proofpress":
        words = [sys.executable, "-m", *words]
    environment = {**os.environ, **STANDBY, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    return folder, done.returncode, done.stdout + done.stderr


def shows(said: str, line: str) -> bool:
    """Whether a line of the guide was printed; dots stand for what it leaves out."""
    parts = map(re.escape, line.strip().split(" ... "))
    return re.search(r"[^\n]*".join(parts), said) is not None


def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    folder, commands = tmp_path, 0
    for block in blocks():
        if block.kind != "sh":
            path = folder / block.words
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
            continue
        expected = 1 if block.words == "status=1" else 0
        said = ""
        for line in block.text.splitlines():
            folder, status, printed = run(folder, line)
            said += printed
            commands += 1
            assert status == expected, f"{line}\n{printed}"
        for line in block.said.splitlines():
            assert shows(said, line), f"{line}\nis not in\n{said}"
    assert commands >= 10
    assert (folder / "output/report.pdf").is_file()
