"""JSON as the press publishes it: one line for each value, and one for each pair of a mask.

Place in the chain: ledger -> **text** -> output/claims.json, output/ledger.json.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import Any


def laid_out(value: Any, margin: str = "\n") -> str:
    """Return the JSON text, indented by one space a level; `margin` begins each line but the first.

    It is that of json.dumps with indent=1, pairs of integers apart. That one writes value by
    value through generators within generators, which takes twice as long.

    >>> print(laid_out({"cells": [[1, 2]], "value": "n"}))
    {
     "cells": [
      [1, 2]
     ],
     "value": "n"
    }
    """
    if isinstance(value, str):
        return quoted(value)
    inner = margin + " "
    if isinstance(value, dict) and value:
        lines = [f"{quoted(key)}: {laid_out(one, inner)}" for key, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(lines)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        if len(value) == 2 and type(value[0]) is type(value[1]) is int:
            return f"[{value[0]}, {value[1]}]"
        return f"[{inner}{f',{inner}'.join([laid_out(one, inner) for one in value])}{margin}]"
    return json.dumps(value)
