"""What goes wrong in an author's build.py itself, told as every other error is.

Place in the chain: build.py -> **its exception** -> message. Python ends the process with status 1.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType


def listen() -> None:
    """Tell an exception that nobody handles as what, where and mend instead of a traceback."""
    sys.excepthook = _tell


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from proofpress.cli.main import tell
    from proofpress.report.environment import work_in

    if isinstance(error, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return
    if "--debug" in sys.argv:
        sys.__excepthook__(kind, error, trace)
    work_in(os.path.dirname(os.path.abspath(sys.argv[0])))
    tell(error)
