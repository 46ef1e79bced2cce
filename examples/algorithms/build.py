#!/usr/bin/env python3
"""An exercise sheet of an algorithms course, from definitions to one PDF."""

from proofpress import Report

report = Report(__file__)
report.claims("derivations/*.py")
report.figures("figures/*.py")
report.tables("tables/*.py")
report.document("templates/report.tex.j2")

if __name__ == "__main__":
    report.main()
