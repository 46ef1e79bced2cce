"""One LaTeX document from templates, the ledger, the results and report.toml.

latex.py       text that is LaTeX already, and the escaping of text that is not
numbers.py     exact numbers as a reader writes them
facts.py       what a template may say: claims, results, the document's own words
origins.py     which template line each line of the document came from
faults.py      what goes wrong in templates, gathered, at the author's line
sandbox.py     Jinja's operators and filters, which write LaTeX here and no HTML
templates.py   the Jinja environment, and its errors at the author's line
data.py        a CSV file as a table
document.py    the step that puts it all together
"""
