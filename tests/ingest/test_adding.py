"""Articles are added in batches, so that an interruption costs one batch and not the night."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEncoder, archive_of, article, counts, document, sources

from retrieval.errors import ArchiveError
from retrieval.ingest.adding import BATCH
from retrieval.ingest.analysis import Document


def test_many_articles_are_kept_a_batch_at_a_time(tmp_path: Path) -> None:
    with archive_of({"a.txt": "Le Mali."}, tmp_path) as archive:
        adding = archive.add(document(f"Un mot {n}.\n\nDeux lettres {n}.", f"{n}.txt") for n in range(BATCH))
        assert next(adding) == BATCH // 2
        adding.close()
        assert counts(archive) == (1 + BATCH // 2, 1 + BATCH)
        assert archive.search("lettres 3")[0].text == "Deux lettres 3."


def test_an_article_added_again_takes_the_place_of_the_older(tmp_path: Path) -> None:
    with archive_of({"a.txt": "Le phare ferme.\n\nLa mer monte."}, tmp_path) as archive:
        assert list(archive.add([document("Le phare rouvre.", "a.txt")])) == [1]
        assert counts(archive) == (1, 1)
        assert [hit.text for hit in archive.search("phare")] == ["Le phare rouvre."]
        assert archive.search("mer", k=5)[0].text == "Le phare rouvre."


def test_an_article_without_a_paragraph_is_kept_and_found_by_nobody(tmp_path: Path) -> None:
    encoder = HashEncoder()
    with archive_of({"a.txt": "Le Mali."}, tmp_path, encoder) as archive:
        list(archive.add([Document(article("# Le phare", "vide.md"), (), "1")]))
        assert counts(archive) == (2, 1)
        assert sources(archive.search("phare", k=5)) == ["a.txt"]


def test_a_batch_that_cannot_be_kept_leaves_the_archive_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two articles whose numbers collide are refused by name."""
    from retrieval.store import change

    with archive_of({"a.txt": "Le Mali."}, tmp_path) as archive:
        before = archive.search("Mali phare")
        monkeypatch.setattr(change, "article_number", lambda _: int(archive.index.ids()[0]) >> 15)
        with pytest.raises(ArchiveError, match=r"get the same number .*: rename one of them"):
            list(archive.add([document("Le phare.", "b.txt")]))
        assert archive.search("Mali phare") == before
        assert counts(archive) == (1, 1)
