"""Widgets in words, as they were when the notebook had run: bars of progress, and labels.

Place in the chain: state of the widgets in an executed notebook -> **text** -> page. What has no
words, such as a slider, is no text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"
Widgets = Mapping[str, Mapping[str, Any]]  # states, by the widget's number
_STATE = "application/vnd.jupyter.widget-state+json"
_WORDS = frozenset(["HTMLModel", "HTMLMathModel", "LabelModel"])
_BARS = frozenset(["FloatProgressModel", "IntProgressModel"])
_BOXES = {"HBoxModel": " ", "VBoxModel": "\n", "BoxModel": " "}
_BLOCKS = 10


def kept(notebook: Mapping[str, Any]) -> Widgets:
    """Return the states of the widgets of an executed notebook."""
    held: Widgets = notebook["metadata"].get("widgets", {}).get(_STATE, {}).get("state", {})
    return held


def in_words(view: Mapping[str, Any], widgets: Widgets) -> str:
    """Return what a widget shows in words; '' where that is more than words.

    >>> bar = {"model_name": "IntProgressModel", "state": {"value": 2, "max": 4}}
    >>> in_words({"model_id": "a"}, {"a": bar})
    '█████     '
    """
    found = widgets.get(view.get("model_id", ""))
    words = None if found is None else _words(found, widgets)
    return words or ""


def _words(widget: Mapping[str, Any], widgets: Widgets) -> str | None:
    name, state = widget.get("model_name", ""), widget.get("state", {})
    if name in _WORDS:
        return " ".join(html.unescape(re.sub("<[^<>]*>", " ", state.get("value", ""))).split())
    if name in _BARS:
        low, high = state.get("min", 0), state.get("max", 100)
        filled = round(_BLOCKS * (state.get("value", 0) - low) / (high - low or 1))
        return ("█" * filled).ljust(_BLOCKS)
    if name not in _BOXES:
        return None
    inner = [
        _words(widgets.get(child.removeprefix("IPY_MODEL_"), {}), widgets)
        for child in state.get("children", ())
    ]
    if not inner or None in inner:
        return None
    return _BOXES[name].join(words for words in inner if words)
