"""Builds that are killed at moments spread over their whole length; each is then built again."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator

from trial import HANGING, Start, Trial, ended, kill

VICTIMS = ("the build alone", "all of its processes", "one of its processes")


def kills(number: int, lot: random.Random) -> Iterator[Trial]:
    """Half of all from each of two starts; every victim in turn."""
    for place in range(2):
        for turn, portion in enumerate(portions(number // 2, lot)):
            victim, seed = VICTIMS[turn % len(VICTIMS)], lot.randrange(2**32)
            yield Trial(
                f"kill -9 of {victim}",
                f"after {portion:.3f} of start {place}, seed {seed}",
                lambda states, m=portion, p=place, v=victim, s=seed: killed(states[p], m, v, s),
            )


def stops(number: int, lot: random.Random) -> Iterator[Trial]:
    """The same with Ctrl-C and SIGTERM in turn."""
    for place in range(2):
        for turn, portion in enumerate(portions(number // 2, lot)):
            signaled = (signal.SIGINT, signal.SIGTERM)[turn % 2]
            yield Trial(
                ("Ctrl-C", "SIGTERM")[turn % 2],
                f"after {portion:.3f} of start {place}",
                lambda states, m=portion, p=place, s=signaled: stopped(states[p], m, s),
            )


def portions(number: int, lot: random.Random) -> list[float]:
    """So many portions of a whole, one drawn from each of as many equal parts of it.

    >>> [int(3 * portion) for portion in portions(3, random.Random(1))]
    [0, 1, 2]
    """
    return [(part + lot.random()) / number for part in range(number)]


def at_work(start: Start, portion: float) -> subprocess.Popen[str]:
    """A build that is at work and has been for a portion of its time; begun again as often as it
    ended sooner than was foreseen."""
    seconds = start.seconds
    while True:
        build, began = start.begin().start(), time.monotonic()
        try:
            build.wait(portion * seconds)
        except subprocess.TimeoutExpired:
            return build
        seconds = time.monotonic() - began
        assert ended(build)[0] == 0


def killed(start: Start, portion: float, victim: str, seed: int) -> list[str]:
    """What is wrong after a kill -9 in mid-build and a plain build."""
    build, report = at_work(start, portion), start.report
    if victim == "the build alone":
        kill(build.pid)
    elif victim == "all of its processes":
        kill(build.pid)
        report.end_all()
    elif found := report.processes():
        kill(random.Random(seed).choice(found).pid)
    # A build of which one process was killed ends by itself.
    _, said = ended(build)
    return [f"{fault}; the killed build had said: {said}" for fault in report.faults(start.right)]


def stopped(start: Start, portion: float, number: signal.Signals) -> list[str]:
    """What is wrong after Ctrl-C in a terminal (SIGINT to the group), or SIGTERM to the build."""
    build, report = at_work(start, portion), start.report
    kill(-build.pid if number == signal.SIGINT else build.pid, number)
    status, said = ended(build)
    found = []
    # How long it takes is the machine's affair; what never ends is the build's.
    left = report.remaining(HANGING)
    if left:
        found.append(f"{HANGING:.0f} s after {number.name} still at work: {left}")
    if "Traceback" in said or (status == 0 and "output/report.pdf is" not in said):
        found.append(f"{number.name}, status {status}: {said}")
    return found + report.faults(start.right)
