"""Articles of any size and any characters are quoted unharmed."""

from __future__ import annotations

from pathlib import Path

from fakes import archive_of, in_its_file


def test_a_paragraph_of_200_kilobytes_is_quoted_whole_with_its_best_sentence(tmp_path: Path) -> None:
    wall = "Le vent souffle sur la plaine déserte. " * 5_200
    text = f"{wall}Le phare d’Ouessant ferme le 3 mai. {wall}".strip()
    assert len(text.encode()) > 200_000
    texts = {"a.txt": f"date 2025-06 {text}\n\nUn autre mot.", "b.txt": "mot " * 50_000}
    with archive_of(texts, tmp_path) as archive:
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
        "bom.md": "\ufeff---\r\ntitle: Un titre\r\n---\r\nLe phare rouvre.\r\n",
        "nul.txt": "Le ph\x00are \x0c ferme\x01.",
        "rtl.txt": "المنارة مغلقة منذ أمس.",
        "emoji.txt": "👩‍🚒 éteint le feu 🔥.",
        "nbsp.txt": "«\u00a0A.\u00a0B.\u00a0» dit\u202f: non\u202f!",
    }
    with archive_of(texts, tmp_path) as archive:
        hits = archive.search("phare feu المنارة non", k=100)
        assert len(hits) == 7
        assert all(in_its_file(hit) for hit in hits)
        (quote,) = (hit for hit in hits if hit.article.source == "bom.txt" and hit.paragraph == 1)
        assert (quote.text, quote.article.published) == ("Le phare\r\nferme.", "2025")
