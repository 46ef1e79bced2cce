"""Notebooks: run by papermill, their results recorded, their cells set in LaTeX.

Place in the chain: definition -> derivation -> proof -> figure -> **notebook** -> template -> PDF.

A notebook imports `record`, `tabulate`, `progress` and `Unavailable` from here; they are light
and also work when the notebook is opened by hand. The press uses `execution.execute`,
`record.results` and `latex.to_latex`, in this order; `steps` has them as steps of a build.
"""

from proofpress.notebook.progress import Unavailable, progress
from proofpress.notebook.record import record, tabulate

__all__ = ["Unavailable", "progress", "record", "tabulate"]
