"""Weights in files: those of this package, one file an encoder, and a person's own.

Weights fitted with ``python -m retrieval fit`` say which encoder they are for.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path, PurePath

from retrieval.encoders import BUNDLED
from retrieval.encoders.interface import Encoder
from retrieval.errors import WeightsError
from retrieval.ranking.weights import Weights

logger = logging.getLogger(__name__)

FOLDER = files("retrieval.ranking") / "weights"
"""The folder of the weights in this package."""


@lru_cache(maxsize=1)
def bundled_weights() -> Weights:
    """Return the weights fitted for the bundled encoder."""
    return Weights.parse((FOLDER / f"{BUNDLED}.json").read_text(encoding="utf-8"))


def weights_for(encoder: Encoder) -> Weights:
    """Return the weights fitted for ``encoder``, or those of the bundled model with a warning.

    Weights fitted on another copy of the same model, such as one rounded to fewer bits, do as well. Those of
    the bundled model are a sound default because cosines are read on its scale (``encoders.scale``); they do
    not know what another model is better or worse at.
    """
    return _weights_for(encoder.name, encoder.fingerprint)


@lru_cache
def _weights_for(name: str, fingerprint: str) -> Weights:
    """Warn of a model once, however many archives are opened with it."""
    listed = sorted(FOLDER.iterdir(), key=lambda file: file.name)
    kept = [Weights.parse(file.read_text(encoding="utf-8")) for file in listed]
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


def read_weights(file: Path | str, encoder: Encoder) -> Weights:
    """Return the weights in a file written by ``python -m retrieval fit`` for ``encoder``.

    Raises:
        WeightsError: the file cannot be read, is no such file, or its weights are for another encoder.
    """
    remedy = f"fit some for {encoder.name} with `python -m retrieval fit … --output FILE`, or leave it empty"
    try:
        weights = Weights.parse(Path(file).read_text(encoding="utf-8"))
        weights.threshold(1)
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
