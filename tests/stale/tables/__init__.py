"""A part of the small report of tests/test_stale.py."""
