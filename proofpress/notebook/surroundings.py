"""What a session is besides its names: random generators, settings of libraries, the process.

Place in the chain: inside the kernel, below `session`. Each part has a way to be read and a way to
be set; after a restoration every part is read again, and one that differs refuses it. A part
without a setter can only be compared.
"""

from __future__ import annotations

import contextlib
import importlib
import locale
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Threads of these serve the kernel or a bar on a screen, and hold nothing of the session.
SERVANTS = frozenset({"IPython", "ipykernel", "tqdm", "zmq"})


@dataclass(frozen=True)
class Part:
    """One part: the module without which it does not exist, and how it is read and set."""

    module: str
    read: Callable[[Any], Any]
    set: Callable[[Any, Any], None] | None = None


def read(parts: Mapping[str, Part]) -> dict[str, Any]:
    """Return the values of those parts whose module is imported, by name."""
    return {
        name: part.read(sys.modules[part.module])
        for name, part in parts.items()
        if part.module in sys.modules
    }


def bring_back(parts: Mapping[str, Part], values: Mapping[str, Any]) -> list[str]:
    """Set what `read` read; returns the names of the parts that did not come back."""
    for name, value in values.items():
        part = parts[name]
        if part.set is not None:
            # Some libraries import a part of themselves only when it is asked for.
            part.set(importlib.import_module(part.module), value)
    now = read({name: parts[name] for name in values})
    return [name for name, value in values.items() if repr(now.get(name)) != repr(value)]


def hindrances(threads: set[threading.Thread]) -> list[str]:
    """Return what no snapshot can hold: threads besides the given ones, open plots, a graphics
    card."""
    found = [
        f"the thread {thread.name} is running"
        for thread in threading.enumerate()
        if thread not in threads and type(thread).__module__.partition(".")[0] not in SERVANTS
    ]
    plots = sys.modules.get("matplotlib._pylab_helpers")
    if plots is not None and plots.Gcf.get_all_fig_managers():
        found.append("a plot is still open")
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        found.append("a graphics card is in use")
    return found


def _attributes(module: str, *names: str) -> Part:
    def take(found: Any) -> dict[str, Any]:
        return {name: _copy(getattr(found, name)) for name in names}

    def give(found: Any, values: dict[str, Any]) -> None:
        for name, value in values.items():
            old = getattr(found, name)
            if isinstance(old, dict | list):
                # Others hold this very list; it gets new contents.
                old.clear()
                old.update(value) if isinstance(old, dict) else old.extend(value)
            else:
                setattr(found, name, value)

    return Part(module, take, give)


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list) else value


def _loggers(found: Any) -> dict[str, Any]:
    known = {"": found.getLogger(), **found.getLogger().manager.loggerDict}
    return {
        name: (log.level, log.disabled, log.propagate)
        for name, log in sorted(known.items())
        if isinstance(log, logging.Logger) and (log.level or log.disabled or not log.propagate)
    }


def _handlers(found: Any) -> list[tuple[str, str]]:
    known = {"": found.getLogger(), **found.getLogger().manager.loggerDict}
    return sorted(
        (name, type(handler).__name__)
        for name, log in known.items()
        if isinstance(log, logging.Logger)
        for handler in log.handlers
    )


def _set_loggers(found: Any, levels: dict[str, Any]) -> None:
    known = {"": found.getLogger(), **found.getLogger().manager.loggerDict}
    for name, log in known.items():
        if isinstance(log, logging.Logger) and name not in levels:
            log.setLevel(logging.NOTSET)
            log.disabled, log.propagate = False, True
    for name, (level, disabled, propagate) in levels.items():
        log = found.getLogger(name)
        log.setLevel(level)
        log.disabled, log.propagate = disabled, propagate


def _shown_warnings(found: Any) -> dict[str, Any]:
    """Return which warnings were shown, by module: each is shown once, and not again in a later
    cell."""
    return {
        name: {key: value for key, value in shown.items() if key != "version"}
        for name, module in sorted(sys.modules.items())
        if type(shown := getattr(module, "__dict__", {}).get("__warningregistry__")) is dict
        and len(shown) > ("version" in shown)
    }


def _set_shown_warnings(found: Any, shown: dict[str, Any]) -> None:
    version = _version_of_filters(found)
    for name, module in list(sys.modules.items()):
        if "__warningregistry__" in getattr(module, "__dict__", {}):
            module.__dict__["__warningregistry__"].clear()
        if name in shown:
            module.__dict__["__warningregistry__"] = shown[name] | {"version": version}


def _version_of_filters(found: Any) -> int:
    """Return the number by which Python knows whether a list of shown warnings is of today's
    filters."""
    shown: dict[Any, Any] = {}
    show, found.showwarning = found.showwarning, lambda *given, **named: None
    try:
        with contextlib.suppress(UserWarning):
            found.warn_explicit("", UserWarning, "", 1, registry=shown)
    finally:
        found.showwarning = show
    return int(shown["version"])


def _set_filters(found: Any, filters: list[Any]) -> None:
    found.filters[:] = filters
    found._filters_mutated()


_AT_START = dict(os.environ)


def _environment(found: Any) -> dict[str, str | None]:
    """Return the variables that the session changed; None for those that it removed."""
    names = sorted(set(found.environ) | set(_AT_START))
    now = {name: found.environ.get(name) for name in names}
    return {name: value for name, value in now.items() if value != _AT_START.get(name)}


def _set_environment(found: Any, changed: dict[str, str | None]) -> None:
    for name, value in changed.items():
        if value is None:
            found.environ.pop(name, None)
        else:
            found.environ[name] = value


def _set_path(found: Any, path: list[str]) -> None:
    found.path[:] = path


def _torch_settings(torch: Any) -> dict[str, Any]:
    return {
        "set_num_threads": (torch.get_num_threads(),),
        "set_default_dtype": (torch.get_default_dtype(),),
        "set_grad_enabled": (torch.is_grad_enabled(),),
        "set_float32_matmul_precision": (torch.get_float32_matmul_precision(),),
        "use_deterministic_algorithms": (torch.are_deterministic_algorithms_enabled(),),
    }


def _set_torch(torch: Any, settings: dict[str, Any]) -> None:
    for name, arguments in settings.items():
        getattr(torch, name)(*arguments)


def _torch_fixed(torch: Any) -> dict[str, Any]:
    return {
        "device": str(torch.get_default_device()),
        "interop": torch.get_num_interop_threads(),
        "inference": torch.is_inference_mode_enabled(),
        "autocast": torch.is_autocast_enabled("cpu"),
        "mkldnn": torch.backends.mkldnn.enabled,
        "anomalies": torch.is_anomaly_enabled(),
    }


# Needed before anything is imported.
EARLY = {
    "the environment": Part("os", _environment, _set_environment),
    "the search path": Part("sys", lambda found: list(found.path), _set_path),
    "the working folder": Part("os", lambda found: found.getcwd(), lambda f, to: f.chdir(to)),
}
LATE = {
    "the limit of recursion": Part(
        "sys", lambda found: found.getrecursionlimit(), lambda f, n: f.setrecursionlimit(n)
    ),
    "the locale": Part("locale", lambda found: found.setlocale(locale.LC_ALL)),
    "decimal arithmetic": Part(
        "decimal", lambda found: found.getcontext().copy(), lambda f, c: f.setcontext(c)
    ),
    "numpy's printing": Part(
        "numpy", lambda found: found.get_printoptions(), lambda f, o: f.set_printoptions(**o)
    ),
    "numpy's errors": Part("numpy", lambda found: found.geterr(), lambda f, e: f.seterr(**e)),
    "torch's settings": Part("torch", _torch_settings, _set_torch),
    "torch's state": Part("torch", _torch_fixed),
    "torch's printing": Part(
        "torch._tensor_str",
        lambda found: dict(vars(found.PRINT_OPTS)),
        lambda found, options: vars(found.PRINT_OPTS).update(options),
    ),
    "matplotlib's settings": Part(
        "matplotlib",
        lambda found: dict(found.rcParams),
        lambda found, settings: found.rcParams.update(settings),
    ),
    "the levels of loggers": Part("logging", _loggers, _set_loggers),
    "the handlers of loggers": Part("logging", _handlers),
    "transformers' bars": _attributes("transformers.utils.logging", "_tqdm_active"),
    "the hub's bars": _attributes("huggingface_hub.utils.tqdm", "progress_bar_states"),
    "the filters of warnings": Part("warnings", lambda found: list(found.filters), _set_filters),
    "the warnings shown": Part("warnings", _shown_warnings, _set_shown_warnings),
}
# Set when the first cell begins: a kernel that starts draws numbers itself.
RANDOM = {
    "python's random numbers": Part(
        "random", lambda found: found.getstate(), lambda f, state: f.setstate(state)
    ),
    "numpy's random numbers": Part(
        "numpy.random", lambda found: found.get_state(), lambda f, state: f.set_state(state)
    ),
    "torch's random numbers": Part(
        "torch", lambda found: found.get_rng_state(), lambda f, state: f.set_rng_state(state)
    ),
}
