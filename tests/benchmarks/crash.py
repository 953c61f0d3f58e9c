"""Rounds of kill -9 at random points of additions, removals and compactions of an index."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from pathlib import Path

from index.archives import ENCODER, drawn
from index.test_conformance import contents

from retrieval.index.local import LocalIndex, segments
from retrieval.store.passages import AnalysedArticle

Step = tuple[str, AnalysedArticle | None]
"""The name of an article and what it becomes; None where it is removed."""

NAMES = [f"{n}.txt" for n in range(30)]
LONGEST = 0.4
"""Seconds after which a process is killed, at most."""


def run(rounds: int, seed: int = 0) -> None:
    """Print what was lost, what came back and what differs from a fresh build, in so many rounds.

    A child changes the index and writes to a pipe once a change is acknowledged; it is killed at a random
    moment. What it was at when it died may be kept or not, as a whole.
    """
    segments.REWRITE_FROM, segments.MOST_SMALL = 12, 3
    drawn(random.Random(0), "warm-up.txt")  # load what analysis needs before the children are forked
    held: dict[str, AnalysedArticle] = {}
    wrong, slowest, changes = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as place:
        for number in range(rounds):
            log, unfinished = _killed(Path(place), seed + number)
            changes += len(log)
            for name, one in log:
                _apply(held, name, one)
            begin = time.perf_counter()
            index = LocalIndex(Path(place), ENCODER.dimension)
            with index.snapshot():
                slowest = max(slowest, time.perf_counter() - begin)
            if unfinished and index.stamps() != _stamps(held):
                _apply(held, *unfinished)
            with tempfile.TemporaryDirectory() as other:
                fresh = LocalIndex(Path(other), ENCODER.dimension)
                fresh.put(held.values())
                wrong += contents(index) != contents(fresh)
                fresh.close()
            index.close()
    print(f"{rounds} rounds of kill -9 during {changes} changes: {wrong} unlike a fresh build")
    print(f"slowest opening {slowest:.3f} s")


def _killed(place: Path, seed: int) -> tuple[list[Step], Step | None]:
    """Let a process change the index until it is killed; return what it did, and what it was at."""
    draw = random.Random(seed)
    planned = [
        (name, None if draw.random() < 0.35 else drawn(draw, name)) for name in draw.choices(NAMES, k=400)
    ]
    read, write = os.pipe()
    child = os.fork()
    if not child:
        index = LocalIndex(place, ENCODER.dimension)
        for name, one in planned:
            if one:
                index.put([one])
            else:
                index.remove([_id(name)])
            os.write(write, b".")
            index.compact()
        os._exit(0)
    os.close(write)
    time.sleep(draw.uniform(0.02, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    done = 0
    while chunk := os.read(read, 65_536):
        done += len(chunk)
    os.close(read)
    return planned[:done], planned[done] if done < len(planned) else None


def _apply(held: dict[str, AnalysedArticle], name: str, one: AnalysedArticle | None) -> None:
    if one:
        held[name] = one
    else:
        held.pop(name, None)


def _id(name: str) -> str:
    from fakes import article

    return article("x", name).id


def _stamps(held: dict[str, AnalysedArticle]) -> dict[str, str]:
    return {one.article.id: one.stamp for one in held.values()}
