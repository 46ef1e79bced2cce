"""The order of the tests: files that take long come first, so that no core waits for the last."""

from __future__ import annotations

from collections import Counter

import pytest

# Of them a single test takes minutes.
LONGEST = ("test_fuzz.py", "test_same_bytes.py", "test_survived.py", "test_statements.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with long tests first, then those by how many of their tests are slow."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: (item.path.name not in LONGEST, -slow[item.path]))
