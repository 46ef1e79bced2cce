"""New names for a set's letters, where a claim means something else by the old ones.

Place in the chain: **definition** -> derivation -> proof.
"""

from __future__ import annotations

from collections.abc import Iterable

from proofpress.counting.sets import IntegerSet
from proofpress.proving.lines import primed_name
from proofpress.terms.tree import Letter
from proofpress.terms.walk import put as put_into


def renamed(
    counted: IntegerSet, clashing: Iterable[str], letters: Iterable[object]
) -> tuple[IntegerSet, dict[str, str]]:
    """Return the set with new names for some of its letters, and the new names by the old.

    >>> from proofpress import integers
    >>> n, i = integers("n i")
    >>> line = IntegerSet("line", (i,), (1 <= i) & (i <= n), assuming=n >= 1)
    >>> renamed(line, ["n"], [n])[0].written, renamed(line, ["n"], [n])[1]
    ((i >= 1) & (i <= n'), {'n': "n'"})
    """
    taken = [*letters, *counted.counted, *counted.parameters]
    names = {name: primed_name(name, taken) for name in clashing}
    values = {old: Letter(new) for old, new in names.items()}
    own, parameters = (
        [Letter(names.get(str(letter), str(letter))) for letter in given]
        for given in (counted.counted, counted.parameters)
    )
    written, assumed = (put_into(part, values) for part in (counted.written, counted.assumed))
    source = counted.source
    return IntegerSet(counted.name, own, written, assumed, parameters, source), names
