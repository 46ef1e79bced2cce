"""The source of a notebook as it is read: its format, and the language that it is written in.

Place in the chain: file of the author's -> **source notebook** -> executed notebook. Notebooks of
older formats are converted. What no kernel of the press can run is refused before anything does.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from proofpress.faults.errors import PressError


def read_source(source: Path, label: str) -> Any:
    """Return a notebook, each cell with an id. Raises PressError, with `label` as its name."""
    notebook = _read(source, label)
    language = _language(notebook)
    if language not in ("", "python", "ipython"):
        raise PressError(
            f"the notebook is written in {_called(language)}; only notebooks in Python are run",
            label,
            "write it in Python, or put what it shows into a section of the report",
        )
    for number, cell in enumerate(notebook.cells, start=1):
        # Older notebooks have no ids; nbformat and papermill would make random ones.
        if "id" not in cell or "orig_nbformat" in notebook.metadata:
            cell["id"] = f"cell-{number}"
    return notebook


def _read(source: Path, label: str) -> Any:
    log = logging.getLogger("traitlets")
    before = log.disabled
    log.disabled = True  # nbformat tells there of each notebook that it converts
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            as_written = nbformat.read(source, as_version=nbformat.NO_CONVERT)
            # What is converted keeps nothing of this, and is of another class.
            languages = [_language_of_cells(as_written)] if "worksheets" in as_written else []
            notebook = nbformat.from_dict(nbformat.convert(as_written, 4))
        for language in languages:
            notebook.metadata["language_info"] = {"name": language}
        return notebook
    except (AttributeError, TypeError):  # from JSON that is a list or a number, and no notebook
        what = "the file is not a notebook, though it is JSON"
        raise PressError(what, label, "open it in Jupyter and save it again") from None
    except FileNotFoundError:
        raise PressError("the notebook does not exist", label, "correct its path") from None
    except (ValueError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise PressError(
            f"the file is not a notebook: {' '.join(str(error).split())[:200]}",
            label,
            "open it in Jupyter and save it again",
        ) from None
    finally:
        log.disabled = before


def _language(notebook: Mapping[str, Any]) -> str:
    """Return the language that a notebook says it is in, in small letters; '' when it does not.

    >>> _language({"metadata": {"kernelspec": {"name": "ir", "display_name": "R"}}})
    'r'
    """
    metadata = notebook["metadata"]
    kernel, told = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    named = kernel.get("language") or told.get("name") or _OF_KERNELS.get(kernel.get("name", ""))
    return str(named or "").lower()


# Kernels whose notebooks often do not name their language.
_OF_KERNELS = {"ir": "R", "iruby": "ruby", "bash": "bash", "octave": "octave", "sagemath": "sage"}
_NAMES = {"r": "R", "c++": "C++", "c#": "C#", "f#": "F#", "sql": "SQL", "javascript": "JavaScript"}


def _called(language: str) -> str:
    return _NAMES.get(language, language.capitalize())


def _language_of_cells(notebook: Mapping[str, Any]) -> str:
    """Return the language of the cells of a notebook of format 3, where each names its own."""
    cells = (cell for sheet in notebook["worksheets"] for cell in sheet["cells"])
    named = (cell["language"] for cell in cells if cell.get("language"))
    return str(next(named, "python"))
