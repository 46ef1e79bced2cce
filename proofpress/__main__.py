"""`python -m proofpress`: the command `proofpress` of the Python that runs it."""

from proofpress.cli.entry import main

main()
