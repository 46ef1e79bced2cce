"""What stands in a report and in a finished PDF, and how two of them differ.

commands.py    behind `check`, `verify` and `diff`
handwritten.py numbers typed by hand; suggestions.py: which claim each could be
embedded.py    the ledger and the results as they go into the PDF
snapshot.py    what a PDF says: its ledger, its facts in ink, its figures, its pages
difference.py  what changed between two snapshots, as text and as a page
revisions.py   the PDF of a git revision
"""
