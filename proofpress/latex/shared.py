"""What pages, figures and the page of differences share in their preambles: `presstype.sty`.

Place in the chain: **shared preamble** -> format. Its macros have an @ in their names.
"""

from __future__ import annotations

import re
from pathlib import Path

TYPE = Path(__file__).with_name("presstype.sty").read_text(encoding="utf-8")


def tone(name: str) -> str:
    """Return a tone of the pages by its name there, in hexadecimal digits.

    >>> tone("accent")
    '1F3B63'
    """
    found = re.search(rf"\\providecolor\{{press-{name}\}}\{{HTML\}}\{{(\w+)\}}", TYPE)
    if found is None:
        raise KeyError(name)
    return found[1]
