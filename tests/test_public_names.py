"""What an author finds in the package by `dir`, and what `import *` takes from it."""

import types

import proofpress


def test_dir_tells_what_authors_use_and_nothing_else() -> None:
    names = [name for name in dir(proofpress) if name != "__version__"]
    assert {"Report", "record", "new_figure", "pair_grid", "IntegerSet", "Count"} <= {*names}
    assert not {"TYPE_CHECKING", "annotations"} & {*names}
    assert not [n for n in names if isinstance(getattr(proofpress, n), types.ModuleType)]


def test_a_derivation_takes_no_tools_of_figures() -> None:
    """It would import what draws and count that among its inputs."""
    assert {*dir(proofpress)} - {*proofpress.__all__} == {*proofpress._TOOLS, "__version__"}
