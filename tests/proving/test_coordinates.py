"""Changes of coordinates whose blocks have a fixed size, a number instead of a letter."""

import pytest

from proofpress import Coordinates, Count, Eq, IntegerSet, Mod, floor, integers
from proofpress.ledger.claims import Verdict

n, m, i, j, k, a, b = integers("n m i j k a b")


def windows(size: int, shift: int = 0) -> tuple[Coordinates, Count]:
    """Causal windows of so many tokens; `shift` makes the map a wrong one."""
    original = IntegerSet(
        "windows",
        (i, j),
        (1 <= i)
        & (i <= n)
        & (1 <= j)
        & (j <= i)
        & Eq(floor((i - 1) / size), floor((j - 1) / size)),
        assuming=(n >= 1) & Eq(Mod(n, size), 0),
    )
    blocks = IntegerSet(
        "blocks",
        (k, a, b),
        (1 <= k) & (k <= m) & (1 <= a) & (a <= size) & (1 <= b) & (b <= a),
        assuming=m >= 1,
    )
    coordinates = Coordinates(
        "windows.coordinates",
        "Coordinates",
        original=original,
        blocks=blocks,
        mapping={i: size * (k - 1) + a + shift, j: size * (k - 1) + b + shift},
        inverse={
            k: floor((i - 1) / size) + 1,
            a: i - size * floor((i - 1) / size),
            b: j - size * floor((j - 1) / size),
        },
        where={n: size * m},
    )
    return coordinates, Count("windows.count", "Windows", blocks, through=coordinates)


@pytest.mark.parametrize("size", [2, 4, 7])
def test_blocks_of_a_fixed_size_are_proved(size: int) -> None:
    coordinates, count = windows(size)
    assert coordinates.settle().verdict is Verdict.PROVED
    claim = count.settle()
    assert claim.verdict is Verdict.PROVED
    assert claim.closed_form.subs(claim.letters[0], 5 * size) == 5 * size * (size + 1) // 2


def test_a_wrong_map_to_blocks_of_a_fixed_size_is_not_proved() -> None:
    coordinates, count = windows(4, shift=1)
    assert coordinates.settle().verdict is not Verdict.PROVED
    assert count.settle().verdict is not Verdict.PROVED
