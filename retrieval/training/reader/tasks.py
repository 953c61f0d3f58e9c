"""The two things that are trained, each with layers of its own: relevance, and answer spans."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from torch import Tensor

from retrieval.training.reader.groups import Group
from retrieval.training.reader.objective import Losses

WITHOUT_ANSWER = 0.25
"""The share of unanswerable groups that spans are trained on: answers are what is scarce."""


@dataclass(frozen=True, slots=True)
class Task:
    """What of each group is read, what is minimised, and how many groups a step has.

    ``no_span`` is the share of wrong passages whose span is trained to be "no answer here".
    """

    chosen: Callable[[Iterable[Group]], Iterator[Group]]
    objective: Callable[[Losses], Tensor]
    groups: int
    no_span: float


def _single(groups: Iterable[Group]) -> Iterator[Group]:
    """Yield each answer with its passage alone, and some of the others with the most tempting passage."""
    rng = random.Random(0)  # noqa: S311 - draws, not secrets
    for group in groups:
        if group.right is not None and group.answer is not None:
            yield replace(group, wrong=())
        elif group.right is None and group.wrong and rng.random() < WITHOUT_ANSWER:
            yield replace(group, wrong=group.wrong[:1])


RELEVANCE = Task(iter, lambda found: found.choice + found.span, groups=8, no_span=0.3)
"""Spans are trained along, which helps relevance."""

SPANS = Task(_single, lambda found: found.span, groups=32, no_span=1.0)
