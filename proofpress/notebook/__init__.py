"""Notebooks: run by papermill, their results recorded, their cells set in LaTeX.

Place in the chain: definition -> derivation -> proof -> figure -> **notebook** -> template -> PDF.

A notebook imports what is named below; all of it is light, and also works when the notebook is
opened by hand. The press uses `execution.execute`, `record.results` and `latex.to_latex`, in this
order; `steps` and `conversion` have them as steps of a build. A run that follows another begins at
the first edited cell: `resume` decides, `past` keeps runs, and `session` keeps and restores the
kernel's state.
"""

from proofpress.notebook.hub import hub_reachable
from proofpress.notebook.progress import Unavailable, progress
from proofpress.notebook.record import record, tabulate

__all__ = ["Unavailable", "hub_reachable", "progress", "record", "tabulate"]
