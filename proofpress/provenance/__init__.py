"""What a finished PDF claims, and how two of them differ.

embedded.py    the ledger and the results as they go into the PDF
snapshot.py    what a PDF says: its ledger, its facts in ink, its figures, its pages
difference.py  what changed between two snapshots, as text and as a page
revisions.py   the PDF of a git revision
"""
