"""What all tests share: the press of this checkout, as if it were installed."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Reports in temporary folders import the press from here; none brings a copy of its own.
os.environ["PYTHONPATH"] = os.pathsep.join(
    dict.fromkeys([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
)
