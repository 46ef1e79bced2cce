"""Numbers by a function of the author's, which counts in another way.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from proofpress.proving.engines import Engine
from proofpress.proving.method import Method
from proofpress.proving.methods.enumeration import find

METHOD = Method("second opinion", (Engine.AUTHOR, Engine.EVALUATION), find)
