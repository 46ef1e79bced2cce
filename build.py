#!/usr/bin/env python3
"""Homework 4, from definitions to one PDF. Type `make pdf`, or `python build.py help`."""

from proofpress import Report

report = Report(__file__)
report.claims("derivations/*.py")
report.figures("figures/*.py")
report.tables("tables/*.py")
report.notebook("notebooks/sentiment.ipynb")
report.document(
    "templates/report.tex.j2",
    words={
        "course": "text",
        "title": "text",
        "author": "text",
        "net_id": "text",
        "due": "date",
        "collaborators": ["text"],
        "paper": ("a4", "letter"),
        "times": "truth",
    },
)

if __name__ == "__main__":
    report.main()
