"""Numbers that are too long to be written down.

Place in the chain: **definition** -> derivation -> messages.
"""

from __future__ import annotations

from proofpress.faults.errors import PressError
from proofpress.terms.origin import author_line

MOST_BITS = 14_000  # Python writes down numbers of 4300 digits, which have 14,284 bits


def refuse_long(*numbers: int, where: str | None = None) -> None:
    """Raise PressError for a number with more digits than Python writes down.

    >>> refuse_long(10**4000)
    """
    longest = max(abs(number).bit_length() for number in numbers)
    if longest > MOST_BITS:
        what = f"a number with about {int(longest * 0.30103) + 1} digits cannot be written down"
        mend = "write it as a power of a letter, or take a smaller one"
        raise PressError(what, where or author_line(), mend)
