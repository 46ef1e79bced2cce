"""The names of the files that an author writes, for messages; nothing is opened by them.

Place in the chain: any room -> **here** -> message. `report/` alone knows where the files are.
"""

from __future__ import annotations

SETTINGS = "report.toml"
PIPELINE = "build.py"
