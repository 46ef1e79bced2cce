"""What all tests share: the press of this checkout, as if it were installed, and their order."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Reports in temporary folders import the press from here; none brings a copy of its own.
os.environ["PYTHONPATH"] = os.pathsep.join(
    dict.fromkeys([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
)

# Of the tests in these files a single one takes minutes.
LONGEST = ("test_fuzz.py", "test_same_bytes.py", "test_survived.py", "test_statements.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long first, so that no core waits for the last of them."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: (item.path.name not in LONGEST, -slow[item.path]))
