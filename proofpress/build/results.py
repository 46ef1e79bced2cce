"""What a finished step has made: its outputs put in place, and its record.

Place in the chain: a worker's last word -> **here** -> what follows the step.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from proofpress.build import leftovers
from proofpress.build.reads import Reads
from proofpress.build.record import record

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from proofpress.build.digests import Digests
    from proofpress.build.running import Running
    from proofpress.build.store import Store


class Results:
    """The outputs of all steps below `root`, and the records in `store`.

    What steps are making stands in the folder `scratch`.
    """

    def __init__(
        self, root: str, scratch: str, store: Store, digests: Digests, outputs: Collection[str]
    ) -> None:
        self._root, self._scratch, self._outputs = root, scratch, outputs
        self._store, self._digests = store, digests

    def record(self, task: Running, temporary: str) -> dict[str, Any]:
        """Return what is to be remembered of a step that has finished; its temporary files stood in
        the folder `temporary`."""
        reads = Reads(os.path.join(self._root, task.scratch, ".reads"))
        # Whatever else stands beside this build's temporary files is temporary, too.
        above, before = os.path.dirname(temporary), (task.before, task.began)
        return record(task.step, reads, before, task.scratch, above, self._digests)

    def place(self, task: Running) -> None:
        """Rename the outputs into place. The old record goes first and the new one comes last
        (`keep`), so that a build killed in between finds the step stale."""
        self._discard(self._store.read(task.step.name))
        self._store.forget(task.step.name)
        for number, path in enumerate(task.step.outputs.values()):
            new = os.path.join(self._root, task.scratch, path)
            old = os.path.join(self._root, path)
            os.makedirs(os.path.dirname(old.rstrip("/")), exist_ok=True)
            if path.endswith("/"):  # no system call replaces a folder that is not empty
                replaced = os.path.join(self._root, task.scratch, f".replaced-{number}")
                with suppress(FileNotFoundError):
                    os.rename(old, replaced)
                os.rename(new, old)
            else:
                os.replace(new, old)
        self._digests.moved(task.scratch, task.step.outputs.values())

    def keep(self, task: Running, made: dict[str, Any]) -> None:
        """Write the record down."""
        self._store.write(task.step.name, made)
        leftovers.remove(os.path.join(self._root, task.scratch))

    def _discard(self, old: dict[str, Any] | None) -> None:
        """Remove outputs that no step makes any more, if they still are as they were made: a later
        step would find them, and a build from nothing would not."""
        gone = [] if old is None else [path for path in old["outputs"] if path not in self._outputs]
        for path in gone:
            if old is not None and self._digests.of(path) == old["outputs"][path]:
                full = os.path.join(self._root, path)
                if path.endswith("/"):
                    shutil.rmtree(full)
                else:
                    os.unlink(full)
        self._digests.forget(gone)

    def make_room(self, steps: Collection[str]) -> None:
        """Remove what a killed build was making, and what other steps made than these."""
        with suppress(FileNotFoundError):
            for name in os.listdir(self._scratch):
                leftovers.remove(os.path.join(self._scratch, name))
        for old in self._store.forget_others(steps):
            self._discard(old)
