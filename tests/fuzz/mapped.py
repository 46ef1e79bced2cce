"""The claim that a change of coordinates is one to one, and counts through it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from . import reference
from .grammar import SetCase
from .reference import NoValue, evaluated
from .statements import Closed, Pairs, differs, map_of, number_of, points_of, put_in


@dataclass(frozen=True)
class Mapped:
    """A change of coordinates; with `number`, the count of the original through it."""

    kind: str
    original: SetCase
    blocks: SetCase
    mapping: Pairs
    inverse: Pairs
    where: Pairs
    number: bool

    @property
    def letters(self) -> tuple[str, ...]:
        return self.original.parameters if self.number else self.blocks.parameters

    @property
    def domain(self) -> str:
        return self.original.domain if self.number else self.blocks.domain

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.original.letters, *self.blocks.letters)))

    @property
    def source(self) -> str:
        coordinates = (
            f"Coordinates('fuzz.map', 'Fuzzed', {self.original.source('original')}, blocks, "
            f"mapping={map_of(self.mapping)}, inverse={map_of(self.inverse)}, "
            f"where={map_of(self.where)})"
        )
        if self.number:
            coordinates = f"Count('fuzz.through', 'Fuzzed', blocks, through={coordinates})"
        return f"(lambda blocks: {coordinates})({self.blocks.source('blocks')})"

    def fault(self, values: dict[str, int], closed: Closed) -> str | None:
        if not self.number:
            return self._unmapped(values)
        truth = number_of(self.original, values)
        if wrong := differs(lambda: closed(values), truth, "the closed form"):
            return wrong
        # The page shows the map beside the number: it has to be one, wherever the blocks are.
        sides = [range(-1, 6)] * len(self.blocks.parameters)
        for inner in reference.domain(self.blocks.parameters, self.blocks.domain, product(*sides)):
            if wrong := self._unmapped(inner):
                return f"the map at {inner}: {wrong}"
        return None

    def _unmapped(self, values: dict[str, int]) -> str | None:
        outer = put_in(values, self.where)
        if isinstance(outer, str):
            return outer
        there = points_of(self.original, outer)
        images = {}
        for point in points_of(self.blocks, values):
            known = {**values, **dict(zip(self.blocks.counted, point, strict=True))}
            try:
                texts = dict(self.mapping)
                image = tuple(evaluated(texts[x], known) for x in self.original.counted)
            except NoValue as error:
                return f"the map has no value at {point} ({error})"
            if image in images:
                return f"two blocks go to {image}"
            images[image] = point
        if sorted(images) != there:
            return f"{len(images)} images, {len(there)} points"
        for place in there:
            known = {**values, **outer, **dict(zip(self.original.counted, place, strict=True))}
            try:
                texts = dict(self.inverse)
                back = tuple(evaluated(texts[x], known) for x in self.blocks.counted)
            except NoValue as error:
                return f"the way back has no value at {place} ({error})"
            if back != images[place]:
                return f"the way back leads from {place} to {back}, not to {images[place]}"
        return None
