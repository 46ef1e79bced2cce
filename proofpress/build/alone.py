"""One build at a time in a folder, and none beside what a killed one has left at work.

Place in the chain: around every build. The system releases a lock with the last process that
holds it, however that ends, so no lock is ever left behind.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from proofpress.faults.errors import PressError

try:
    import fcntl
except ImportError:  # Windows: two builds at once are left to the user there.
    fcntl = None  # type: ignore[assignment]

_TRIES, _PAUSE = 20, 0.01  # seconds; together not as long as it takes to wonder
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def alone(state: str, waiting: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Wait until nobody else builds below the folder `state`, and keep others waiting.

    `waiting` is called if that takes time. Gives a function that raises PressError when the
    folder has been removed meanwhile; leaving raises it as well, instead of what came of that.
    """
    lock = _lock(state, "lock", waiting)
    folder = os.path.basename(os.path.dirname(state))

    def check() -> None:
        if not _is_there(lock, os.path.join(state, "lock")):
            raise PressError(f"{folder}/ was removed while the build ran", mend="build again")

    try:
        os.close(_lock(state, "at-work", waiting))
        yield check
    finally:
        try:
            check()
        finally:
            os.close(lock)


def at_work(state: str) -> int:
    """Return a descriptor with a shared lock: the next build waits until this process, and all that
    inherit the descriptor, have ended."""
    descriptor = _opened(state, "at-work")
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _lock(state: str, name: str, waiting: Callable[[], None]) -> int:
    """Return a descriptor of a file that nobody else has locked and that is still there."""
    while True:
        _make(state)
        descriptor = _opened(state, name)
        if fcntl is None:
            return descriptor
        if not _locks_soon(descriptor):
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _is_there(descriptor, os.path.join(state, name)):
            return descriptor
        os.close(descriptor)


def _make(state: str) -> None:
    """Make the folder; what holds it and all that is built is none of git's, unless it is the
    author's own: it held files before the first build."""
    out = os.path.dirname(state)
    # What a build left that went on when the folder had been removed is the press's as well.
    ours = os.path.exists(state) or not any(files for _, _, files in os.walk(out))
    new = ours and not os.path.exists(os.path.join(state, "lock"))
    os.makedirs(state, exist_ok=True)
    if new:
        with open(os.path.join(out, ".gitignore"), "w", encoding="utf-8") as file:
            file.write("*\n")


def _locks_soon(descriptor: int) -> bool:
    """Return whether the lock can be had. What worked in vain for a build that has just ended needs
    a moment to tidy up."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        else:
            return True
    return False


def _opened(state: str, name: str) -> int:
    return os.open(os.path.join(state, name), os.O_RDWR | os.O_CREAT, 0o666)


def _is_there(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False
