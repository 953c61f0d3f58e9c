"""Processes that train copies of one model on data of their own and average their weights now and then.

Each takes several steps between two averages ("local SGD", Stich 2019, https://arxiv.org/abs/1805.09767), so
that processes hardly wait for each other, as torch's threads would on a busy machine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn
from torch.multiprocessing.spawn import spawn


@dataclass(frozen=True, slots=True)
class Peers:
    """Which one of several training processes this is."""

    rank: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this process writes the files."""
        return self.rank == 0

    def average(self, model: nn.Module) -> None:
        """Set the parameters to their mean over the processes."""
        if self.count == 1:
            return
        with torch.no_grad():
            flat = nn.utils.parameters_to_vector(model.parameters())
            dist.all_reduce(flat)
            nn.utils.vector_to_parameters(flat / self.count, model.parameters())

    def first_says(self, value: float) -> float:
        """Return the first process's value, in all of them."""
        if self.count == 1:
            return value
        told = torch.tensor(value, dtype=torch.float64)
        dist.broadcast(told, src=0)
        return float(told)


def run_peers(work: Callable[[Peers], None], count: int) -> None:
    """Call ``work``, which must be picklable, in so many processes, and wait for them."""
    if count == 1:
        work(Peers())
        return
    with tempfile.TemporaryDirectory() as folder:
        spawn(_run, (work, count, Path(folder) / "meeting"), nprocs=count)  # type: ignore[no-untyped-call]


def _run(rank: int, work: Callable[[Peers], None], count: int, meeting: Path) -> None:
    dist.init_process_group("gloo", init_method=meeting.as_uri(), rank=rank, world_size=count)
    try:
        work(Peers(rank, count))
    finally:
        dist.destroy_process_group()
