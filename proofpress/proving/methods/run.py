"""Numbers of operations, by a recurrence that is really run and counts what it does.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from proofpress.proving.engines import Engine
from proofpress.proving.method import Method
from proofpress.proving.methods.enumeration import find

METHOD = Method("instrumented run", (Engine.RUN, Engine.EVALUATION, Engine.FOURIER_MOTZKIN), find)
