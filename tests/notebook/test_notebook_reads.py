"""What a cell has read, compared with the present."""

from pathlib import Path

from proofpress.build.digests import Digests
from proofpress.notebook import reads


def test_a_style_of_the_press_counts_as_a_file_and_its_code_does_not(tmp_path):
    style, module = (
        str(Path(reads.__file__).with_name(name)) for name in ("report.mplstyle", "reads.py")
    )
    digests = Digests(str(tmp_path), str(tmp_path / "digests"), print)
    facts = {"disturbed": [], "imports": {}, "variables": {}}
    assert reads.difference({**facts, "reads": {"code": {module: "old"}}}, digests) is None
    known = {style: digests.of(style), module: "old"}
    assert reads.difference({**facts, "reads": {"bytes": known}}, digests) is None
    assert (
        reads.difference({**facts, "reads": {"bytes": {style: "old"}}}, digests)
        == f"{style} changed"
    )
