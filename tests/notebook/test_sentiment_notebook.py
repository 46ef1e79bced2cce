"""The shipped notebook: its form, one small run of it, and what it says without a hub."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import nbformat
import pytest

from proofpress.faults.errors import PressError
from proofpress.notebook.execution import execute
from proofpress.notebook.parameters import known_parameters
from proofpress.notebook.record import results

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "sentiment.ipynb"
ITEMS = ["1a", "1b", "2a", "2b", "2c", "3a", "3b", "3c", "3d", "4a", "4b"]


@pytest.fixture(scope="module")
def notebook():
    found = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(found)
    return found


def test_it_stores_no_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_it_has_one_cell_of_parameters(notebook):
    known = known_parameters(notebook, "sentiment.ipynb")
    assert known["model"] == known["data"] == "packaged"
    assert {"seed", "epochs", "train_size", "max_length", "batch_size", "learning_rate"} < set(
        known
    )


def test_each_item_has_a_heading_that_names_it(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.findall(r"^## Item (\w+)\. \w", text, re.MULTILINE) == ITEMS


@pytest.mark.slow
def test_two_small_runs_give_the_same_metrics(tmp_path):
    small = {"train_size": 128, "validation_size": 64, "test_size": 64, "max_length": 24}
    found = []
    for name in ("one", "two"):
        execute(NOTEBOOK, tmp_path / f"{name}.ipynb", small)
        recorded = results(tmp_path / f"{name}.ipynb")["results"]
        found.append({k: v for k, v in recorded.items() if not v.get("volatile")})
    assert found[0] == found[1]
    values = {key: entry["value"] for key, entry in found[0].items()}
    assert values["sentiment.vocabulary"] == 30522
    assert [values[f"sentiment.token.{t}"] for t in ("cls", "sep", "pad", "unk")] == [
        101,
        102,
        0,
        100,
    ]
    assert [values[f"sentiment.size.{s}"] for s in ("train", "validation", "test")] == [128, 64, 64]
    assert values["sentiment.parameters.all"] == 23_108_097
    assert values["sentiment.parameters.frozen"] == 2_169_345
    assert values["sentiment.base.all"] == 112_241_409
    assert values["sentiment.base.frozen"] == 2_759_169
    assert all(0 < values[f"sentiment.score.{item}"] < 1 for item in ("4aa", "4ab", "4ba", "4bb"))


@pytest.mark.slow
def test_without_a_hub_it_stops_with_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    published = {"model": "bert-base-uncased", "data": "imdb"}
    with pytest.raises(PressError) as error:
        execute(NOTEBOOK, tmp_path / "out.ipynb", published)
    assert str(error.value) == (
        "the model bert-base-uncased is neither on this machine nor can the hub be reached\n"
        "  sentiment.ipynb, cell 6 (In [5]), line 14: "
        "tokenizer = from_package_or_hub(AutoTokenizer)\n"
        '  mend: connect once to the hub, or set model = "packaged"'
    )


@pytest.mark.slow
class Silent(BaseHTTPRequestHandler):
    """A hub that hangs up without a word; it counts how often it was asked."""

    asked: ClassVar[list[str]] = []

    def handle(self) -> None:
        self.asked.append(self.address_string())


@pytest.mark.slow
def test_a_hub_that_does_not_answer_is_asked_once(tmp_path, monkeypatch):
    """Its own library would try each of several files again and again."""
    for name in ("HF_HUB_OFFLINE", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("HF_HOME", str(tmp_path))
        with pytest.raises(PressError, match="neither on this machine nor can the hub be reached"):
            execute(NOTEBOOK, tmp_path / "out.ipynb", {"model": "bert-base-uncased"})
        server.shutdown()
    assert len(Silent.asked) == 1
