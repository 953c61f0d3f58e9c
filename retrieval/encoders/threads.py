"""Never more threads than cores: measured, four on two cores turn 1.4 ms a question into 364 ms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import threadpoolctl


def cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def limit_threads() -> None:
    """Hold FAISS to the cores of this process, and torch and BLAS to one thread, from here on.

    Our matrix products are small: with more threads they wait for each other, and on a busy machine
    they do little else (measured: 110 paragraphs a second with one thread, 10 with two).
    """
    import faiss
    import torch

    torch.set_num_threads(1)
    faiss.omp_set_num_threads(min(faiss.omp_get_max_threads(), cores()))
    threadpoolctl.threadpool_limits(limits=1, user_api="blas")


@contextmanager
def all_cores() -> Iterator[None]:
    """Let torch use every core of this process inside: for large batches, while no question waits."""
    import torch

    torch.set_num_threads(cores())
    try:
        yield
    finally:
        torch.set_num_threads(1)
