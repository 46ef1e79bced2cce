"""The end of every call, without the interpreter's own tidying.

Place in the chain: the last line of start.py.
"""

import atexit
import os
import sys


def end(status: int) -> int:
    """Ends the process with this exit status; the tidying takes as long as a look at all steps.

    Returns the status where what was printed could not be delivered: Python then tells of it.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return status
    os._exit(status)
