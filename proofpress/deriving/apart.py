"""Work in a process of its own that is watched: what ends it early is told, and never a success.

Place in the chain: command line -> **here** -> `make check`. The author's modules and functions run
in the press's own process; one that calls os._exit would else end the check with the status 0.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress

from proofpress.faults.errors import PressError

# Where the process of this module tells what it is about to do; none where nobody watches.
_watcher: socket.socket | None = None


def about_to(what: str, where: str) -> None:
    """Note what is done next, and where the author asked for it, for the watching process.

    >>> about_to("masks.causal was settled", "derivations/masks.py:3")
    """
    if _watcher is not None:
        _watcher.sendall(f"{what}\n{where}\n\n".encode())


def done(work: Callable[[], int]) -> int:
    """Return the exit status of the work, done in another process.

    Raises PressError, with what was being done, where that process ends before the work is done.

    >>> done(lambda: 1)
    1
    """
    sys.stdout.flush()
    sys.stderr.flush()
    here, there = socket.socketpair()
    process = os.fork()
    if not process:
        here.close()
        _work(work, there)
    there.close()
    with here, here.makefile("rb") as lines:
        told = lines.read().decode()
    ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    *notes, last = told.split("\n\n")
    if last:
        return int(last)
    if ended == 130:
        raise KeyboardInterrupt
    what, where = notes[-1].split("\n") if len(notes) and notes[-1] else ("the check ran", "")
    how = f"status {ended}" if ended >= 0 else f"signal {-ended}"
    raise PressError(
        f"the process was ended, with {how}, while {what}",
        where or None,
        "leave out what ends the process there, such as os._exit, or raise an error instead",
    )


def _work(work: Callable[[], int], watcher: socket.socket) -> None:
    """Do the work and ends this process; only what is done in full leaves its status behind."""
    global _watcher
    _watcher = watcher
    threading.Thread(target=_end_with, args=(watcher,), daemon=True).start()
    ended = 1
    try:
        status = work()
        with suppress(OSError):  # the reader of the table may have gone
            sys.stdout.flush()
            sys.stderr.flush()
        watcher.sendall(str(status).encode())
        ended = 0
    except KeyboardInterrupt:
        ended = 130
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(ended)


def _end_with(watcher: socket.socket) -> None:
    """End this process when the one that watches it has ended."""
    with suppress(OSError):
        watcher.recv(1)
    os._exit(1)
