"""The command line: the one place that prints and decides the exit status.

0  done, or nothing to do
1  the report is at fault: a claim that is not proved, a step that failed
2  the call is at fault: an unknown command, a bad report.toml, a missing tool
"""

from __future__ import annotations

import os
import sys

from proofpress.build import sealed
from proofpress.build.build import Build
from proofpress.cli import given
from proofpress.faults.errors import PressError

# A rebuild waits for whatever is imported here: only what every build needs.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from proofpress.build.build import Failure
    from proofpress.build.step import Step

    Pipeline = Callable[[dict[str, Any]], list[Step]]

COMMANDS = {
    "pdf": "bring the report up to date: output/report.pdf (the default)",
    "check": "derive and prove all claims, print a table; find numbers typed by hand",
    "check-kernel": "let Coq, where it is installed, check every certificate again",
    "why": "tell which steps would run, and which input changed",
    "verify": "tell whether a PDF is what these sources give: verify FILE.pdf",
    "diff": "tell what changed: diff OLD NEW, each a PDF or a git revision",
    "doctor": "tell which TeX engine would be used, its version, and what is missing",
    "stress": "builds killed, disks filled, stores damaged: a table (some of it: stress few)",
    "fuzz": "random definitions and claims beside plain Python and barvinok: a table",
    "test": "formatter, linter, types and all tests (--fast leaves out the slow ones)",
    "clean": "remove output/, with all that was built",
    "help": "print this list",
}


class Options:
    """What the command line asks for, and what it asks for when it says nothing."""

    command = "pdf"
    rest: Sequence[str] = ()
    force = False
    engine: str | None = None
    jobs: int | None = None
    json = False
    fast = False
    yes = False
    output: str | None = None
    untrusted = False
    debug = False
    seed: int | None = None
    count: int | None = None
    only: int | None = None


def main(root: str, rules: Mapping[str, Any], pipeline: Pipeline) -> int:
    """Runs one command for the report in `root`; returns the exit status."""
    options = _options(sys.argv[1:])
    return _answered(lambda: _carried_out(root, rules, pipeline, options), options.debug)


def _answered(work: Callable[[], int], debug: bool, failed: int = 2) -> int:
    """The exit status of the work; what goes wrong in it is printed, and its status `failed`."""
    try:
        return work()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # an author's code may raise whatever there is, SystemExit too
        if debug:
            import traceback

            traceback.print_exc()
        _refused(error)
        return failed


def _carried_out(root: str, rules: Mapping[str, Any], pipeline: Pipeline, options: Options) -> int:
    if options.command == "help":
        _parser().print_help()
        return 0
    if options.untrusted:
        from proofpress.report import trust

        trust.refuse_command(options.command)
    if options.command == "test":
        return _test(root, options.fast, options.rest)
    if options.command == "stress":
        return _stress(root, options.rest)
    if options.command == "fuzz":
        return _fuzz(root, options)
    if options.command == "clean":
        import shutil

        shutil.rmtree(os.path.join(root, "output"), ignore_errors=True)
        return 0
    settings = given.given(root, rules)
    if options.engine:
        settings["typeset"]["engine"] = options.engine
    if options.command == "doctor":
        return _doctor(root, settings["typeset"]["engine"])
    if options.force:
        # Steps that keep proofs or cells between builds leave them aside as well.
        os.environ["PROOFPRESS_FORCE"] = "1"
    build = Build(root, pipeline(settings), force=options.force, standby=_standby())
    build.decided_by = given.CODE
    if options.engine:
        build.whole = False  # it is not what report.toml asks for
    if options.command == "check":
        return _apart(lambda: _check(root, settings["letters"]), options)
    if options.command == "check-kernel":
        return _apart(lambda: _check_kernel(root), options, failed=2)
    if options.rest and options.command in ("pdf", "why"):
        build.only(options.rest)
    if options.untrusted and options.command in ("pdf", "verify"):
        from proofpress.report import trust

        trust.refuse_steps(build.why())
    if options.command == "verify":
        return _verify(build, options)
    if options.command == "diff":
        return _diff(options, settings["typeset"]["engine"])
    if options.command == "why":
        return _why(build)
    return _build(build, options)


def _apart(work: Callable[[], int], options: Options, failed: int = 1) -> int:
    """The exit status of work that runs the author's code, done in a process that is watched."""
    from proofpress.deriving import apart

    try:
        return apart.done(lambda: _answered(work, options.debug, failed))
    except PressError as error:
        _refused(error)
        return 1


def _refused(error: BaseException) -> int:
    """Prints the faults for which nothing was begun, or nothing could go on."""
    from proofpress.faults.places import told

    for single in told(error).each():
        print(f"error: {single}", file=sys.stderr)
    return 2


def _options(words: Sequence[str]) -> Options:
    options = Options()
    # What make and other programs type most needs no parser, whose import takes longer than the
    # look at all steps.
    if words == ["--json"]:
        options.json = True
    elif words not in ([], ["pdf"]):
        _parser().parse_args(words, namespace=options)
    return options


def _parser() -> argparse.ArgumentParser:
    import argparse

    listed = "\n".join(f"  {name:12} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Builds this report: reports whose mathematics has been proved.",
        epilog=f"commands (make knows them, too):\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("command", nargs="?", default=Options.command, choices=COMMANDS, metavar="command")
    add("rest", nargs="*", help="pdf, why: only these steps; verify, diff: PDFs")
    add("--force", action="store_true", help="run every step, up to date or not")
    add("--engine", choices=("embedded", "system"), help="the TeX engine, for this once")
    add("--jobs", type=int, help="how many steps may run at once (default: all cores)")
    add("--json", action="store_true", help="print events as JSON lines, for other programs")
    add("--yes", action="store_true", help="diff: build a revision even where that takes long")
    add("--fast", action="store_true", help="test: leave out the slow tests")
    add(
        "--output",
        metavar="DIR",
        help="copy the sources to DIR and build there: for a checkout that is read-only",
    )
    add("--untrusted", action="store_true", help="refuse to run code of the report's author")
    add("--debug", action="store_true", help="show the traceback of an error")
    add("--seed", type=int, help="fuzz: of the lot by which the cases are drawn")
    add("--count", type=int, help="fuzz: how many cases")
    add("--only", type=int, metavar="INDEX", help="fuzz: try this one case, and tell it in full")
    return parser


def _standby() -> float:
    """How many seconds imported libraries wait for the next build: in a terminal there will
    probably be one, elsewhere nothing should stay behind."""
    told = os.environ.get("PROOFPRESS_STANDBY")
    try:
        return float(told) if told else 600.0 * sys.stdout.isatty()
    except ValueError:
        raise PressError(
            f"{told} is not a number of seconds", "$PROOFPRESS_STANDBY", "write 600, or 0"
        ) from None


def _build(build: Build, options: Options) -> int:
    from proofpress.cli.display import display

    with display(options.json) as shown:
        failures = build.run(shown, options.jobs)
    places = {step.name: place for place, step in enumerate(build.steps)}
    _tell(sorted(failures, key=lambda failure: places[failure.step]), options.debug)
    if failures:
        kept = os.path.exists(os.path.join(build.root, "output", "report.pdf"))
        if kept:
            print("output/report.pdf is still the last good one", file=sys.stderr)
        return 1
    if not options.json:
        state = "is ready" if shown.worked else "is up to date"
        print(f"output/report.pdf {state}" if not options.rest else f"{options.rest[0]} {state}")
    return 0


def _tell(failures: Sequence[Failure], debug: bool) -> None:
    """Prints each fault once, with all steps that it befell."""
    steps: dict[str, list[str]] = {}
    for failure in failures:
        if debug and failure.traceback:
            print(failure.traceback, file=sys.stderr)
        for single in failure.error.each():
            steps.setdefault(str(single), []).append(failure.step)
    for fault, names in steps.items():
        word = "step" if len(names) == 1 else "steps"
        print(f"error: {fault}\n  {word}: {', '.join(names)}", file=sys.stderr)


def _why(build: Build) -> int:
    stale = 0
    for step, found in build.why():
        if found:
            stale += 1
            print(f"{step.name}: " + "; ".join(map(str, found)))
    for path in sealed.damaged:
        print(f"{os.path.relpath(path)} was damaged, or written by another version")
    if not stale:
        print("all is up to date")
    return 0


def _check(root: str, letters: Mapping[str, Any]) -> int:
    from pathlib import Path

    from proofpress.audit import commands as audit
    from proofpress.deriving.derive import check

    sys.path.insert(0, root)
    return max(check(Path("derivations")), _say(audit.typed(Path(), letters)))


def _check_kernel(root: str) -> int:
    from pathlib import Path

    from proofpress.deriving.derive import check_kernel

    sys.path.insert(0, root)
    return check_kernel(Path("derivations"))


def _verify(build: Build, options: Options) -> int:
    from pathlib import Path

    from proofpress.audit import commands as audit

    (given,) = _words(options, "verify FILE.pdf", 1)
    options.rest = []
    return _build(build, options) or _say(audit.verified(Path(given), Path("output/report.pdf")))


def _diff(options: Options, engine: str) -> int:
    from pathlib import Path

    from proofpress.audit import commands as audit
    from proofpress.report import trust

    old, new = _words(options, "diff OLD NEW", 2)
    if options.untrusted:
        trust.refuse_revisions((old, new))
    return _say(audit.changed(old, new, Path(), Path("output/diff.pdf"), engine, options.yes))


def _words(options: Options, usage: str, number: int) -> Sequence[str]:
    """The words after the command. Raises PressError when there are more or fewer."""
    if len(options.rest) != number:
        raise PressError(f"{len(options.rest)} words follow, not {number}", mend=f"type: {usage}")
    return options.rest


def _say(answer: tuple[str, int]) -> int:
    text, status = answer
    print(text, file=sys.stderr if text.startswith("error:") else sys.stdout)
    return status


def _doctor(root: str, engine: str) -> int:
    from pathlib import Path

    from proofpress.typeset.doctor import facts
    from proofpress.typeset.engine import find

    texts = [path.read_text(encoding="utf-8") for path in Path(root, "templates").glob("*.tex")]
    found = facts(find(engine), texts)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"TeX engine: {found.name}, {found.version}")
    if found.missing:
        print(f"missing LaTeX packages: {', '.join(found.missing)}\n  mend: {found.mend}")
        return 2
    print("nothing is missing")
    return 0


def _stress(root: str, rest: Sequence[str]) -> int:
    import subprocess

    script = os.path.join("tests", "stress", "stress.py")
    return subprocess.run([sys.executable, script, *rest], cwd=root).returncode


def _fuzz(root: str, options: Options) -> int:
    import subprocess

    asked = {"seed": options.seed, "count": options.count, "only": options.only}
    words = [f"--{name}={value}" for name, value in asked.items() if value is not None]
    return subprocess.run([sys.executable, "-m", "tests.fuzz", *words], cwd=root).returncode


def _test(root: str, fast: bool, rest: Sequence[str]) -> int:
    """Runs what a change must pass; the first failing tool's status is the result."""
    import subprocess

    python = [sys.executable, "-m"]
    tests = [*python, "pytest", "-n", "2", *(["-m", "not slow"] if fast else []), *rest]
    tools = [
        [*python, "ruff", "format", "--check", "--quiet"],
        [*python, "ruff", "check", "--quiet"],
        [*python, "mypy", "--no-error-summary"],
        tests,
    ]
    for command in tools:
        status = subprocess.run(command, cwd=root).returncode
        if status:
            print(f"error: {' '.join(command[2:4])} found faults", file=sys.stderr)
            return 1
    return 0
