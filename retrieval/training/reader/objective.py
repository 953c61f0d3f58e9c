"""What is minimised: which passage answers, if one does, and where its answer is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from retrieval.encoders.reader.apart import length_batches
from retrieval.encoders.reader.joint import JointLayers, Judgements
from retrieval.training.reader.batches import Pair, PairGroup

NO_SPAN = 0.3
"""The share of wrong passages whose span is trained to be "no answer here"."""

NO_SPAN_WEIGHT = 0.3
"""The weight of spans that are "no answer here" beside that of the answers."""

BATCH_TOKENS = 2_048
"""Tokens that are computed at once, padding included."""


@dataclass(frozen=True, slots=True)
class Losses:
    """The losses of a batch, and how often the choice was right: (right, of so many)."""

    choice: Tensor
    span: Tensor
    right: tuple[int, int]
    none: tuple[int, int]


def losses(joint: JointLayers, groups: Sequence[PairGroup], rng: random.Random) -> Losses:
    """Return the losses of groups.

    The choice is a softmax over the passages of a question and "none of these", whose logit is 0.
    """
    pairs = [pair for group in groups for pair in group.pairs]
    judged = judge(joint, pairs)
    choices, answers, blanks = [], [], []
    counts = {True: [0, 0], False: [0, 0]}
    start = 0
    for group in groups:
        rows = range(start, start + len(group.pairs))
        start = rows.stop
        logits = torch.cat([judged.logits[rows.start : rows.stop], torch.zeros(1)])
        target = 0 if group.has_right else len(rows)
        choices.append(functional.cross_entropy(logits, torch.tensor(target)))
        counts[group.has_right][0] += int(logits.argmax()) == target
        counts[group.has_right][1] += 1
        for row in rows:
            span = pairs[row].span
            if span:
                answers.append(_span_loss(judged.spans[row], span))
            elif not (group.has_right and row == rows.start) and rng.random() < NO_SPAN:
                blanks.append(_span_loss(judged.spans[row], (0, 0)))
    return Losses(
        torch.stack(choices).mean(),
        _mean(answers) + NO_SPAN_WEIGHT * _mean(blanks),
        (counts[True][0], counts[True][1]),
        (counts[False][0], counts[False][1]),
    )


def judge(joint: JointLayers, pairs: Sequence[Pair]) -> Judgements:
    """Return what the network says of pairs, read in batches of similar length, in bfloat16."""
    logits: dict[int, Tensor] = {}
    spans: dict[int, Tensor] = {}
    lengths = [len(pair.question) + len(pair.passage) for pair in pairs]
    for batch in length_batches(lengths, BATCH_TOKENS):
        # the other kernels take longer for gradients of heads as narrow as these
        with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            judged = joint([(pairs[i].question, pairs[i].passage) for i in batch])
        logits |= dict(zip(batch, judged.logits.float().unbind(), strict=True))
        spans |= dict(zip(batch, judged.spans, strict=True))
    order = range(len(pairs))
    return Judgements(torch.stack([logits[i] for i in order]), [spans[i].float() for i in order])


def _span_loss(logits: Tensor, span: tuple[int, int]) -> Tensor:
    """Return the mean cross entropy of the start and of the end."""
    return functional.cross_entropy(logits.T, torch.tensor(span))


def _mean(values: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(values)).mean() if values else torch.zeros(())
