"""What is loaded only when it is needed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

Python = Callable[..., subprocess.CompletedProcess[str]]


def test_importing_and_asking_for_help_load_no_model(python: Python) -> None:
    heavy = "torch sentence_transformers faiss numpy sklearn scipy tantivy telegram".split()
    code = f"import sys, {{}}; print([name for name in {heavy} if name in sys.modules])"
    assert python("-c", code.format("retrieval")).stdout == "[]\n"
    assert python("-c", code.format("retrieval.cli")).stdout == "[]\n"
    for arguments in (["--help"], ["ask", "--help"], ["evaluate", "--help"]):
        helped = python("-X", "importtime", "-m", "retrieval", *arguments)
        loaded = {line.rsplit("|", 1)[-1].strip() for line in helped.stderr.splitlines()}
        assert helped.returncode == 0
        assert "typer" in loaded
        assert not loaded & set(heavy)


def test_fast_tests_load_no_model(python: Python) -> None:
    code = "import sys, conftest, fakes; print({'torch', 'sentence_transformers'} & sys.modules.keys())"
    assert python("-c", code).stdout == "set()\n"
