"""Insertion sort: its comparisons at worst and at best.

Letters: n numbers; the number at place i is compared with those at places j before it.
"""

from proofpress import Bound, Count, IntegerSet, Leading, binomial, integers

n, i, j = integers("n i j")


def comparisons(numbers: list[int]) -> int:
    """Sort the numbers by insertion; return how many comparisons that took."""
    made = 0
    for place in range(1, len(numbers)):
        at = place
        while at > 0:
            made += 1
            if numbers[at - 1] <= numbers[at]:
                break
            numbers[at - 1], numbers[at] = numbers[at], numbers[at - 1]
            at -= 1
    return made


# Every number passes all before it when the numbers stand in falling order.
worst = IntegerSet(
    "worst case",
    (i, j),
    (2 <= i) & (i <= n) & (1 <= j) & (j <= i - 1),
    assuming=n >= 1,
)

# A number that is not smaller than its neighbor stays.
best = IntegerSet("best case", (i,), (2 <= i) & (i <= n), assuming=n >= 1)

at_worst = Count(
    "sorting.worst",
    "Comparisons of insertion sort at worst",
    worst,
    called=("number", "earlier number"),
    related={"leading": Leading(n)},
    also={"a real sort": lambda n: comparisons(list(range(n, 0, -1)))},
)

CLAIMS = (
    at_worst,
    Count(
        "sorting.pairs",
        "The same as a number of pairs",
        worst,
        stated=binomial(n, 2),
        called=("number", "earlier number"),
    ),
    Count(
        "sorting.best",
        "Comparisons of insertion sort at best",
        best,
        called=("number",),
        also={"a real sort": lambda n: comparisons(list(range(n)))},
    ),
    Bound(
        "sorting.upper",
        "Upper bound of the comparisons",
        at_worst.closed_form,
        n**2 / 2,
        (n,),
        n >= 1,
    ),
    Bound(
        "sorting.lower",
        "Lower bound of the comparisons",
        n**2 / 4,
        at_worst.closed_form,
        (n,),
        n >= 2,
    ),
)
