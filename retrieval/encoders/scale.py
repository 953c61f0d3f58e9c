"""Put the cosines of any model where those of the bundled model are.

Two models agree on what is near and not on the numbers: texts on different subjects have a cosine of .04
for one and .75 for another. Weights and thresholds are fitted on numbers, so what is read of a cosine
is where it stands between two anchors: what the model gives to a question and a passage on another
subject, and to a question and the passage that answers it. They are measured on ANCHORS, 32 questions
in French and English with their answers, once a model, and kept in the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

from retrieval.encoders.interface import Encoder

logger = logging.getLogger(__name__)

ANCHORS = "anchors.json"
"""The file of this package that holds a question and the passage that answers it on each line."""

UNRELATED, MATCHING = 0.044, 0.359
"""The mean cosines that the bundled model gives to the questions and passages of ANCHORS."""

LEAST = 0.02
"""The distance between the two anchors below which a model is not taken to tell them apart."""


@dataclass(frozen=True, slots=True)
class CosineScale:
    """The anchors of a model: its mean cosine of what does not belong together, and of what does."""

    unrelated: float = UNRELATED
    matching: float = MATCHING

    def __call__(self, cosines: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Return cosines as the bundled model would give them, in the same order.

        One line goes through the two anchors and on below them, down to -1; another on to 1, for copies
        are copies to every model.
        """
        lowest = self.unrelated - (1 + UNRELATED) * (self.matching - self.unrelated) / (MATCHING - UNRELATED)
        own, bundled = (lowest, self.unrelated, self.matching, 1.0), (-1.0, UNRELATED, MATCHING, 1.0)
        scaled: npt.NDArray[np.float64] = np.interp(cosines, own, bundled)
        return scaled


BUNDLED_SCALE = CosineScale()
"""That of the bundled model: it changes nothing."""


def measure(encoder: Encoder) -> CosineScale:
    """Return the scale of ``encoder``; the bundled one, with a warning, where it tells nothing apart."""
    pairs = json.loads(_anchors())
    questions = encoder.encode_queries([question for question, _ in pairs])
    passages = encoder.encode_passages([passage for _, passage in pairs])
    cosines = questions @ passages.T
    belong = np.eye(len(pairs), dtype=bool)
    unrelated, matching = float(cosines[~belong].mean()), float(cosines[belong].mean())
    if matching - unrelated < LEAST:
        logger.warning(
            "The model %s hardly tells a passage that answers from one on another subject "
            "(cosines of %.2f and %.2f): choose another.",
            encoder.name,
            matching,
            unrelated,
        )
        return BUNDLED_SCALE
    return CosineScale(round(unrelated, 4), round(matching, 4))


def kept_scale(encoder: Encoder) -> CosineScale:
    """Return the scale of ``encoder``, measured the first time it is asked for on this machine."""
    key = hashlib.sha256(_anchors().encode())
    key.update(json.dumps([encoder.fingerprint, asdict(encoder.prompts)]).encode())
    file = platformdirs.user_cache_path("verbatim") / "scales" / f"{key.hexdigest()[:16]}.json"
    with suppress(OSError, ValueError, TypeError, LookupError):  # not measured yet, or damaged
        fields: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return CosineScale(float(fields["unrelated"]), float(fields["matching"]))
    scale = measure(encoder)
    with suppress(OSError):  # nowhere to keep it: it is measured again the next time
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(scale)), encoding="utf-8")
    return scale


def _anchors() -> str:
    return (files("retrieval.encoders") / ANCHORS).read_text(encoding="utf-8")
