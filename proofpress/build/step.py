"""A step of the build and the order among steps.

Place in the chain: every arrow of it is one step.
"""

from __future__ import annotations

import os

from proofpress.faults.author import PIPELINE
from proofpress.faults.errors import PressError

# Imported on every call, the up-to-date one included: what is slow to import (re, glob, typing)
# is imported where it is used.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class Step:
    """One call of `call` ("package.module:function"), with keyword arguments only.

    Each of `inputs` is a path or a glob pattern, or a sequence of these, relative to the
    report's folder; the function gets a Path, or a tuple of Paths for patterns and sequences.
    Each of `outputs` is a path; one that ends in "/" is a folder. `parameters` are plain JSON
    values. `environment` names the environment variables on which the result may depend.

    An input that ends in "/" is a folder that an earlier step makes: the function gets its Path,
    and the step depends on those files in it that it is seen to read.

    `libraries` are installed modules that the function imports; naming them lets builds share one
    import of them. `warm`, "package.module:function", is called without arguments in the process
    from which workers for the step are forked: it does what only the first use of a library costs.

    Each of `caches` is a folder of its own for results that outlive a build, by the name of the
    argument that gets its Path; what a step reads there is no input of it.

    `runs_author_code` is false for a step that reads files of the report's author and runs none:
    --untrusted lets it pass.

    >>> Step("count", "mine:count", {"data": "data/*.csv"}, {"to": "output/count.txt"}).patterns()
    ['data/*.csv']
    """

    def __init__(
        self,
        name: str,
        call: str,
        inputs: Mapping[str, str | Sequence[str]] | None = None,
        outputs: Mapping[str, str] | None = None,
        parameters: Mapping[str, Any] | None = None,
        environment: Sequence[str] = (),
        libraries: Sequence[str] = (),
        warm: str = "",
        caches: Mapping[str, str] | None = None,
        runs_author_code: bool = True,
    ) -> None:
        self.name = name
        self.call = call
        self.inputs = inputs or {}
        self.outputs = outputs or {}
        self.parameters = parameters or {}
        self.environment = environment
        self.libraries = libraries
        self.warm = warm
        self.caches = caches or {}
        self.runs_author_code = runs_author_code

    def patterns(self) -> list[str]:
        """Return all declared inputs as patterns, in the order of the arguments."""
        listed: list[str] = []
        for given in self.inputs.values():
            listed += [given] if isinstance(given, str) else given
        return listed


def expand(root: str, given: str | Sequence[str]) -> str | list[str]:
    """Return the files of one declared input, relative to `root`: a string, or a sorted list.

    >>> expand(".", "no-such-file.txt")
    'no-such-file.txt'
    >>> expand(".", "no-such-*.txt")
    []
    """
    if isinstance(given, str) and not is_pattern(given):
        return given
    import glob

    patterns = [given] if isinstance(given, str) else list(given)
    files: list[str] = []
    for pattern in patterns:
        if is_pattern(pattern):
            found = glob.glob(pattern, root_dir=root, recursive=True)
            files += [name for name in found if os.path.isfile(os.path.join(root, name))]
        else:
            files.append(pattern)
    return sorted({name.replace(os.sep, "/") for name in files})


def matches(pattern: str, path: str) -> bool:
    """Return whether a declared input pattern names `path`, or a file inside an output folder
    `path`.

    >>> matches("out/figures/*.pdf", "out/figures/causal.pdf")
    True
    >>> matches("out/figures/loss/a.pdf", "out/figures/loss/")
    True
    """
    import re

    if path.endswith("/"):
        return pattern.startswith(path)
    return re.fullmatch(glob_expression(pattern), path) is not None


def glob_expression(pattern: str) -> str:
    """Return a regular expression of the same meaning as a glob pattern with `**`.

    >>> glob_expression("a/*.tex")
    'a/[^/]*\\\\.tex'
    """
    import re

    parts = re.split(r"(\*\*/|\*|\?)", pattern)
    meaning = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "".join(meaning.get(part) or re.escape(part) for part in parts)


def folders(root: str, pattern: str) -> list[str]:
    """Return the folders in which a new file could match a pattern; none for a plain path.

    >>> folders(".", "no-such-folder/*.txt"), folders(".", "a/b.txt")
    (['no-such-folder'], [])
    """
    if not is_pattern(pattern):
        return []
    parts = pattern.split("/")[:-1]
    named = [part for k, part in enumerate(parts) if not any(map(is_pattern, parts[: k + 1]))]
    top = "/".join(named)
    found = [top or "."]
    if len(named) < len(parts):
        inside = (folder for folder, _, _ in os.walk(os.path.join(root, top)))
        found += [os.path.relpath(folder, root).replace(os.sep, "/") for folder in inside]
    return list(dict.fromkeys(found))


def is_pattern(given: str) -> bool:
    """Return whether a declared input names files by a pattern.

    >>> is_pattern("data/*.csv"), is_pattern("data/size.txt")
    (True, False)
    """
    return "*" in given or "?" in given or "[" in given


def ordered(steps: Sequence[Step]) -> tuple[list[Step], dict[str, list[str]]]:
    """Return the steps, each after those whose outputs it reads, and each one's direct
    predecessors.

    Raises PressError for equal names, an output made twice, and a circle.

    >>> first = Step("draw", "m:f", outputs={"to": "out/a.pdf"})
    >>> second = Step("print", "m:g", inputs={"figures": "out/*.pdf"})
    >>> steps, before = ordered([second, first])
    >>> [step.name for step in steps], before["print"]
    (['draw', 'print'], ['draw'])
    """
    makers: dict[str, str] = {}
    names: set[str] = set()
    for step in steps:
        if step.name in names:
            raise PressError(f"two steps are called {step.name}", PIPELINE, "rename one")
        names.add(step.name)
        for path in step.outputs.values():
            if path in makers:
                raise PressError(
                    f"{path} is made by two steps, {makers[path]} and {step.name}",
                    PIPELINE,
                    "give one of them another output",
                )
            makers[path] = step.name
    folders = [path for path in makers if path.endswith("/")]
    before = {step.name: _makers(step, makers, folders) for step in steps}
    done: list[Step] = []
    waiting = list(steps)
    while waiting:
        finished = {step.name for step in done}
        ready = [step for step in waiting if finished.issuperset(before[step.name])]
        if not ready:
            circle = ", ".join(step.name for step in waiting)
            raise PressError(
                f"these steps wait for each other: {circle}", PIPELINE, "break the circle"
            )
        done += ready
        waiting = [step for step in waiting if step not in ready]
    return done, before


def _makers(step: Step, makers: Mapping[str, str], folders: Sequence[str]) -> list[str]:
    """Return the steps whose outputs a step reads; `folders` are those outputs that are folders."""
    found: list[str] = []
    for pattern in step.patterns():
        if pattern in makers:
            found.append(makers[pattern])
        else:
            # A plain path that no step makes can only stand inside of a folder that one makes.
            places = makers if is_pattern(pattern) else folders
            start = pattern.partition("*")[0].partition("?")[0].partition("[")[0]
            near = [path for path in places if path.startswith(start) or start.startswith(path)]
            found += [makers[path] for path in near if matches(pattern, path)]
    return list(dict.fromkeys(maker for maker in found if maker != step.name))
