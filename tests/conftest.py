"""Fixtures: an archive that needs no model for most tests, the real encoder for those marked ``model``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import BY_WORDS, HashEncoder, write_articles
from hypothesis import settings

from retrieval import opening
from retrieval.encoders import load_reader

if TYPE_CHECKING:
    from retrieval.encoders import SentenceEncoder

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

settings.register_profile("verbatim", deadline=None)  # a busy machine is no failure
settings.load_profile("verbatim")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the cache, or the settings, of the person who runs it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("ARCHIVE", "EMBEDDING_MODEL", "READER", "READER_MODEL", "WEIGHTS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> HashEncoder:
    """The hash encoder, in the place of whatever model an archive is opened with, ranked by words alone."""
    fake = HashEncoder()

    def load(name: str | None = None) -> HashEncoder:
        return fake if name in (None, "", fake.name) else HashEncoder(name, "1" * 64)

    monkeypatch.setattr(opening, "load_encoder", load)
    monkeypatch.setattr(opening, "weights_for", lambda _: BY_WORDS)
    monkeypatch.setattr(opening, "load_reader", lambda name=None: load_reader(name) if name else None)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a dozen short dated articles."""
    return write_articles(tmp_path / "journal")


@pytest.fixture(scope="session")
def real_encoder() -> SentenceEncoder:
    """The bundled model."""
    from retrieval.encoders import load_encoder

    return load_encoder()


def child_environment() -> dict[str, str]:
    """Return the environment of a Python that imports this project and what its tests share."""
    return os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}


@pytest.fixture
def python(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python on its own: ``python("-m", "retrieval", …)``, from the project's folder."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=child_environment() | variables,
            capture_output=True,
            encoding="utf-8",
            timeout=110,
            check=False,
        )

    return run
