"""The weights that an archive ranks with: those fitted for its encoder, or a sound default.

Weights fitted with ``python -m retrieval fit`` say which encoder they are for. Those of this package are in
the folder ``weights``, one file an encoder.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

import numpy as np

from retrieval.errors import WeightsError
from retrieval.ranking.model import WEIGHTS, Weights, bundled_weights
from retrieval.types import Encoder

logger = logging.getLogger(__name__)


def weights_for(encoder: Encoder) -> Weights:
    """Return the weights fitted for ``encoder``, or those of the bundled model with a warning.

    Weights fitted on another copy of the same model, such as one rounded to fewer bits, do as well.

    The default is sound because cosines are read on the bundled model's scale (``encoders.scale``); what a
    model is better or worse at is not in it.
    """
    return _weights_for(encoder.name, encoder.fingerprint)


@lru_cache
def _weights_for(name: str, fingerprint: str) -> Weights:
    """Warn of a model once, however many archives are opened with it."""
    kept = [Weights.parse(file.read_text(encoding="utf-8")) for file in _kept()]
    for weights in kept:
        if weights.fingerprint == fingerprint:
            return weights
    for weights in kept:
        if weights.encoder == PurePath(name).name.lower():
            logger.warning("The weights for %s were fitted on another copy of that model.", name)
            return weights
    logger.warning(
        "No ranking weights were fitted for %s: those of the bundled model are used, on cosines put on its "
        "scale. To fit some: `python -m retrieval fit … --output FILE`, then set WEIGHTS to that file.",
        name,
    )
    return bundled_weights()


def _kept() -> list[Traversable]:
    """Return the files of weights in this package."""
    return sorted((files("retrieval.ranking") / WEIGHTS).iterdir(), key=lambda file: file.name)


def read_weights(file: Path | str, encoder: Encoder) -> Weights:
    """Return the weights in a file written by ``python -m retrieval fit`` for ``encoder``.

    Raises:
        WeightsError: the file cannot be read, is no such file, or its weights are for another encoder.
    """
    remedy = f"fit some for {encoder.name} with `python -m retrieval fit … --output FILE`, or leave it empty"
    try:
        weights = Weights.parse(Path(file).read_text(encoding="utf-8"))
        _check_numbers(weights)
    except OSError as error:
        raise WeightsError(f"WEIGHTS cannot be read from {file} ({error.strerror}): {remedy}.") from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise WeightsError(f"WEIGHTS, {file}, is damaged or of another version: {remedy}.") from error
    if weights.fingerprint != encoder.fingerprint:
        which = weights.encoder if weights.encoder != encoder.name else f"another version of {encoder.name}"
        raise WeightsError(f"WEIGHTS, {file}, was fitted for {which}, not for {encoder.name}: {remedy}.")
    return weights


def write_weights(weights: Weights, encoder: Encoder, file: Path) -> None:
    """Write weights that were fitted with ``encoder`` into a file, with its name and fingerprint."""
    fitted = replace(weights, encoder=encoder.name, fingerprint=encoder.fingerprint)
    file.write_text(fitted.dump() + "\n", encoding="utf-8")


def _check_numbers(weights: Weights) -> None:
    """Raise ValueError or TypeError where a weight is not a number."""
    fields = [weights.passage, weights.passage_foreign, weights.sentence, weights.confidence]
    fields += [weights.confidence_foreign, weights.time, (weights.threshold(1),)]
    if not all(np.isfinite(np.array(field, dtype=np.float64)).all() for field in fields):
        raise ValueError
