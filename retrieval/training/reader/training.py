"""Train the upper layers of the reader, one core a process, for so many minutes."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor

from retrieval.encoders.reader.apart import ApartLayers
from retrieval.encoders.reader.cache import StateCache
from retrieval.encoders.reader.joint import JointLayers
from retrieval.encoders.reader.reader import JointReader
from retrieval.training.reader.batches import PairMaker
from retrieval.training.reader.checkpoint import Checkpoint
from retrieval.training.reader.curve import append_log, draw_curve, read_log
from retrieval.training.reader.mixture import mixed
from retrieval.training.reader.objective import Losses, losses
from retrieval.training.reader.peers import Peers
from retrieval.training.reader.sources import SHARES, TrainingData
from retrieval.training.reader.validation import validate

LAYER_RATE = 2e-4
HEAD_RATE = 1e-3
SCALE_RATE = 1e-2
"""Learning rates: of the layers, of the heads, and of the scale of the similarity, which is near 60."""

WARM_UP = 64
"""Steps in which the learning rate rises."""

DECAY = 0.3
"""The share of the time after which the learning rate falls, to LOWEST of itself at the end."""

LOWEST = 0.02

GROUPS = 8
"""Groups of a step."""

TOGETHER = 16
"""Steps between two averages over the processes, which are also when the running average is brought up."""

AVERAGE = 0.9
"""The weight of the past in the running average of the weights, which is what is validated and shipped."""

LOGGED = 5
"""Averages between two lines of the log."""

CHECKPOINT_SECONDS = 300
VALIDATION_SECONDS = 840

VALIDATION_BYTES = 1 << 30
"""Memory for the states of the validation part's passages."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run writes its files, how long it trains, and its seed."""

    folder: Path
    minutes: float
    seed: int = 0

    @property
    def checkpoint(self) -> Path:
        """The state to resume from."""
        return self.folder / "checkpoint.pt"

    @property
    def log(self) -> Path:
        """One line of JSON every LOGGED steps and every validation."""
        return self.folder / "log.jsonl"

    @property
    def held_out(self) -> Path:
        """The identifiers of the questions that are not trained on, a JSON list."""
        return self.folder / "held_out.json"

    @property
    def curve(self) -> Path:
        """The learning curve."""
        return self.folder / "curve.png"


ALONE = Peers()


class Training:
    """A run: the layers that are trained, their running average, and the optimizer."""

    def __init__(
        self,
        apart: ApartLayers,
        joint: JointLayers,
        data: TrainingData,
        run: Run,
        peers: Peers = ALONE,
    ) -> None:
        self.apart, self.joint, self.data, self.run, self.peers = apart, joint, data, run, peers
        self.average = {name: weights.clone() for name, weights in joint.state_dict().items()}
        self.optimizer = _optimizer(joint)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.validation_cache = StateCache(VALIDATION_BYTES)
        self.groups = self.steps = 0
        self.seconds = 0.0

    def resume(self, checkpoint: Checkpoint) -> None:
        """Go on from the state of a run."""
        self.joint.load_state_dict(checkpoint.weights)
        self.average = checkpoint.average
        self.optimizer.load_state_dict(checkpoint.optimizer)
        self.groups, self.steps, self.seconds = checkpoint.groups, checkpoint.steps, checkpoint.seconds

    def train(self, report: Callable[[str], None] = print) -> dict[str, Tensor]:
        """Train until the run's minutes are over; return the average of the weights.

        The minutes count what was trained before a resumption. ``report`` is given lines of progress.
        """
        maker = PairMaker(self.apart)
        stream = mixed(self.data.sources, SHARES, self.run.seed)
        stream = islice(stream, self.groups + self.peers.rank, None, self.peers.count)
        if not self.steps and self.peers.is_first:
            self._validate(report)
        begun = time.monotonic() - self.seconds
        saved, validated = self.seconds, self.seconds
        tally: Counter[str] = Counter()
        while self.seconds < 60 * self.run.minutes:
            self._set_rates()
            for _ in range(TOGETHER):
                seed = f"{self.run.seed} {self.steps} {self.peers.rank}"
                rng = random.Random(seed)  # noqa: S311 - draws, not secrets
                pairs = maker.pairs(list(islice(stream, GROUPS)), rng)
                self._step(losses(self.joint, pairs, rng), tally)
            self._meet()
            if self.peers.is_first:
                self.seconds = time.monotonic() - begun
                if self.steps % (LOGGED * TOGETHER) == 0:
                    self._log(tally, report)
                    tally.clear()
                if self.seconds - saved > CHECKPOINT_SECONDS:
                    self.checkpoint().write(self.run.checkpoint)
                    saved = self.seconds
                if self.seconds - validated > VALIDATION_SECONDS:
                    self._validate(report)
                    begun += time.monotonic() - begun - self.seconds  # validation is not training
                    validated = self.seconds
            self.seconds = self.peers.first_says(self.seconds)
        if self.peers.is_first:
            self.checkpoint().write(self.run.checkpoint)
            self._validate(report)
        return self.average

    def checkpoint(self) -> Checkpoint:
        """Return the state of the run."""
        return Checkpoint(
            self.joint.state_dict(),
            self.average,
            self.optimizer.state_dict(),
            self.groups,
            self.steps,
            self.seconds,
        )

    def _step(self, found: Losses, tally: Counter[str]) -> None:
        """Take a step of the optimizer, and add what was found to the tally."""
        self.optimizer.zero_grad()
        (found.choice + found.span).backward()  # type: ignore[no-untyped-call]
        scale = self.joint.similarity_scale
        torch.nn.utils.clip_grad_norm_([p for p in self.joint.parameters() if p is not scale], 1.0)
        torch.nn.utils.clip_grad_norm_([scale], 1.0)
        self.optimizer.step()
        self.steps += 1
        self.groups += GROUPS * self.peers.count
        tally.update({"steps": 1, "loss": found.choice.item(), "span_loss": found.span.item()})
        tally.update(dict(zip(("right", "answerable"), found.right, strict=True)))
        tally.update(dict(zip(("none", "unanswerable"), found.none, strict=True)))

    def _meet(self) -> None:
        """Average the weights over the processes, and bring the running average up to them."""
        self.peers.average(self.joint)
        met = self.steps // TOGETHER
        keep = min(AVERAGE, met / (met + 10))
        with torch.no_grad():
            for name, weights in self.joint.state_dict().items():
                self.average[name].lerp_(weights, 1 - keep)

    def _set_rates(self) -> None:
        elapsed = self.seconds / (60 * self.run.minutes)
        falling = 1 - (1 - LOWEST) * max(0.0, elapsed - DECAY) / (1 - DECAY)
        factor = min(1.0, (self.steps + TOGETHER) / WARM_UP) * falling
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor

    def _log(self, tally: Counter[str], report: Callable[[str], None]) -> None:
        line = {
            "groups": self.groups,
            "seconds": round(self.seconds),
            "loss": tally["loss"] / tally["steps"],
            "span_loss": tally["span_loss"] / tally["steps"],
            "right": tally["right"] / max(1, tally["answerable"]),
            "none": tally["none"] / max(1, tally["unanswerable"]),
        }
        append_log(self.run.log, line)
        report(" ".join(f"{name} {value:.3g}" for name, value in line.items()))

    def _validate(self, report: Callable[[str], None]) -> None:
        joint = deepcopy(self.joint)
        joint.load_state_dict(self.average)
        joint.train(mode=False)
        reader = JointReader(self.apart, joint.with_layers(torch.bfloat16), cache=self.validation_cache)
        figures = validate(reader, self.data.validation)
        append_log(
            self.run.log, {"groups": self.groups, "seconds": round(self.seconds), "validation": figures}
        )
        draw_curve(read_log(self.run.log), self.run.curve)
        report("validation: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))


def _optimizer(joint: JointLayers) -> torch.optim.AdamW:
    layers = list(joint.layers.parameters())
    heads = [
        parameter
        for name, parameter in joint.named_parameters()
        if not name.startswith("layers.") and name != "similarity_scale"
    ]
    return torch.optim.AdamW(
        [
            {"params": layers, "lr": LAYER_RATE, "weight_decay": 0.01},
            {"params": heads, "lr": HEAD_RATE, "weight_decay": 0.0},
            {"params": [joint.similarity_scale], "lr": SCALE_RATE, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
        eps=1e-6,
    )
