"""The state of a training run, in one file, so that it goes on where it was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from retrieval.errors import WeightsError


@dataclass(slots=True)
class Checkpoint:
    """The trained layers, their running average, the optimizer's state, and how far the run has come.

    ``seconds`` is the time trained so far; ``groups`` is how many were read.
    """

    weights: dict[str, Tensor]
    average: dict[str, Tensor]
    optimizer: dict[str, Any]
    groups: int
    steps: int
    seconds: float

    def write(self, path: Path) -> None:
        """Write the file; an older one is replaced only when the new one is whole."""
        partial = path.with_suffix(".partial")
        torch.save({name: getattr(self, name) for name in self.__slots__}, partial)
        partial.replace(path)


def read_checkpoint(path: Path) -> Checkpoint:
    """Return the state of a run.

    Raises:
        WeightsError: the file is missing or is no checkpoint.
    """
    try:
        return Checkpoint(**torch.load(path, weights_only=True))
    except Exception as error:  # torch raises many kinds, with messages of many lines
        why = str(error).partition(". ")[0].partition("\n")[0]
        raise WeightsError(
            f"The checkpoint {path} cannot be read ({why}): train without --resume."
        ) from error
