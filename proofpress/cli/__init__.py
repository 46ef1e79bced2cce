"""The command line, the one room that prints."""

from proofpress.build import bytecode

# Before anything else is imported, by an author's build.py too.
bytecode.write_whole()
