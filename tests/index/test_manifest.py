"""The manifest of an index: what it was built from, and the refusal to use it for anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakes import HashEncoder

from retrieval.encoders.interface import Prompts
from retrieval.errors import ArchiveError, ManifestError
from retrieval.index.manifest import Manifest
from retrieval.ingest.analysis import ANALYSIS


def test_a_manifest_comes_back(tmp_path: Path) -> None:
    manifest = Manifest.of(HashEncoder("modèle", "f" * 64), ANALYSIS)
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest
    manifest.check(Manifest.of(HashEncoder("modèle", "f" * 64), ANALYSIS), tmp_path)


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (HashEncoder("autre"), "encoder 'hash' and this run uses 'autre'"),
        (HashEncoder(fingerprint="1" * 64), f"fingerprint '{'0' * 64}' and this run uses '{'1' * 64}'"),
    ],
)
def test_an_index_of_another_encoder_is_refused_by_name(
    other: HashEncoder, difference: str, tmp_path: Path
) -> None:
    with pytest.raises(ManifestError) as error:
        Manifest.of(HashEncoder(), ANALYSIS).check(Manifest.of(other, ANALYSIS), tmp_path)
    assert difference in str(error.value)
    assert str(tmp_path) in str(error.value)
    assert "python -m retrieval index" in str(error.value)


@pytest.mark.parametrize("field", ["dimension", "format"])
def test_an_index_of_another_layout_is_refused(field: str, tmp_path: Path) -> None:
    Manifest.of(HashEncoder(), ANALYSIS).write(tmp_path)
    written: dict[str, Any] = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(written | {field: 999}))
    with pytest.raises(ManifestError, match=f"{field} 999"):
        Manifest.read(tmp_path).check(Manifest.of(HashEncoder(), ANALYSIS), tmp_path)


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b"{}", b'{"encoder": "a"}', b'{"x": 1}', b"\xff\xfe"]
)
def test_a_manifest_missing_or_corrupt_is_one_clear_sentence(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(
        ArchiveError, match=r"is incomplete \(no readable manifest\.json\): delete it"
    ) as error:
        Manifest.read(tmp_path)
    assert "\n" not in str(error.value)


def test_an_index_of_another_analysis_is_not_refused(tmp_path: Path) -> None:
    """It is analysed again when it is opened."""
    Manifest.of(HashEncoder(), ANALYSIS).check(Manifest.of(HashEncoder(), ANALYSIS + 1), tmp_path)


def prompted(**prompts: str) -> HashEncoder:
    encoder = HashEncoder()
    encoder.prompts = Prompts(**prompts)
    return encoder


@pytest.mark.parametrize("which", ["query", "passage"])
def test_an_index_built_with_other_prompts_is_refused(which: str, tmp_path: Path) -> None:
    Manifest.of(prompted(), ANALYSIS).write(tmp_path)
    with pytest.raises(
        ManifestError,
        match=f"built with {which} prompt '' and this run uses 'q: ': "
        "delete it and build it again with `python -m retrieval index`",
    ):
        Manifest.read(tmp_path).check(Manifest.of(prompted(**{which: "q: "}), ANALYSIS), tmp_path)
