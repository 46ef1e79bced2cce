"""The build: steps, what they were seen to read, and which of them must run again.

step.py       what a step is, and the order that outputs and inputs impose
digests.py    contents of files and meaning of Python files, as short digests
packages.py   which installed distribution owns a module, at which version
store.py      the record that a finished step leaves
decide.py     the reasons why a step must run; `build` and `why` walk the same ones
build.py      runs what must run, side by side, and keeps what was good
worker.py     the process in which one step runs and is observed
inside.py     what a step may tell its worker: progress, and files read by other programs
"""
