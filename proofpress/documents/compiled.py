"""Compiled templates, found again while their text and all that compiles them stand.

Place in the chain: template -> **code** -> document. Compiling all templates takes longer than
rendering them, and after most edits one differs.
"""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from proofpress.build import press, sealed
from proofpress.build.digests import digest


class Compiled(BytecodeCache):
    """Jinja's cache of bytecode in a folder, sealed like all else that outlives a build."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        versions = f"{sys.version} {jinja2.__version__} {press.code('documents')}"
        self._compilers = digest(versions.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket with the code that is kept of its template, if that is of this text."""
        known, _, code = (sealed.read(self._file(bucket)) or b"").partition(b"\n")
        if known == self._origin(bucket):
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the bucket's code for the next build."""
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = b"\n".join((self._origin(bucket), marshal.dumps(bucket.code)))
        sealed.write(self._file(bucket), kept)

    def _origin(self, bucket: Bucket) -> bytes:
        return f"{self._compilers} {bucket.checksum}".encode()

    def _file(self, bucket: Bucket) -> str:
        return os.path.join(self._folder, bucket.key)
