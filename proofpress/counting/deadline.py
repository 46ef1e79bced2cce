"""A time limit for exact methods: a method that runs out is undecided, never a pass.

Place in the chain: used by the derivation and by every proof. The limit is cooperative (the
inner loops ask for it), so it works in threads and on every system.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_end: ContextVar[float | None] = ContextVar("end of the time limit", default=None)


class OutOfTime(Exception):
    """Raised inside a method whose time limit has passed."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Return a context in which `check_deadline` raises OutOfTime after `seconds` of wall time.

    An outer, earlier limit stays in force.

    >>> with time_limit(60):
    ...     check_deadline()
    """
    outer = _end.get()
    end = time.monotonic() + seconds
    token = _end.set(end if outer is None else min(end, outer))
    try:
        yield
    finally:
        _end.reset(token)


def check_deadline() -> None:
    """Return None while time is left; raise OutOfTime after that.

    >>> check_deadline()
    """
    end = _end.get()
    if end is not None and time.monotonic() > end:
        raise OutOfTime("the time limit was reached")


def seconds_left() -> float | None:
    """Return the seconds until the limit, None where there is no limit.

    >>> seconds_left() is None
    True
    """
    end = _end.get()
    return None if end is None else max(0.0, end - time.monotonic())
