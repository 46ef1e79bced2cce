"""Python objects written so that reading them back gives the same session, or refused by name.

Place in the chain: inside the kernel, below `session`. The standard pickle module and cloudpickle
do the work; what is here makes them strict. An object is written only if one of these holds:

- Python's own way writes it: its class, its whole `__dict__` and its slots;
- it is a function or class of the notebook, written by value, its globals being the notebook's;
- it hangs in a module under a name, and is then only named, so that it stays that very object;
- its class says itself how it is written, and belongs to a library of which that is known to be
  complete (TRUSTED), with what those leave out written besides: gradients, an optimizer's hooks.

Everything else raises Unsaved, and says what it was.
"""

from __future__ import annotations

import io
import pickle
import sys
import types
import weakref
from collections.abc import Iterable
from typing import Any, BinaryIO

import cloudpickle

# Libraries whose own ways of writing their objects keep everything that matters.
TRUSTED = frozenset({"numpy", "pandas", "tokenizers", "torch", "transformers"})
# The methods by which a class changes how it is written or read.
OWN_WAYS = ("__reduce_ex__", "__reduce__", "__getstate__", "__setstate__", "__getnewargs_ex__")
PLAIN = (int, float, complex, str, bytes, tuple, frozenset, type(None), range, types.CodeType)
NAMED_BY_PICKLE = (type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType)
FUNCTION_PARTS = (
    "__annotations__",
    "__defaults__",
    "__doc__",
    "__kwdefaults__",
    "__module__",
    "__qualname__",
)
# Memory is laid out as torch does it, so that vector instructions work on the same blocks.
ALIGNMENT = 64


class Unsaved(Exception):
    """An object that cannot be written without loss, in words."""


class Writer(cloudpickle.Pickler):
    """Writes objects to `file`; the memory of tensors goes to `storages`, to be written apart.

    Objects written one after the other by one Writer share what they share.
    """

    def __init__(self, file: BinaryIO | io.BytesIO, apart: Iterable[str] = ()) -> None:
        super().__init__(file, protocol=5)
        self.storages: list[Any] = []
        self.size = 0
        self._places: dict[int, int] = {}
        self._named = named_objects(set(apart))

    def persistent_id(self, obj: Any) -> Any:
        """Return where an object is found again, for those that are not written here."""
        if id(obj) in self._named:
            return ("named", *self._named[id(obj)])
        kind = type(obj)
        if kind is set or kind is frozenset:
            # A set that grew and shrank can come back in another order.
            if any(a is not b for a, b in zip(kind(list(obj)), obj, strict=True)):
                raise Unsaved("a set whose order depends on its past")
            return None
        torch = sys.modules.get("torch")
        if torch is not None and kind in (torch.TypedStorage, torch.UntypedStorage):
            return self._storage(obj, torch)
        return None

    def _storage(self, obj: Any, torch: Any) -> Any:
        memory = obj if type(obj) is torch.UntypedStorage else obj._untyped_storage
        if memory.device.type != "cpu":
            raise Unsaved(f"a tensor on the device {memory.device.type}")
        place = self._places.get(memory._cdata)
        if place is None:
            place = self._places[memory._cdata] = self.size
            self.storages.append(memory)
            self.size += -(-memory.nbytes() // ALIGNMENT) * ALIGNMENT
        dtype = None if obj is memory else obj.dtype
        return ("storage", place, memory.nbytes(), dtype)

    def reducer_override(self, obj: Any) -> Any:
        """Return how an object is written where Python's own way would not do."""
        kind = type(obj)
        if kind is weakref.ref:
            if obj() is None or obj.__callback__ is not None:
                raise Unsaved("a weak reference that is dead or calls back")
            return weakref.ref, (obj(),)
        if kind is types.CellType:
            return types.CellType, ()
        if kind is types.ModuleType and sys.modules.get(obj.__name__) is not obj:
            raise Unsaved(f"the module {obj.__name__}, which was not imported")
        if isinstance(obj, NAMED_BY_PICKLE):
            return super().reducer_override(obj)
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(obj, torch.Tensor):
            return _tensor(obj)
        if torch is not None and isinstance(obj, torch.optim.Optimizer):
            # Its own way leaves out what a schedule put around its step.
            return _bare, (kind,), obj.__dict__, None, None, _set_attributes
        if stranger := own_way(kind):
            raise Unsaved(f"a {_name(kind)}, which {_name(stranger)} writes in a way of its own")
        return super().reducer_override(obj)

    def _dynamic_function_reduce(self, func: Any) -> Any:
        if id(func.__globals__) not in self._named:
            raise Unsaved(f"the function {func.__qualname__}, whose module is gone")
        # What cells hold follows when the function exists: it may close over itself. The cells
        # are written as objects, so that functions that share one go on sharing it.
        cells = [(cell, contents(cell)) for cell in func.__closure__ or ()]
        slots = {name: getattr(func, name) for name in FUNCTION_PARTS}
        arguments = (func.__code__, func.__globals__, func.__name__, None, func.__closure__)
        state = (func.__dict__, slots, cells)
        return types.FunctionType, arguments, state, None, None, _finish_function


class Reader(pickle.Unpickler):
    """Reads what a Writer wrote; tensors' memory is mapped from a file as it is touched."""

    def __init__(self, file: BinaryIO, memory: str, size: int) -> None:
        super().__init__(file)
        self._memory, self._size = memory, size
        self._mapped: Any = None
        self._storages: dict[tuple[int, int], Any] = {}

    def persistent_load(self, pid: Any) -> Any:
        """Return the object that stands at the place that a Writer named."""
        if pid[0] == "named":
            _, module, name = pid
            space = vars(__import__(module, fromlist=["_"]))
            return space if name is None else space[name]
        _, place, length, dtype = pid
        import torch

        if (place, length) not in self._storages:
            if not length:
                self._storages[place, length] = torch.UntypedStorage(0)
            else:
                if self._mapped is None:
                    # Private: what a cell changes stays in its process.
                    self._mapped = torch.UntypedStorage.from_file(self._memory, False, self._size)
                self._storages[place, length] = self._mapped[place : place + length]
        memory = self._storages[place, length]
        if dtype is None:
            return memory
        return torch.TypedStorage(wrap_storage=memory, dtype=dtype, _internal=True)


def named_objects(apart: set[str]) -> dict[int, tuple[str, str | None]]:
    """Return by id the namespace of each module, and each changeable object that hangs in one.

    A copy of such an object would go its own way: `from random import shuffle` is a method of
    the one generator that the module `random` holds. Modules `apart` lend their namespace only.
    """
    session = vars(sys.modules["__main__"])
    found: dict[int, tuple[str, str | None]] = {id(session): ("__main__", None)}
    for name, module in list(sys.modules.items()):
        space = getattr(module, "__dict__", None)
        if type(space) is not dict:
            continue
        # The session itself can stand among the modules under a second name.
        if name not in apart and space is not session:
            for key, value in list(space.items()):
                # Asked of the type: some objects pretend to be of another and warn when asked.
                if not issubclass(type(value), (*PLAIN, *NAMED_BY_PICKLE)):
                    found.setdefault(id(value), (name, key))
        found.setdefault(id(space), (name, None))
    return found


def own_way(kind: type) -> type | None:
    """Return the class, not known to be complete, that changes how objects of `kind` are written.

    >>> own_way(dict), own_way(types.SimpleNamespace)
    (None, None)
    """
    for method in OWN_WAYS:
        for base in kind.__mro__:
            if base is object or method not in vars(base):
                continue
            home = (base.__module__ or "").partition(".")[0]
            if (home not in TRUSTED and home not in sys.stdlib_module_names) or home == "__main__":
                return base
            break
    return None


def _tensor(tensor: Any) -> Any:
    if tensor.grad_fn is not None:
        raise Unsaved("a tensor that remembers how it was computed")
    if getattr(tensor, "_post_accumulate_grad_hooks", None):
        raise Unsaved("a tensor with hooks")
    make, arguments, *state = tensor.__reduce_ex__(5)
    if any(part is not None for part in state):
        raise Unsaved(f"a {_name(type(tensor))}")
    return _with_gradient, (make, arguments, tensor.grad)


def _with_gradient(make: Any, arguments: Any, gradient: Any) -> Any:
    tensor = make(*arguments)
    if gradient is not None:
        tensor.grad = gradient
    return tensor


def contents(cell: Any) -> tuple[Any, ...]:
    """Return what a closure's cell holds: one value, or none as yet."""
    try:
        return (cell.cell_contents,)
    except ValueError:  # Nothing was assigned to the variable yet.
        return ()


def _finish_function(func: Any, state: Any) -> None:
    attributes, slots, cells = state
    func.__dict__.update(attributes)
    for name, value in slots.items():
        setattr(func, name, value)
    for cell, contents in cells:
        for value in contents:
            cell.cell_contents = value


def _bare(kind: type) -> Any:
    return object.__new__(kind)


def _set_attributes(obj: Any, attributes: dict[str, Any]) -> None:
    obj.__dict__.update(attributes)


def _name(kind: type) -> str:
    return (
        kind.__qualname__
        if kind.__module__ == "__main__"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
