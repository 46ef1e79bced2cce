"""Patterns that follow the text: a prefix that is seen by all, and documents packed together.

Letters: n tokens, of which the first p are the prefix; three documents of e, f and h tokens.
"""

from derivations._shared import CALLED, i, j, n, of_the_square, square, work
from proofpress import Count, IntegerSet, Leading, integers

p, e, f, h = integers("p e f h")

# The prefix is seen from everywhere, its own later tokens too; behind it all is causal.
prefix = IntegerSet(
    "prefix",
    (i, j),
    square & ((j <= i) | (j <= p)),
    assuming=(p >= 0) & (n >= p) & (n >= 1),
    parameters=(n, p),
)

# Three documents in one sequence; no token looks into another document.
documents = IntegerSet(
    "documents",
    (i, j),
    (1 <= j) & (j <= i) & (i <= e + f + h) & ((i <= e) | ((e < j) & (i <= e + f)) | (e + f < j)),
    assuming=(e >= 1) & (f >= 1) & (h >= 1),
    parameters=(e, f, h),
)

CLAIMS = (
    Count("text.prefix", "Prefix", prefix, related=of_the_square, called=CALLED),
    Count(
        "text.documents",
        "Packed documents",
        documents,
        related={"leading": Leading(e)},
        called=CALLED,
    ),
    work("work.prefix", "Prefix", prefix, (n, p)),
    work("work.documents", "Packed documents", documents, (e, f, h)),
)
