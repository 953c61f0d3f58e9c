"""From a path to an archive: folders, caches, index folders, and what is refused."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest
from conftest import SEEDS
from fakes import HashEncoder, counts, in_its_file, sources, write_articles

import retrieval
from retrieval import opening
from retrieval.encoders.interface import Prompts
from retrieval.errors import ArchiveError, ManifestError

# A folder of articles.


def test_a_folder_is_read_once(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as first:
        found = first.search("tramway")
        assert counts(first) == (12, 24)
        assert "12 articles, 24 passages" in repr(first)
    encoder.passages.clear()
    with retrieval.open(folder) as second:
        assert second.search("tramway") == found
    assert encoder.passages == []


def test_only_what_changed_is_embedded_again(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    encoder.passages.clear()
    write_articles(folder, {"pont.txt": "date 2020 La passerelle de Foumban tient bon."})
    write_articles(folder, {"neuf.txt": "date 2025 Le phare d’Ouessant ferme."})
    os.utime(folder / "ecole.txt", (0, 0))
    with retrieval.open(folder) as archive:
        assert counts(archive) == (13, 24)
        assert archive.search("passerelle")[0].text == "La passerelle de Foumban tient bon."
        assert sources(archive.search("phare"))[0] == "neuf.txt"
        assert not [hit for hit in archive.search("pont suspendu", k=100) if "suspendu" in hit.text]
    assert set(encoder.passages) == {"La passerelle de Foumban tient bon.", "Le phare d’Ouessant ferme."}


def test_a_file_that_is_gone_is_found_by_neither_side(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    encoder.passages.clear()
    (folder / "2023/tramway.txt").unlink()
    with retrieval.open(folder) as archive:
        assert counts(archive) == (11, 22)
        assert "2023/tramway.txt" not in sources(archive.search("tramway de Tours", k=100))
        question = archive.understand("tramway de Tours")
        assert len(archive.index.nearest(question.vector, 100)) == 22
        assert len(archive.index.matching(archive.understand("tramway"), 100)) == 0
    assert encoder.passages == []


def test_a_moved_file_is_quoted_from_where_it_is(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    (folder / "pont.txt").rename(folder / "2024/pont.txt")
    with retrieval.open(folder) as archive:
        (hit,) = archive.search("pont suspendu", k=1)
        assert hit.article.path == str(folder / "2024/pont.txt")
        assert in_its_file(hit)


def test_a_model_of_another_name_has_a_cache_of_its_own(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as one, retrieval.open(folder, model="autre") as other:
        assert one.folder != other.folder
        assert (one.encoder.name, other.encoder.name) == ("hash", "autre")


@pytest.mark.parametrize(
    "changed", [{"fingerprint": "2" * 64}, {"prompts": Prompts(passage="p: ")}], ids=["weights", "prompts"]
)
def test_a_model_that_changed_under_the_same_name_embeds_again(
    changed: dict[str, object], folder: Path, encoder: HashEncoder
) -> None:
    retrieval.open(folder).close()
    encoder.passages.clear()
    vars(encoder).update(changed)
    with retrieval.open(folder) as archive:
        assert archive.search("tramway")
    assert len(encoder.passages) > 24


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff"])
def test_a_cache_with_a_bad_manifest_is_made_again(
    content: bytes | None, folder: Path, encoder: HashEncoder
) -> None:
    with retrieval.open(folder) as archive:
        manifest = archive.folder / "manifest.json"
    manifest.unlink()
    if content is not None:
        manifest.write_bytes(content)
    with retrieval.open(folder) as archive:
        assert sources(archive.search("tramway"))[0] == "2023/tramway.txt"


def test_a_cache_whose_store_was_deleted_is_made_again(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as archive:
        store = archive.folder / "store.sqlite"
    store.unlink()
    (folder / "2023/tramway.txt").unlink()
    with retrieval.open(folder) as archive:
        assert counts(archive) == (11, 22)
        assert sources(archive.search("médaille d’or"))[0] == "La Gazette"


def test_the_cache_is_outside_the_folder_of_articles(folder: Path, encoder: HashEncoder) -> None:
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    with retrieval.open(folder) as archive:
        assert json.loads((archive.folder / "manifest.json").read_text())["encoder"] == "hash"
        assert folder not in archive.folder.parents
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before


def test_progress_is_told_of_what_is_read_only(folder: Path, encoder: HashEncoder) -> None:
    told: list[tuple[int, int]] = []
    opening.open_archive(folder, progress=lambda done, total: told.append((done, total))).close()
    assert told[-1] == (12, 12)


def test_the_seed_article_opens_with_any_encoder(encoder: HashEncoder) -> None:
    with retrieval.open(SEEDS) as archive:
        assert counts(archive) == (1, 5)
        assert "29 janvier" in archive.search("décision officialisée")[0].text


# Bad input.


@pytest.mark.parametrize("path", ["absent", "2023/tramway.txt", "vide"])
def test_nothing_to_open_is_said_in_a_sentence(path: str, folder: Path, encoder: HashEncoder) -> None:
    (folder / "vide").mkdir()
    with pytest.raises(ArchiveError, match=f"{path}.*: (give|put) ") as error:
        retrieval.open(folder / path)
    assert "\n" not in str(error.value)


def test_a_place_that_cannot_be_written_is_said(folder: Path, encoder: HashEncoder) -> None:
    (folder.parent / "cache").write_text("a file where a folder should be")
    with pytest.raises(ArchiveError, match=r"cannot be written in .*--output"):
        retrieval.open(folder)


# An index folder of one's own.


@pytest.fixture
def output(folder: Path, encoder: HashEncoder) -> Path:
    """An index folder built from the folder of articles."""
    place = folder.parent / "index"
    opening.build_index(folder, place).close()
    return place


def test_an_index_is_opened_where_it_was_put_and_finds_its_files(
    folder: Path, output: Path, encoder: HashEncoder
) -> None:
    encoder.passages.clear()
    with retrieval.open(output) as archive:
        (hit,) = archive.search("tramway", k=1)
        assert Path(hit.article.path) == folder / "2023/tramway.txt"
        assert in_its_file(hit)
    assert encoder.passages == []
    assert list((folder.parent / "cache").glob("*")) == [], "nothing goes to the cache"


def test_an_index_is_brought_up_to_date(folder: Path, output: Path) -> None:
    (folder / "pont.txt").unlink()
    with opening.build_index(folder, output) as archive:
        assert counts(archive) == (11, 22)


def test_an_index_of_another_model_is_refused_by_name_and_left_as_it_is(folder: Path, output: Path) -> None:
    for refused in (
        lambda: retrieval.open(output, model="autre"),
        lambda: opening.build_index(folder, output, model="autre"),
    ):
        with pytest.raises(ManifestError, match="'hash' and this run uses 'autre'"):
            refused()
    with retrieval.open(output) as archive:
        assert archive.encoder.name == "hash"
        assert archive.search("tramway")


def test_an_index_is_opened_with_the_model_it_was_built_with(folder: Path, encoder: HashEncoder) -> None:
    place = folder.parent / "index"
    opening.build_index(folder, place, model="autre").close()
    with retrieval.open(place) as archive:
        assert archive.encoder.name == "autre"


@pytest.mark.parametrize("content", [None, b"", b"[1]", b'{"encoder": "hash"'])
def test_an_index_without_a_sound_manifest_is_not_opened(content: bytes | None, output: Path) -> None:
    (output / "manifest.json").unlink()
    if content is not None:
        (output / "manifest.json").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"is incomplete .*delete it and build it again with"):
        retrieval.open(output)
    assert (output / "store.sqlite").exists()


def test_an_index_that_lost_its_store_or_whose_store_is_damaged_is_said(output: Path) -> None:
    (output / "store.sqlite").write_bytes(b"rien du tout" * 1_000)
    with pytest.raises(ArchiveError, match=r"is damaged .*build it again"):
        retrieval.open(output)
    (output / "store.sqlite").unlink()
    with pytest.raises(ArchiveError, match=r"has lost its store\.sqlite: build it again"):
        retrieval.open(output)


def test_an_index_is_never_written_over_something_else(folder: Path, encoder: HashEncoder) -> None:
    (folder.parent / "notes.txt").write_text("à garder")
    for output in (folder, folder.parent / "notes.txt"):
        with pytest.raises(ArchiveError, match="is not empty and not an index: name another folder"):
            opening.build_index(folder, output)
    assert (folder.parent / "notes.txt").read_text() == "à garder"
    assert not (folder / "store.sqlite").exists()


def test_an_index_interrupted_at_its_very_start_can_be_started_again(
    folder: Path, encoder: HashEncoder
) -> None:
    output = folder.parent / "index"
    output.mkdir()
    (output / "lock").touch()
    with opening.build_index(folder, output) as archive:
        assert counts(archive) == (12, 24)


def test_an_index_of_an_earlier_analysis_is_analysed_again_when_it_is_opened(
    output: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with retrieval.open(output) as archive:
        before = archive.search("tramway")
    encoder.passages.clear()
    monkeypatch.setattr(opening, "ANALYSIS", opening.ANALYSIS + 1)
    with caplog.at_level(logging.WARNING), retrieval.open(output) as archive:
        assert archive.search("tramway") == before
    assert encoder.passages == []
    assert "was made by an earlier version: its texts are analysed again" in caplog.text
    caplog.clear()
    retrieval.open(output).close()
    assert caplog.text == "", "once is enough"
