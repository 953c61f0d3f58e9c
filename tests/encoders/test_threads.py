"""Never more threads than cores."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.model
def test_threads_never_exceed_the_cores(python: Python) -> None:
    code = (
        "import os, threadpoolctl, faiss, torch;"
        "from retrieval.encoders import load_encoder;"
        "encoder = load_encoder();"
        "encoder.encode_passages(['Le Mali.'] * 20);"
        "pools = threadpoolctl.threadpool_info();"
        "cores = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count();"
        "assert torch.get_num_threads() <= cores, torch.get_num_threads();"
        "assert faiss.omp_get_max_threads() <= cores, faiss.omp_get_max_threads();"
        "assert all(p['num_threads'] == 1 for p in pools if p['user_api'] == 'blas'), pools;"
        "assert all(p['num_threads'] <= cores for p in pools), pools"
    )
    run = python("-c", code, OMP_NUM_THREADS="8", OPENBLAS_NUM_THREADS="8", MKL_NUM_THREADS="8")
    assert run.returncode == 0, run.stderr
