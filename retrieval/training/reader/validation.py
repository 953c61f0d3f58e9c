"""How good the reader is on the validation part: fixed candidates, the right passage always among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.metrics import roc_auc_score

from retrieval.encoders.interface import Reading
from retrieval.encoders.reader.reader import JointReader
from retrieval.evaluation.answers import word_f1
from retrieval.training.reader.groups import Group


def validate(reader: JointReader, parts: Mapping[str, Sequence[Group]]) -> dict[str, float]:
    """Return the figures of each part, named ``part figure``.

    ``hit@1`` is how often the right passage has the highest logit among the candidates. ``auroc`` is how well
    the highest logit tells right first passages from wrong ones, those of near misses among them. ``f1`` is
    the words that the best span of the right passage shares with the answer, and ``overlap`` how often the
    two overlap.
    """
    figures: dict[str, float] = {}
    for name, groups in parts.items():
        readings = [reader.read(group.question, _texts(group)) for group in groups]
        figures |= {f"{name} {figure}": value for figure, value in _figures(reader, groups, readings).items()}
    return figures


def _figures(
    reader: JointReader, groups: Sequence[Group], readings: Sequence[Sequence[Reading]]
) -> dict[str, float]:
    best = [max(range(len(each)), key=lambda i: each[i].logit) for each in readings]
    logits = [each[i].logit for each, i in zip(readings, best, strict=True)]
    right = [group.right is not None and i == 0 for group, i in zip(groups, best, strict=True)]
    answerable = [group.right is not None for group in groups]
    figures = {"hit@1": float(np.mean([r for r, a in zip(right, answerable, strict=True) if a]))}
    if len(set(right)) > 1:
        figures["auroc"] = float(roc_auc_score(right, logits))
    if not all(answerable):
        silent = [logit < 0 for logit, a in zip(logits, answerable, strict=True) if not a]
        figures["near misses below 0"] = float(np.mean(silent))
    spans = [
        _span_figures(group, reader.read(group.question, _texts(group)[:1])[0])
        for group in groups
        if group.answer
    ]
    figures["f1"], figures["overlap"] = (float(value) for value in np.mean(spans, axis=0))
    return figures


def _span_figures(group: Group, reading: Reading) -> tuple[float, bool]:
    """Return the F1 of the words of the span, and whether it overlaps the answer."""
    if group.right is None or group.answer is None:
        return 0.0, False
    text, offset = group.right.read
    start, end = group.answer[0] + offset, group.answer[1] + offset
    if reading.span is None:
        return 0.0, False
    overlaps = reading.span[0] < end and reading.span[1] > start
    return word_f1(text[slice(*reading.span)], text[start:end]), overlaps


def _texts(group: Group) -> list[str]:
    candidates = (group.right, *group.wrong) if group.right else group.wrong
    return [candidate.read[0] for candidate in candidates]
