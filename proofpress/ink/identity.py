"""What decides the marks on a page, as one digest: the key under which its readings are kept.

Place in the chain: page of the PDF -> **identity** -> kept readings. Two pages of equal identity
draw the same. The numbers of objects are no part of it: they change from build to build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from proofpress.ink.kept import Kept
from proofpress.steps.digests import digest


class Identities:
    """The identities of one document's pages and pictures. Each font and picture is described once.

    What is `kept` of the pictures on these pages stays so.
    """

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._described: dict[tuple[int, int], bytes] = {}

    def page(self, entry: Any) -> bytes:
        """The identity of a page."""
        contents = entry.get("/Contents", ())
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        return _together([*map(_packed, streams), *self._resources(entry["/Resources"])])

    def picture(self, stream: Any, resources: Any) -> bytes:
        """The identity of a picture, with the resources that it uses."""
        facts = [_written(stream.get(key)) for key in ("/Subtype", "/Matrix", "/BBox")]
        return _together([*facts, _packed(stream), *self._resources(resources)])

    def _resources(self, resources: Any) -> Iterator[bytes]:
        """All of the resources that the marks depend on."""
        for name, entry in sorted(resources.get("/Font", {}).items()):
            yield name.encode()
            yield self._once(entry, _font)
        for name, entry in sorted(resources.get("/XObject", {}).items()):
            yield name.encode()
            yield self._once(entry, self._included)

    def _once(self, entry: Any, describe: Callable[[Any], bytes]) -> bytes:
        known = entry.objgen  # (0, 0) for one that is written where it is used
        if known == (0, 0):
            return describe(entry)
        if known not in self._described:
            self._described[known] = describe(entry)
        return self._described[known]

    def _included(self, stream: Any) -> bytes:
        # One without resources of its own uses those of its page, which are in the page's identity.
        identity = self.picture(stream, stream.get("/Resources", {}))
        self._kept.hold(("picture", identity))
        return identity


def _font(entry: Any) -> bytes:
    facts = [_written(entry.get(key)) for key in ("/BaseFont", "/FirstChar", "/Widths")]
    explained = entry.get("/ToUnicode")
    return _together([*facts, b"" if explained is None else _packed(explained)])


def _packed(stream: Any) -> bytes:
    """The bytes of a stream, not unpacked where the packed ones tell as much."""
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
        return b"packed" + bytes(stream.read_raw_bytes())
    return b"plain" + bytes(stream.read_bytes())


def _written(value: Any) -> bytes:
    """A name, a number, or an array of such, as the PDF writes it, with no object's number."""
    if not isinstance(value, pikepdf.Array):
        return repr(value).encode()
    text = bytes(value.unparse(resolved=True))
    return text if b"R" not in text else b" ".join(map(_written, value))


def _together(parts: list[bytes]) -> bytes:
    """One word for all parts, each of which could be told from their text."""
    return digest(b"".join(b"%d:%b" % (len(part), part) for part in parts)).encode()
