"""An acronym and what it stands for find the same passages of an archive."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import archive_of

TEXTS = {
    "1.txt": "L'Alliance des États du Sahel (AES) réunit trois pays.\n\nUn sommet de l'AES suivra.",
    "2.txt": "Le tramway de Tours roule.\n\nL'Alliance des États du Sahel a signé un pacte.",
}


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Quel pacte l'AES a-t-elle signé ?", "L'Alliance des États du Sahel a"),
        ("sommet de l'alliance des etats du sahel", "Un sommet"),
        ("Que signifie le sigle AES ?", "L'Alliance des États du Sahel (AES)"),
        ("aes c'est quoi", "L'Alliance des États du Sahel (AES)"),
        ("What does AES stand for?", "L'Alliance des États du Sahel (AES)"),
    ],
)
def test_the_passage_that_answers_comes_first(question: str, beginning: str, tmp_path: Path) -> None:
    with archive_of(TEXTS, tmp_path) as archive:
        assert archive.search(question)[0].text.startswith(beginning)
