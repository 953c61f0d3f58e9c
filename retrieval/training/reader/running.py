"""Start or resume a run of training, in one process or several, and write what it made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch

from retrieval.encoders.reader.base import load_apart, new_joint
from retrieval.encoders.reader.weights import read_weights, write_weights
from retrieval.training.reader.checkpoint import Checkpoint, read_checkpoint
from retrieval.training.reader.peers import Peers, run_peers
from retrieval.training.reader.sources import TrainingData, read_training_data
from retrieval.training.reader.training import Run, Training

DROPOUT = 0.1
"""The share of what each layer adds that is left out at random in training, as in BERT."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to train on, from which weights, and where to write the trained ones."""

    data: Path
    output: Path
    run: Run
    start: Path | None = None
    resume: bool = False


def train(settings: Settings, processes: int = 1, report: Callable[[str], None] = print) -> str:
    """Train for the run's minutes and write the weights; return the SHA-256 of their file.

    Raises:
        CollectionError: a collection is missing or cannot be read.
        WeightsError: the weights to start from, or the checkpoint, cannot be read.
        EncoderError: an encoder cannot be loaded.
    """
    run = settings.run
    run.folder.mkdir(parents=True, exist_ok=True)
    checkpoint = read_checkpoint(run.checkpoint) if settings.resume else None
    if settings.start:
        read_weights(settings.start)
    data = read_training_data(settings.data, run.seed)
    run.held_out.write_text(json.dumps(data.held_out), encoding="utf-8")
    run_peers(partial(_train_one, settings, data, checkpoint, report), processes)
    return write_weights(read_checkpoint(run.checkpoint).average, settings.output)


def _train_one(
    settings: Settings,
    data: TrainingData,
    checkpoint: Checkpoint | None,
    report: Callable[[str], None],
    peers: Peers,
) -> None:
    """Train in one of the processes."""
    torch.set_num_threads(1)
    torch.manual_seed(settings.run.seed + peers.rank)
    joint = new_joint(DROPOUT)
    if settings.start:
        joint.load_state_dict(read_weights(settings.start))
    training = Training(load_apart(), joint, data, settings.run, peers)
    if checkpoint:
        training.resume(checkpoint)
    training.train(report)
