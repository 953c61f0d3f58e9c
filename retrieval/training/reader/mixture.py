"""A stream of groups with the same share of every source throughout."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.training.reader.augmentation import (
    SWAPPED,
    TYPED,
    asked_elsewhere,
    names_of,
    swapped,
    typed_carelessly,
)
from retrieval.training.reader.groups import Candidate, Group

NO_TITLE, NO_DATE = 0.4, 0.3
"""The shares of groups that are read without the titles, and without the days, of their articles."""

NO_RIGHT = 0.06
"""The share of answerable groups whose right passage is left out, so that nothing answers."""

ELSEWHERE = 0.05
"""The share of groups whose question is that of another group, so that nothing answers."""

SIBLING = 0.6
"""The share of groups that are read with another passage of the article, where there are some."""

WRONG = 4
"""Wrong passages that are read with a question."""

HARD = 8
"""The first so many wrong passages are drawn twice as often as the others."""


_HEADING = {"title": NO_TITLE, "published": NO_DATE}


def mixed(sources: Mapping[str, Sequence[Group]], shares: Mapping[str, float], seed: int) -> Iterator[Group]:
    """Yield groups without end: sources in proportion to ``shares``, each in a new order every time round."""
    rng = random.Random(seed)  # noqa: S311 - an order, not secrets
    questions = [group.question for groups in sources.values() for group in groups]
    names = names_of(questions)
    streams = {source: _rounds(groups, seed + 1) for source, groups in sources.items()}
    due = dict.fromkeys(sources, 0.0)
    while True:
        for source in sources:
            due[source] += shares[source]
        source = max(due, key=lambda name: due[name])
        due[source] -= sum(shares[name] for name in sources)
        yield _drawn(next(streams[source]), names, questions, rng)


def _rounds(groups: Sequence[Group], seed: int) -> Iterator[Group]:
    rng = random.Random(seed)  # noqa: S311 - an order, not secrets
    order = list(groups)
    while True:
        rng.shuffle(order)
        yield from order


def _drawn(group: Group, names: Sequence[str], questions: Sequence[str], rng: random.Random) -> Group:
    """Return the group as it is read this time: some wrong passages, the question perhaps changed."""
    if rng.random() < SWAPPED:
        group = swapped(group, names, rng) or group
    if rng.random() < ELSEWHERE:
        group = asked_elsewhere(group, rng.choice(questions))
    if group.right is not None and rng.random() < NO_RIGHT:
        group = replace(group, right=None, answer=None)
    wrong = _wrong(group, rng)
    left_out = {name: "" for name, share in _HEADING.items() if rng.random() < share}
    if left_out:
        wrong = tuple(replace(candidate, **left_out) for candidate in wrong)
        group = replace(group, right=replace(group.right, **left_out) if group.right else None)
    question = typed_carelessly(group.question, rng) if rng.random() < TYPED else group.question
    return replace(group, question=question, tempting=(), wrong=wrong, siblings=())


def _wrong(group: Group, rng: random.Random) -> tuple[Candidate, ...]:
    """Return the wrong passages to read: a tempting one, a sibling, and others."""
    chosen = [rng.choice(group.tempting)] if group.tempting else []
    if group.siblings and rng.random() < SIBLING:
        chosen.append(rng.choice(group.siblings))
    others = [candidate for candidate in group.wrong if candidate not in chosen]
    return (*chosen, *_weighted(others, WRONG - len(chosen), rng))


def _weighted(candidates: Sequence[Candidate], count: int, rng: random.Random) -> tuple[Candidate, ...]:
    """Return ``count`` different candidates, the first ones twice as likely."""
    left = list(range(len(candidates)))
    chosen: list[Candidate] = []
    while left and len(chosen) < count:
        pick = rng.choices(left, [2 if i < HARD else 1 for i in left])[0]
        left.remove(pick)
        chosen.append(candidates[pick])
    return tuple(chosen)
