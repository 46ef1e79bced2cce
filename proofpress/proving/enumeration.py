"""Proof by looking: the predicate itself tried at every point, with no algebra.

Place in the chain: definition -> derivation -> **proof**. It is exact on the cases it looks at
and says nothing of others: its verdict is *checked*, never *proved*.
"""

from __future__ import annotations

Point = tuple[int, ...]
