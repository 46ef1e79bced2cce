"""Starts the observation of reads in a Python process that a step started."""

import os

from proofpress.build import observe

if os.environ.get(observe.LOG):
    observe.start(os.environ[observe.ROOT], os.environ[observe.STATE]).write_to(
        os.environ[observe.LOG]
    )
