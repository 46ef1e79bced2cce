"""The fuzzer as a command: `python -m tests.fuzz`, or `python build.py fuzz`."""

import sys

from .runner import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
