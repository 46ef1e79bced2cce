"""A built report whose edits are undone in place, so that its servers stand by between the tests.

Importing SymPy and matplotlib takes longer than most builds after an edit. As in a terminal, a
process that has imported them waits for the next build of the same folder; here for the next test.
"""

import os
import shutil
from pathlib import Path

STANDBY = {"PROOFPRESS_STANDBY": "60"}
SERVERS = Path("output/.steps/servers")
_LEFT_OUT = shutil.ignore_patterns(SERVERS.name)


def kept(root: Path) -> Path:
    """A copy of the folder as it is, to be restored from; without sockets, which nobody copies."""
    copy = root.with_name(f"{root.name}-kept")
    shutil.copytree(root, copy, symlinks=True, ignore=_LEFT_OUT, copy_function=_copied)
    return copy


def restore(root: Path, copy: Path) -> None:
    """Make the folder as it was when it was `kept`, under whatever servers stand by there."""
    empty(root)
    shutil.copytree(copy, root, symlinks=True, dirs_exist_ok=True, copy_function=_copied)


def _copied(source: str, copy: str) -> None:
    """Copy a file; a session of a notebook, large and never changed in place, is linked."""
    if "/.steps/notebook/" in source:
        os.link(source, copy)
    else:
        shutil.copy2(source, copy)


def empty(root: Path) -> None:
    """Remove all that is in the folder but the servers that stand by."""
    for folder, names, files in os.walk(root, topdown=False):
        here = Path(folder).relative_to(root)
        if SERVERS in (here, *here.parents):
            continue
        for name in files:
            Path(folder, name).unlink()
        for name in names:
            path = Path(folder, name)
            if path.is_symlink():
                path.unlink()
            elif not any(path.iterdir()):
                path.rmdir()
