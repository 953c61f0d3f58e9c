"""Never more threads than cores: measured, four on two cores turn 1.4 ms a question into 364 ms."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import cast

import threadpoolctl


def cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@lru_cache(maxsize=1)
def _pools() -> threadpoolctl.ThreadpoolController:
    return threadpoolctl.ThreadpoolController()


def limit_threads() -> None:
    """Hold torch, FAISS and BLAS to the cores of this process. Call once they are imported."""
    import faiss
    import torch

    torch.set_num_threads(min(torch.get_num_threads(), cores()))
    faiss.omp_set_num_threads(min(faiss.omp_get_max_threads(), cores()))
    for pool in _pools().info():
        if pool["num_threads"] > cores():
            _pools().limit(limits=cores())
            break


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which BLAS uses one thread: small products are slower with more."""
    return cast("AbstractContextManager[object]", _pools().limit(limits=1, user_api="blas"))
