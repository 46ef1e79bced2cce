"""The commands, a module each: `add(parser)` declares its options, `run(call)` carries it out.

A command that writes `REPORT = False` needs no report; others are given to one.
"""

from __future__ import annotations

# Name: what help says of it. The module is called as the command, with "_" for "-".
COMMANDS = {
    "pdf": "bring the report up to date (the default)",
    "check": "derive and prove all claims, print a table; find what was typed by hand",
    "check-kernel": "let Coq, where it is installed, check every certificate again",
    "why": "tell which steps would run, and which input changed",
    "verify": "tell whether a PDF is what these sources give: verify FILE.pdf",
    "diff": "tell what changed: diff OLD NEW, each a PDF or a git revision",
    "doctor": "tell which TeX engine would be used, its version, and what is missing",
    "test": "run the report's own tests (--fast leaves out the slow ones)",
    "run": "run a Python module in the report's environment: run MODULE [WORD ...]",
    "new": "write a complete small report into a new folder: new FOLDER",
    "clean": "remove all that was built",
    "help": "print this list",
}
