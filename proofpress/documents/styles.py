"""The press's own LaTeX packages, which every document may load.

Place in the chain: **here** -> beside the document -> TeX.
"""

from __future__ import annotations

from pathlib import Path

STYLE_FILE = Path(__file__).with_name("notebook.sty")
