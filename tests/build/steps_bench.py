"""A small report in a temporary folder, and which of its steps a build runs."""

import textwrap
from pathlib import Path

import pytest

from proofpress.build.build import Build
from proofpress.build.step import Step

STATE = "output/.steps"

WORK = """
from work.helper import shout

def copy(*, source, target, factor=1):
    target.write_text(shout(source.read_text()) * factor)

def join(*, parts, target):
    target.write_text("".join(part.read_text() for part in parts))

def sneak(*, target):
    from pathlib import Path
    target.write_text(Path("secret.txt").read_text())

def fail(*, target):
    raise ValueError("no such luck")

def forget(*, target):
    pass

def folder(*, source, target):
    for word in source.read_text().split():
        (target / word).write_text(word)

def use(*, source, target):
    target.write_text(shout("used"))

def first(*, words, target):
    target.write_text((words / "one").read_text())
"""

HELPER = """
# A comment.
from work.deeper import MARK

def shout(text):
    return text.upper() + MARK
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    for name, text in {
        "__init__": "",
        "steps": WORK,
        "helper": HELPER,
        "deeper": "MARK = '!'",
    }.items():
        path = tmp_path / "work" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text))
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "secret.txt").write_text("s")
    return tmp_path


def run(root: Path, steps: list[Step], **options: bool) -> tuple[list[str], list[str]]:
    """The names of the steps that ran, in alphabetical order, and what failed."""
    ran: list[str] = []

    def listen(event: dict) -> None:
        if event["event"] == "started":
            ran.append(event["step"])

    failures = Build(str(root), STATE, steps, **options).run(listen)
    return sorted(ran), [str(failure.error) for failure in failures]


def one_step(root: Path, body: str) -> list[Step]:
    """A pipeline of one step with this body, in a module that nothing else imports."""
    code = "import os, sys\nfrom pathlib import Path\n\ndef make(*, target, **given):\n"
    (root / "work/sole.py").write_text(code + textwrap.indent(textwrap.dedent(body), "    "))
    return [Step("sole", "work.sole:make", {}, {"target": "output/made.txt"})]
