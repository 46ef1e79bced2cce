"""The build: steps, what they were seen to read, and which of them must run again.

step.py       what a step is, and the order that outputs and inputs impose
digests.py    contents of files, meaning of Python files, names in folders, as short digests
observe.py    what a process is seen to read; zone.py: which of it counts
packages.py   which installed distribution owns a module, at which version
unseen.py     what other programs read; mentioned.py: and libraries in C, by the names of files
frames.py     whose code causes what is seen
record.py     what is remembered of a finished step; store.py: where
memo.py       what steps keep for the next build; press.py: the press's own part of each key
glance.py     the shortest way to "up to date"
decide.py     the reasons why a step must run; `build` and `why` walk the same ones
build.py      runs what must run, side by side, and keeps what was good
worker.py     the process in which one step runs and is observed
inside.py     what a step may tell its worker: progress, and files read by other programs
"""
