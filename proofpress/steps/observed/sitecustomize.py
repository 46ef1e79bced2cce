"""Starts the observation of reads in a Python process that a step started."""

import os

from proofpress.steps import observe

if os.environ.get(observe.LOG):
    observe.start(os.environ[observe.ROOT], os.environ[observe.LOG])
    import atexit

    def _modules() -> None:
        with open(os.environ[observe.LOG], "a", encoding="utf-8") as log:
            for path in observe.modules(os.environ[observe.ROOT]):
                log.write(f"file {path}\n")

    atexit.register(_modules)
