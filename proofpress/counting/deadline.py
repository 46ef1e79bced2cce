"""A time limit for exact methods: a method that runs out is undecided, never a pass.

Place in the chain: used by the derivation and by every proof. In the main thread of a system with
interval timers an alarm interrupts whatever runs, a library's loop or a sleep included. Elsewhere
the limit is cooperative: the inner loops ask for it. A single call of compiled code ends by
itself before either can act; the solvers, where such a call may last, get the time left as their
own limit.

Seconds are those of the processor, so that a verdict does not depend on what else the machine
does; a method that waits for something is ended after PATIENCE times as many by the clock.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType

# The processor's and the clock's time at which the limit is reached.
_end: ContextVar[tuple[float, float] | None] = ContextVar("end of the time limit", default=None)

PATIENCE = 6.0
# It rings again after so many seconds: a library may swallow what the alarm raises, and on a busy
# machine the clock runs ahead of the processor's time.
AGAIN = 0.5
_NOT_INSIDE = ("<frozen importlib._bootstrap>", __file__, contextlib.__file__)
# An interval timer that is set to nothing is switched off.
SHORTEST = 0.001


class OutOfTime(Exception):
    """Raised inside a method whose time limit has passed."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Return a context that OutOfTime ends after `seconds` of processor time, or at its own end.

    An outer, earlier limit stays in force, and so does any other use of the alarm, once the
    context has ended.

    >>> with time_limit(60):
    ...     check_deadline()
    """
    outer = _end.get()
    end = time.process_time() + seconds, time.monotonic() + PATIENCE * seconds
    if outer is not None:
        end = min(end[0], outer[0]), min(end[1], outer[1])
    token = _end.set(end)
    try:
        with _alarm(seconds_left() or 0.0):
            yield
        # What was found after the end is not told: an alarm may have been swallowed on the way.
        check_deadline()
    finally:
        _end.reset(token)


def check_deadline() -> None:
    """Return None while time is left; raise OutOfTime after that.

    >>> check_deadline()
    """
    left = seconds_left()
    if left is not None and left <= 0:
        raise OutOfTime("the time limit was reached")


def seconds_left() -> float | None:
    """Return the seconds until the limit, None where there is no limit.

    >>> seconds_left() is None
    True
    """
    end = _end.get()
    if end is None:
        return None
    return max(0.0, min(end[0] - time.process_time(), end[1] - time.monotonic()))


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Return a context in which an alarm raises OutOfTime when the limit is reached, where that
    is possible; it cannot be reached before so many `seconds`."""
    before = signal.getsignal(signal.SIGALRM) if hasattr(signal, "setitimer") else None
    if before is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    left, interval = signal.getitimer(signal.ITIMER_REAL)
    began = time.monotonic()

    def restore() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            rest = left - (time.monotonic() - began)
            signal.setitimer(signal.ITIMER_REAL, max(rest, SHORTEST), interval)

    try:
        signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, SHORTEST), AGAIN)
        yield
    finally:
        restore()


def _ring(number: int, frame: FrameType | None) -> None:
    # A module whose import is broken off stays broken for the whole process, and a limit that is
    # broken off while it is taken down rings for ever; what is raised while an object is taken
    # away is lost. It rings again later.
    while frame is not None:
        if frame.f_code.co_filename in _NOT_INSIDE or frame.f_code.co_name == "__del__":
            return
        frame = frame.f_back
    check_deadline()
