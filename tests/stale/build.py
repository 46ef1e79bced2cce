"""A small but complete report: what it prints depends on every kind of input."""

from proofpress import Report

report = Report(__file__)
report.claims("derivations/*.py")
report.figures("figures/*.py")
report.tables("tables/*.py")
report.notebook("notebooks/measure.ipynb")
report.document(
    "templates/report.tex.j2", words={"title": "text", "due": "date", "authors": ["text"]}
)

if __name__ == "__main__":
    report.main()
