"""What a person does with an archive: open it, ask it, change its files, and come back."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SEEDS
from fakes import ARTICLES, BY_WORDS, HashEncoder, archive_of, article, write_articles
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

import retrieval
from retrieval import opening
from retrieval.archive import BATCH, Archive
from retrieval.articles import split_passages
from retrieval.errors import ArchiveError, DateError, ManifestError
from retrieval.index import Manifest
from retrieval.types import Answer, Hit

QUESTIONS = [
    "Quand le barrage de Kandadji retiendra-t-il le fleuve ?",
    "Qui a été élue à Dakar ?",
    "Combien coûte le billet ?",
    "What happened to the bridge of Foumban?",
    "tramway",
    "médaille d'or",
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(ARTICLES, tmp_path_factory.mktemp("archive")) as opened:
        yield opened


def ids(archive: Archive, question: str, **options: object) -> list[str]:
    return [hit.id for hit in archive.search(question, **options)]  # type: ignore[arg-type]


def named(hits: list[Hit]) -> set[str]:
    return {hit.article.source for hit in hits}


def in_its_file(quote: retrieval.Quote | Hit) -> bool:
    passage = quote if isinstance(quote, retrieval.Quote) else quote.passage
    text = Path(quote.article.path).read_bytes().decode()
    return text[passage.start : passage.end] == quote.text


# Asking.


def test_an_answer_is_a_passage_of_a_file_with_its_best_sentence_and_dates(archive: Archive) -> None:
    answer = archive.ask("Quand les travaux du tramway ont-ils commencé ?")
    best = answer.quotes[0]
    assert answer.answered
    assert 0 <= answer.confidence <= 1
    assert best.text == "Les travaux ont commencé le 6 novembre. La mairie promet des rames silencieuses."
    assert best.sentence == "Les travaux ont commencé le 6 novembre."
    assert (best.paragraph, best.article.published, best.article.source) == (2, "2023-11", "2023/tramway.txt")
    assert [(date.text, date.value) for date in best.dates] == [("le 6 novembre", "2023-11-06")]
    assert all(in_its_file(quote) for quote in answer.quotes)
    assert 1 <= len(answer.quotes) <= 3


@given(st.text(max_size=80) | st.sampled_from(QUESTIONS))
def test_whatever_is_asked_only_words_of_the_files_are_quoted(archive: Archive, question: str) -> None:
    answer = archive.ask(question)
    assert answer.question == question
    assert answer.answered == bool(answer.quotes)
    for quote in answer.quotes:
        start, end = quote.highlight
        assert in_its_file(quote)
        assert quote.text[start:end].strip()
        assert 0 <= start < end <= len(quote.text)


@pytest.mark.parametrize("question", ["", " \n\t", "😀😀", "?!…", "«\u00a0»", "\x00"])
def test_a_question_without_words_finds_nothing(archive: Archive, question: str) -> None:
    answer = archive.ask(question)
    assert (answer.answered, answer.confidence, answer.quotes) == (False, 0.0, ())
    assert archive.search(question) == []


@pytest.mark.parametrize("question", ["\udce9lection à Dakar", "Dakar \ud83d", "Dakar\x00", "Dakar\u202e"])
def test_a_question_typed_in_another_encoding_is_asked_all_the_same(archive: Archive, question: str) -> None:
    assert archive.search(question)[0].article.source == "election.txt"


def test_a_question_of_ten_thousand_characters_is_answered_from_its_beginning(archive: Archive) -> None:
    question = "Qui a reçu la médaille d’or à Mâcon ? " + "blabla " * 1_500
    assert len(question) > 10_000
    assert archive.search(question)[0].article.source == "La Gazette"
    assert archive.ask("x" * 10_000).question == "x" * 10_000


def test_a_question_is_never_markup(archive: Archive) -> None:
    answer = archive.ask("<b>tramway</b> <script>x</script> {} %s &lt;")
    assert answer.quotes[0].article.source == "2023/tramway.txt"


def test_below_its_threshold_an_archive_keeps_silent(archive: Archive) -> None:
    sure = archive.ask("tramway")
    assert sure.answered
    weights = replace(BY_WORDS, thresholds=((0.9, 0.6),))
    with Archive(archive.folder, archive.encoder, weights=weights) as prudent:
        silent = prudent.ask("tramway")
        assert (silent.answered, silent.quotes, silent.confidence) == (False, (), sure.confidence)
        assert prudent.search("tramway"), "a search lists what it finds, whether it answers or not"


def test_the_more_precise_an_archive_is_to_be_the_more_it_keeps_silent(archive: Archive) -> None:
    weights = replace(BY_WORDS, thresholds=((0.8, 0.3), (0.98, 0.7)))
    with Archive(archive.folder, archive.encoder, weights=weights) as careful:
        careful.precision = 0.8
        assert careful.ask("tramway").answered
        careful.precision = 0.98
        assert not careful.ask("tramway").answered


def test_an_archive_speaks_the_language_of_the_question(archive: Archive) -> None:
    assert archive.ask("Qui a été élue présidente de la chambre ?").language == "fr"
    assert archive.ask("Who was elected president of the chamber?").language == "en"
    assert archive.ask("¿Quién fue elegida presidenta de la cámara?").language == "en"


def test_accents_case_and_apostrophes_change_nothing(archive: Archive) -> None:
    for question in QUESTIONS:
        bare = question.replace("é", "e").replace("û", "u").upper().replace("'", "’")
        assert ids(archive, bare)[0] == ids(archive, question)[0]


def test_a_search_gives_so_many_passages_best_first(archive: Archive) -> None:
    hits = archive.search("tramway mairie billet", k=5)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.id for hit in hits}) == 5
    assert ids(archive, "tramway mairie billet", k=3) == [hit.id for hit in hits[:3]]
    assert len(archive.search("tramway", k=1_000)) == len(archive)
    assert all(in_its_file(hit) for hit in hits)


# Since and until.


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2025", None, {"election.txt"}),
        (dt.date(2025, 4, 3), None, {"election.txt"}),
        (dt.date(2025, 4, 4), None, set()),
        (None, "2019-06-01", {"La Gazette"}),
        (None, dt.date(2019, 5, 31), set()),
        ("2023-05", "2023-11", {"hopital.txt", "2023/tramway.txt"}),
        ("2023-11-15", "2023-12", {"2023/tramway.txt"}),  # published some day of November
        ("2022", "2022", {"https://exemple.org/musee", "incendie.txt"}),
        ("2026", "2024", set()),
    ],
)
def test_since_and_until_keep_to_articles_of_the_time(
    archive: Archive, since: dt.date | str | None, until: dt.date | str | None, found: set[str]
) -> None:
    assert named(archive.search("le la les un une de", k=100, since=since, until=until)) == found
    quoted = {q.article.source for q in archive.ask("le tramway de Dakar", since=since, until=until).quotes}
    assert quoted <= found


def test_an_undated_article_is_found_only_when_no_time_is_asked_for(archive: Archive) -> None:
    question = "prêter des violons et des accordéons"
    assert archive.search(question)[0].article.source == "bibliotheque.txt"
    assert "bibliotheque.txt" not in named(archive.search(question, k=100, since="0001"))
    assert "bibliotheque.txt" not in named(archive.search(question, k=100, until="9999"))


@pytest.mark.parametrize("value", ["hier", "2025-13", "", "2025-02-30", "//X009"])
def test_a_window_that_is_no_date_is_the_caller_s_mistake(archive: Archive, value: str) -> None:
    for verb in (archive.ask, archive.search):
        with pytest.raises(DateError, match="is not a date"):
            verb("tramway", since=value)
        with pytest.raises(DateError, match="is not a date"):
            verb("tramway", until=value)


# Opening, and opening again.


def test_a_folder_is_read_once(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as first:
        found = ids(first, "tramway")
        assert first.counts() == (12, 24)
        assert "12 articles, 24 passages" in repr(first)
    encoder.passages.clear()
    with retrieval.open(folder) as second:
        assert ids(second, "tramway") == found
    assert encoder.passages == []


def test_only_what_changed_is_embedded_again(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    encoder.passages.clear()
    write_articles(folder, {"pont.txt": "date 2020 La passerelle de Foumban tient bon."})
    write_articles(folder, {"neuf.txt": "date 2025 Le phare d’Ouessant ferme."})
    os.utime(folder / "ecole.txt", (0, 0))
    with retrieval.open(folder) as archive:
        assert archive.counts() == (13, 24)
        assert archive.search("passerelle")[0].text == "La passerelle de Foumban tient bon."
        assert archive.search("phare")[0].article.source == "neuf.txt"
        assert not [hit for hit in archive.search("pont suspendu", k=100) if "suspendu" in hit.text]
    assert set(encoder.passages) == {
        "La passerelle de Foumban tient bon.",
        "Le phare d’Ouessant ferme.",
        "Une école de Rouyn rouvre avec quarante élèves inuits.",
        "Les cours y sont donnés en inuktitut le matin.",
    }


def test_a_file_that_is_gone_is_found_by_neither_side(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    encoder.passages.clear()
    (folder / "2023/tramway.txt").unlink()
    with retrieval.open(folder) as archive:
        assert archive.counts() == (11, 22)
        assert "2023/tramway.txt" not in named(archive.search("tramway de Tours", k=100))
        vector = encoder.encode_queries(["tramway de Tours"])[0]
        assert sorted(archive.index.dense(vector, 100, None, None)) == list(range(22))
        assert archive.index.matching(["tramway"], 100, None, None) == []
    assert encoder.passages == []


def test_a_moved_file_is_quoted_from_where_it_is(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    (folder / "pont.txt").rename(folder / "2024/pont.txt")
    with retrieval.open(folder) as archive:
        (hit,) = archive.search("pont suspendu", k=1)
        assert hit.article.path == str(folder / "2024/pont.txt")
        assert in_its_file(hit)


def test_an_open_archive_follows_what_another_changes(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as first:
        write_articles(folder, {"neuf.txt": "date 2025 Le phare d’Ouessant ferme."})
        (folder / "2023/tramway.txt").unlink()
        retrieval.open(folder).close()
        assert first.search("phare")[0].article.source == "neuf.txt"
        assert "2023/tramway.txt" not in named(first.search("tramway", k=100))


def test_a_model_of_another_name_has_a_cache_of_its_own(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as one, retrieval.open(folder, model="autre") as other:
        assert one.folder != other.folder
        assert (one.encoder.name, other.encoder.name) == ("hash", "autre")


def test_other_weights_under_the_same_name_are_embedded_again(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    encoder.passages.clear()
    encoder.fingerprint = "2" * 64
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
        assert archive.search("tramway")[0].article.source == "2023/tramway.txt"


def test_a_cache_whose_store_was_deleted_is_made_again(folder: Path, encoder: HashEncoder) -> None:
    with retrieval.open(folder) as archive:
        store = archive.folder / "store.sqlite"
        indexed = archive.index.folder
    kept = shutil.copytree(indexed, folder.parent / "kept")
    store.unlink()
    (folder / "2023/tramway.txt").unlink()
    with retrieval.open(folder) as archive:
        assert archive.index.folder.name == indexed.name, "as many changes, so the same name"
        assert (archive.index.folder / "rows.npy").read_bytes() != (kept / "rows.npy").read_bytes()
        assert archive.search("médaille d’or")[0].article.source == "La Gazette"


def test_progress_is_told_for_what_is_read_only(folder: Path, encoder: HashEncoder) -> None:
    told: list[tuple[int, int]] = []
    opening.open_archive(folder, progress=lambda done, total: told.append((done, total))).close()
    assert told[-1] == (12, 12)
    told.clear()
    opening.open_archive(folder, progress=lambda done, total: told.append((done, total))).close()
    assert told == []


def test_many_articles_are_kept_a_batch_at_a_time(tmp_path: Path, encoder: HashEncoder) -> None:
    """An interruption costs a batch, not the night."""
    with archive_of({"a.txt": "Le Mali."}, tmp_path, encoder) as archive:
        articles = [article(f"Un mot {n}.\n\nDeux lettres {n}.", f"{n}.txt") for n in range(BATCH)]
        adding = archive.add((one, split_passages(one), "1") for one in articles)
        assert next(adding) == BATCH // 2
        adding.close()
        assert archive.counts() == (1 + BATCH // 2, 1 + BATCH)
        assert archive.search("lettres 3")[0].text == "Deux lettres 3."


# Bad input.


@pytest.mark.parametrize("path", ["absent", "2023/tramway.txt", "vide"])
def test_nothing_to_open_is_said_in_a_sentence(path: str, folder: Path, encoder: HashEncoder) -> None:
    (folder / "vide").mkdir()
    with pytest.raises(ArchiveError, match=f"{path}.*: (give|put) ") as error:
        retrieval.open(folder / path)
    assert "\n" not in str(error.value)


def test_a_bad_file_is_said_and_the_others_are_kept(
    folder: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    write_articles(
        folder, {"latin.txt": "Élu à Niamey".encode("latin-1"), "vide.txt": "", "x.md": "---\na: [\n---\nb"}
    )
    with retrieval.open(folder) as archive:
        assert archive.counts() == (12, 24)
        assert archive.search("tramway")[0].article.source == "2023/tramway.txt"
    assert [record.getMessage().split(" ")[0] for record in caplog.records] == [
        "latin.txt",
        "vide.txt",
        "x.md",
    ]
    assert "save it as UTF-8" in caplog.text


def test_a_file_that_went_bad_is_no_longer_quoted(
    folder: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    retrieval.open(folder).close()
    write_articles(folder, {"2023/tramway.txt": "Le tramway arrêté".encode("latin-1")})
    with retrieval.open(folder) as archive:
        assert "2023/tramway.txt" not in named(archive.search("tramway", k=100))
        assert archive.counts() == (11, 22)
    assert "2023/tramway.txt is not UTF-8" in caplog.text


@pytest.mark.parametrize(
    ("articles", "complaint"),
    [
        ({"a.txt": b"\xff"}, r"^a\.txt is not UTF-8 .*save it as UTF-8\.$"),
        (
            {"a.txt": b"\xff", "b.txt": b""},
            r"^None of these 2 articles can be read\. The first: a\.txt is not UTF-8",
        ),
        ({"a.md": "# Titre seul"}, r"^These articles hold no paragraph, only titles: write their text"),
    ],
)
def test_a_folder_of_bad_files_alone_is_one_clear_sentence(
    articles: dict[str, str | bytes],
    complaint: str,
    tmp_path: Path,
    encoder: HashEncoder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(2):
        with pytest.raises(ArchiveError, match=complaint):
            retrieval.open(write_articles(tmp_path / "mauvais", articles))
    assert caplog.text == ""


@pytest.mark.parametrize("date", ["", "date 2025-13-45 ", "date ?? ", "date .. "])
def test_an_article_without_a_sound_date_can_be_quoted(date: str, tmp_path: Path) -> None:
    with archive_of({"a.txt": f"{date}Le phare d’Ouessant ferme le 3 mai."}, tmp_path) as archive:
        (quote,) = archive.ask("phare").quotes
        assert (quote.text, quote.article.published) == ("Le phare d’Ouessant ferme le 3 mai.", None)
        assert archive.search("phare", since="2020") == []
        assert str(archive.ask("phare"))


def test_a_paragraph_of_200_kilobytes_is_quoted_whole_with_its_best_sentence(tmp_path: Path) -> None:
    wall = "Le vent souffle sur la plaine déserte. " * 5_200
    text = f"{wall}Le phare d’Ouessant ferme le 3 mai. {wall}".strip()
    assert len(text.encode()) > 200_000
    with archive_of(
        {"a.txt": f"date 2025-06 {text}\n\nUn autre mot.", "b.txt": "mot " * 50_000}, tmp_path
    ) as archive:
        (best, *_) = archive.ask("phare d'Ouessant").quotes
        assert best.text == text
        assert best.sentence == "Le phare d’Ouessant ferme le 3 mai."
        assert [date.value for date in best.dates] == ["2025-05-03"]


def test_a_paragraph_of_one_word_of_200_kilobytes(tmp_path: Path) -> None:
    with archive_of({"a.txt": "é" * 100_000, "b.txt": "Le phare ferme."}, tmp_path) as archive:
        assert archive.search("phare")[0].text == "Le phare ferme."


def test_html_in_an_article_is_words_like_others(tmp_path: Path) -> None:
    text = "<p>Le <b>phare</b> d’Ouessant &amp; ses 3 < 5 gardiens</p><script>alert('x')</script>"
    with archive_of({"a.txt": text, "b.txt": "Le vent."}, tmp_path) as archive:
        answer = archive.ask("phare")
        assert answer.quotes[0].text == text
        assert "<script>" not in answer._repr_html_()
        assert "&lt;script&gt;" in answer._repr_html_()


def test_every_kind_of_sign_goes_through_unharmed(tmp_path: Path) -> None:
    texts = {
        "bom.txt": "\ufeffdate 2025 Le phare\r\nferme.\r\n\r\nLe vent.",
        "nul.txt": "Le ph\x00are \x0c ferme\x01.",
        "rtl.txt": "المنارة مغلقة منذ أمس.",
        "emoji.txt": "👩‍🚒 éteint le feu 🔥.",
        "nbsp.txt": "«\u00a0A.\u00a0B.\u00a0» dit\u202f: non\u202f!",
    }
    with archive_of(texts, tmp_path) as archive:
        hits = archive.search("phare feu المنارة non", k=100)
        assert len(hits) == 6
        assert all(in_its_file(hit) for hit in hits)


def test_an_empty_archive_answers_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path, HashEncoder()) as archive:
        assert archive.search("tramway") == []
        assert not archive.ask("tramway").answered
        assert len(archive) == 0


# An index folder of one's own.


def test_an_index_is_opened_where_it_was_put_and_finds_its_files(folder: Path, encoder: HashEncoder) -> None:
    output = folder.parent / "index"
    opening.build_index(folder, output).close()
    encoder.passages.clear()
    with retrieval.open(output) as archive:
        (hit,) = archive.search("tramway", k=1)
        assert Path(hit.article.path) == folder / "2023/tramway.txt"
        assert in_its_file(hit)
    assert encoder.passages == []
    assert list((folder.parent / "cache").glob("*")) == [], "nothing goes to the cache"


def test_an_index_is_brought_up_to_date(folder: Path, encoder: HashEncoder) -> None:
    output = folder.parent / "index"
    opening.build_index(folder, output).close()
    (folder / "pont.txt").unlink()
    with opening.build_index(folder, output) as archive:
        assert archive.counts() == (11, 22)


def test_an_index_of_another_model_is_refused_by_name_and_left_as_it_is(
    folder: Path, encoder: HashEncoder
) -> None:
    output = folder.parent / "index"
    opening.build_index(folder, output).close()
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
    output = folder.parent / "index"
    opening.build_index(folder, output, model="autre").close()
    with retrieval.open(output) as archive:
        assert archive.encoder.name == "autre"


@pytest.mark.parametrize("content", [None, b"", b"[1]", b'{"encoder": "hash"'])
def test_an_index_without_a_sound_manifest_is_not_opened(
    content: bytes | None, folder: Path, encoder: HashEncoder
) -> None:
    output = folder.parent / "index"
    opening.build_index(folder, output).close()
    (output / "manifest.json").unlink()
    if content is not None:
        (output / "manifest.json").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"is incomplete .*delete it and build it again with"):
        retrieval.open(output)
    assert (output / "store.sqlite").exists()


def test_an_index_that_lost_its_store_or_whose_store_is_damaged_is_said(
    folder: Path, encoder: HashEncoder
) -> None:
    output = folder.parent / "index"
    opening.build_index(folder, output).close()
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
        assert archive.counts() == (12, 24)


def test_a_place_that_cannot_be_written_is_said(folder: Path, encoder: HashEncoder) -> None:
    (folder.parent / "cache").write_text("a file where a folder should be")
    with pytest.raises(ArchiveError, match=r"cannot be written in .*--output"):
        retrieval.open(folder)


# Several at once.


def same(left: Answer, right: Answer) -> bool:
    return repr(left) == repr(right)


def test_threads_get_the_answers_they_would_get_alone(archive: Archive) -> None:
    alone = [archive.ask(question) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(archive.ask, QUESTIONS * 5))
    assert all(same(a, b) for a, b in zip(together, alone * 5, strict=True))


def test_a_question_asked_while_articles_come_and_go_gets_words_that_match(tmp_path: Path) -> None:
    """The ranking and the passages are those of one moment, whichever it is."""
    stop = threading.Event()
    moving = [article("Le phare d’Ouessant ferme.", "a.txt")]
    moving += [article("Un mot.\n\nEncore un.", f"{number}.txt") for number in range(3)]

    def come_and_go(writer: Archive) -> None:
        while not stop.is_set():
            for one in moving:  # each takes a new place at the end
                list(writer.add([(one, split_passages(one), "1")]))
            writer.remove([moving[-1].id])

    with (
        archive_of({"a.txt": "Le phare d’Ouessant ferme."} | ARTICLES, tmp_path) as archive,
        Archive(archive.folder, archive.encoder, weights=BY_WORDS) as another,
        ThreadPoolExecutor(2) as threads,
    ):
        changing = [threads.submit(come_and_go, writer) for writer in (archive, another)]
        try:
            for _ in range(15):
                assert archive.ask("phare d'Ouessant").quotes[0].text == "Le phare d’Ouessant ferme."
                assert archive.search("médaille d’or Mâcon", k=1)[0].article.source == "La Gazette"
        finally:
            stop.set()
        for change in changing:
            change.result()


def test_who_opens_a_cache_that_another_is_making_waits_for_it(folder: Path, encoder: HashEncoder) -> None:
    """Seen from outside, a cache in the making looks like a damaged one: it has no manifest yet."""
    with retrieval.open(folder) as archive:
        cache = archive.folder
    (cache / "manifest.json").unlink()
    (cache / "precious").touch()
    with ThreadPoolExecutor(1) as threads:
        with FileLock(cache / "lock"):
            second = threads.submit(lambda: retrieval.open(folder).close())
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
            Manifest.of(encoder).write(cache)
        second.result(timeout=30)
    assert (cache / "precious").exists(), "it was sound in the end: nothing was dropped"


def test_a_process_that_holds_the_index_too_long_is_named(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with retrieval.open(folder) as archive:
        cache = archive.folder
    monkeypatch.setattr(opening, "LOCK_SECONDS", 0.1)
    with (
        FileLock(cache / "lock"),
        pytest.raises(ArchiveError, match=r"Another process .*wait for it to end, or stop"),
    ):
        retrieval.open(folder)


def test_results_are_the_same_every_time(tmp_path: Path) -> None:
    """Two archives of the same files, built apart, rank alike; equals are in the order of the files."""
    texts = {f"{name}.txt": f"Le phare {name} ferme." for name in "cab"} | ARTICLES
    with archive_of(texts, tmp_path / "1") as one, archive_of(texts, tmp_path / "2") as two:
        for question in [*QUESTIONS, "phare"]:
            assert ids(one, question, k=100) == ids(two, question, k=100)
        assert [hit.article.source for hit in one.search("phare", k=3)] == ["a.txt", "b.txt", "c.txt"]


def test_the_cache_is_outside_the_folder_of_articles(folder: Path, encoder: HashEncoder) -> None:
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    with retrieval.open(folder) as archive:
        assert json.loads((archive.folder / "manifest.json").read_text())["encoder"] == "hash"
        assert folder not in archive.folder.parents
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before


def test_the_seed_article_opens_with_any_encoder(encoder: HashEncoder) -> None:
    with retrieval.open(SEEDS) as archive:
        assert archive.counts() == (1, 5)
        assert "29 janvier" in archive.search("décision officialisée")[0].text
