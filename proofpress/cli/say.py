"""Print an answer: a text and an exit status.

Place in the chain: audit -> **terminal**.
"""

from __future__ import annotations

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
