"""Faults planted in a small report: each case is a text file that shows the edit and the message.

A case begins with a sentence and goes on in parts, each headed by a line "=== word argument":

    === edit PATH         lines that begin with - give way to those with +, those with a blank
                          stay; what is shown must stand in the file once; "..." parts the edits
    === cell PATH ID      the new source of a notebook's cell
    === write PATH        a file as it follows; one that begins with #! can be run
    === remove PATH
    === mode PATH 000     the rights of a file or folder
    === encoding PATH latin-1  the file saved so
    === disk KIB          output/ on a disk of its own, with so much room left
    === set NAME=VALUE    an environment variable; {report} is the report's folder
    === call WORD ...     the words after build.py, if not "pdf"
    === module NAME       what is called, if not build.py
    === status 1          the exit status, and behind it the whole of standard error

Nothing of the message is left out of the comparison; only the name of the temporary folder is
written as {report}. PROOFPRESS_RENEW=1 writes what is printed now into the files, to be read.
"""

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "stress"))

import trial
from in_place import STANDBY, kept, restore

CASES = Path(__file__).parent
ROOT = CASES.parents[1]
NO_CACHES = shutil.ignore_patterns("__pycache__", "output")
RENEW = bool(os.environ.get("PROOFPRESS_RENEW"))
# Capabilities by which root reads and writes whatever the rights of a file say.
OVERRIDES, DROP_CAPABILITY = (1, 2), 24

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Part:
    """One part of a case: its heading's words and the text below."""

    kind: str
    words: Sequence[str]
    text: str


def parts(case: Path) -> Iterator[Part]:
    """The parts of a case, its opening sentence left out."""
    text = case.read_text(encoding="utf-8")
    for section in re.split(r"^=== ", text, flags=re.M)[1:]:
        heading, _, body = section.partition("\n")
        kind, *words = heading.split()
        yield Part(kind, words, body)


class Report:
    """A built report, in which one case is planted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = {**os.environ, **STANDBY}
        self.program, self.words = ["build.py"], ["pdf"]
        self.locked: list[Path] = []
        self.room: int | None = None

    def plant(self, part: Part) -> None:
        """Does what one part of a case says."""
        path = self.root / part.words[0]
        match part.kind:
            case "edit":
                for hunk in part.text.removesuffix("\n").split("\n...\n"):
                    self._edit(path, hunk.split("\n"))
            case "cell":
                notebook = json.loads(path.read_text(encoding="utf-8"))
                (cell,) = (cell for cell in notebook["cells"] if cell["id"] == part.words[1])
                cell["source"] = part.text.strip("\n")
                path.write_text(json.dumps(notebook), encoding="utf-8")
            case "write":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(part.text, encoding="utf-8")
                path.chmod(0o755 if part.text.startswith("#!") else 0o644)
            case "remove":
                path.unlink()
            case "mode":
                path.chmod(int(part.words[1], 8))
                self.locked.append(path)
            case "encoding":
                path.write_text(path.read_text(encoding="utf-8"), encoding=part.words[1])
            case "disk":
                self.room = int(part.words[0])
                self.environment["PROOFPRESS_STANDBY"] = "0"  # a server would stay on that disk
            case "set":
                name, _, value = part.words[0].partition("=")
                self.environment[name] = value.replace("{report}", str(self.root))
            case "call":
                self.words = list(part.words)
            case "module":
                self.program = ["-m", *part.words]
            case _:
                raise ValueError(f"a case has no part {part.kind!r}")

    def _edit(self, path: Path, lines: Sequence[str]) -> None:
        old = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
        new = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def build(self) -> subprocess.CompletedProcess[str]:
        """Calls build.py, as somebody who is bound by the rights of files."""
        command = [sys.executable, *self.program, *self.words]
        if self.room is not None:
            command = ["unshare", "--mount", "--map-root-user", "sh", "-c", SMALL_DISK]
            command += [sys.executable, str(self.room), *self.words]
        try:
            return subprocess.run(
                command,
                cwd=self.root,
                env=self.environment,
                capture_output=True,
                encoding="utf-8",
                timeout=1200,
                preexec_fn=without_override() if self.locked else None,
            )
        finally:
            for path in self.locked:
                path.chmod(0o755)

    def pdf(self) -> bytes:
        return (self.root / "output/report.pdf").read_bytes()


# What of the disk is more than the room asked for is filled. The PDF is carried out of it.
SMALL_DISK = """
python=$0; room=$1; shift
cp -a output kept && mount -t tmpfs -o size=80m none output && cp -a kept/. output/ || exit 77
free=$(df -k --output=avail output | tail -1)
head -c "$(( (free - room) * 1024 ))" /dev/zero > output/filler
"$python" build.py "$@"; status=$?
cp output/report.pdf after.pdf && umount output && mv after.pdf output/report.pdf
exit $status
"""


@cache
def may_mount() -> bool:
    """Whether a file system can be mounted here, as SMALL_DISK does."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True).returncode == 0


def without_override() -> Callable[[], None] | None:
    """What root has to do in a child so that the rights of files hold for it, too."""
    if os.geteuid() != 0:
        return None
    library = ctypes.CDLL(None)

    def drop() -> None:
        for capability in OVERRIDES:
            library.prctl(DROP_CAPABILITY, capability, 0, 0, 0)

    return drop


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The report as it was last built well, and a copy from which it is restored."""
    root = tmp_path_factory.mktemp("cases") / "built"
    shutil.copytree(ROOT / "tests/stale", root, ignore=NO_CACHES)
    return built_well(root)


@pytest.fixture(scope="module")
def read_back(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same with a step that reads the ink, for the cases in `ink`."""
    return built_well(trial.Report(tmp_path_factory.mktemp("cases")).fresh().root)


def built_well(root: Path) -> tuple[Path, Path]:
    done = Report(root).build()
    assert done.returncode == 0, done.stderr
    return root, kept(root)


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*.txt")), ids=lambda path: path.stem)
def test_case(request: pytest.FixtureRequest, case: Path) -> None:
    *planted, expected = parts(case)
    root, copy = request.getfixturevalue("read_back" if case.parent.name == "ink" else "built")
    restore(root, copy)
    report = Report(root)
    before = report.pdf()
    for part in planted:
        report.plant(part)
    if report.room is not None and not may_mount():
        pytest.skip("this system lets nobody mount a small disk")
    done = report.build()
    said = done.stderr.replace(str(report.root), "{report}")
    if RENEW:
        head = case.read_text(encoding="utf-8").partition("=== status")[0]
        case.write_text(f"{head}=== status {done.returncode}\n{said}", encoding="utf-8")
        pytest.fail("what was printed is now expected; read it")
    assert expected.kind == "status"
    assert (str(done.returncode), said) == (expected.words[0], expected.text)
    assert report.pdf() == before
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*.txt")), ids=lambda path: path.stem)
def test_message_is_whole(case: Path) -> None:
    """Each error of a case says what, where in a file of the author's, and how to mend it."""
    *_, expected = parts(case)
    assert expected.words[0] in ("1", "2")
    errors = expected.text.split("error: ")
    assert errors[0] == ""
    assert len(errors) > 1
    for error in errors[1:]:
        what, where, *more = error.splitlines()
        assert what
        assert re.match(r"  [^ ]", where), error
        # What a machine wrote is no place to look at; where nothing can be written is.
        assert not where.startswith(("  output/.", "  output/t", "  mend:", "  step:")), error
        assert sum(line.startswith("  mend: ") for line in more) == 1, error
