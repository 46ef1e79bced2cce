"""Print an answer: a text and an exit status.

Place in the chain: audit -> **terminal**.
"""

from __future__ import annotations

import os
import sys


def say(answer: tuple[str, int]) -> int:
    """Print the text, errors to the error stream; return the status.

    >>> say(("nothing is typed by hand", 0))
    nothing is typed by hand
    0
    """
    text, status = answer
    print(text, file=sys.stderr if text.startswith("error:") else sys.stdout)
    return status


def unheard() -> None:
    """Drop what is still to be printed: the reader has gone, and Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
