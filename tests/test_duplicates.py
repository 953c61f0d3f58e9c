"""Copies of a passage: what is one, what is not, and that nothing else is lost with them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.duplicates import originals
from retrieval.index.lexical import UNDATED

STORY = (
    "Le barrage de Kandadji retiendra le fleuve Niger dès la fin du chantier, a annoncé la ministre de"
    " l’énergie. Sa centrale doit fournir cent trente mégawatts à la capitale, et les villages noyés par"
    " le lac seront reconstruits sur la rive gauche, a-t-elle promis devant les chefs de canton."
)
"""Fifty words of a dispatch."""
NOWHEN = (UNDATED, UNDATED)


def first_of(*texts: str) -> list[int]:
    """The original of each of some undated texts."""
    return originals((text, NOWHEN, []) for text in texts).tolist()


def day(text: str) -> tuple[int, int]:
    ordinal = dt.date.fromisoformat(text).toordinal()
    return ordinal, ordinal


def changed(old: str, new: str) -> str:
    assert old in STORY
    return STORY.replace(old, new)


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        f"NIAMEY (AFP) - {STORY}",
        f"{STORY} (avec Reuters)",
        STORY.upper().replace("’", "'"),
        changed("Le barrage", "Ce barrage"),
        changed(", a-t-elle promis devant les chefs de canton", ""),
        changed("Niger", "Niger, lundi,"),
    ],
)
def test_a_dispatch_printed_with_small_changes_is_a_copy(copy: str) -> None:
    assert first_of(STORY, copy) == [0, 0]
    assert first_of(copy, STORY) == [0, 0], "whichever comes first"


@pytest.mark.parametrize(
    "other",
    [
        changed("cent trente", "cent cinquante"),
        changed("cent trente", "130"),
        changed("doit fournir", "doit fournir dès 2026"),
        changed("retiendra", "ne retiendra pas"),
        changed("gauche", "droite"),
        changed("fin du chantier", "fin des travaux"),
        changed("mégawatts", "kilowatts"),
        changed("par le lac", "par le fleuve"),
        changed("canton.", "canton ?"),
        f"{STORY} Les écologistes, eux, craignent pour les hippopotames et les pêcheurs pour leur gagne-pain,"
        " que rien ne remplacera selon le syndicat de la pêche.",
    ],
)
def test_a_passage_that_tells_something_else_is_no_copy(other: str) -> None:
    assert first_of(STORY, other) == [0, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Douze morts et quinze blessés", "Quinze morts et douze blessés"),
        ("The court found 12 guilty and 15 innocent", "The court found 15 guilty and 12 innocent"),
        ("The minister did resign over the affair", "The minister didn’t resign over the affair"),
        ("une hausse de 5 %", "une hausse de 5 €"),
        ("un solde de +5 points", "un solde de -5 points"),
    ],
)
def test_figures_and_denials_are_compared_in_their_order(first: str, second: str) -> None:
    story = STORY.replace("cent trente", "quelques")
    assert first_of(f"{first}. {story}", f"{second}. {story}") == [0, 1]
    assert first_of(f"{first}. {story}", f"{first}. {story}") == [0, 0]


def test_a_short_passage_is_copied_word_for_word_or_not_at_all() -> None:
    written = "Le préfet démissionne.", "LE PRÉFET DÉMISSIONNE", "Le préfet démissionne (AFP)."
    assert first_of(*written) == [0, 0, 0]
    assert first_of("Le préfet de l’Ain démissionne.", "Le préfet de l’Ain démissionne enfin.") == [0, 1]
    assert first_of("😀", "🎉", "😀", "!!", "") == [0, 1, 0, 3, 4]


def test_a_story_told_again_much_later_is_another_unless_it_is_word_for_word() -> None:
    shorter = changed(", a-t-elle promis devant les chefs de canton", "")
    for second, copied in [("2024-03-20", 0), ("2024-09-20", 1)]:
        told = [(STORY, day("2024-03-05"), []), (shorter, day(second), [])]
        assert originals(told).tolist() == [0, copied]
        assert originals(reversed(told)).tolist() == [0, copied]
    assert originals([(STORY, day("2024-03-05"), []), (STORY, day("2025-03-05"), [])]).tolist() == [0, 0]
    assert originals([(STORY, NOWHEN, []), (shorter, day("2025-03-05"), [])]).tolist() == [0, 0]


def test_the_same_words_about_another_day_are_another_fact() -> None:
    words = "La Bourse a terminé en hausse vendredi."
    monday, week_later = [*day("2024-03-01")], [*day("2024-03-08")]
    published = day("2024-03-02")
    assert originals([(words, published, monday), (words, published, monday)]).tolist() == [0, 0]
    assert originals([(words, published, monday), (words, day("2024-03-09"), week_later)]).tolist() == [0, 1]
    assert originals([(words, published, monday), (words, NOWHEN, [])]).tolist() == [0, 0], "nothing says so"


def test_copies_of_copies_never_add_up_to_a_difference() -> None:
    """Each text drops six words of the one before: neighbours are copies, the ends of the chain are not."""
    words = [f"mot{'abcdefghij'[n // 10]}{'abcdefghij'[n % 10]}" for n in range(60)]
    chain = [" ".join(words[: 60 - 6 * n]) for n in range(5)]
    groups = first_of(*chain)
    assert first_of(*chain[1:3]) == first_of(*chain[3:5]) == [0, 0]
    assert groups[:3] == [0, 0, 0]
    assert groups[3:] == [3, 3]


WORDS = st.sampled_from("le la phare mer ferme rouvre 12 15 ne pas hier Paris AFP % ?".split())
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(TEXTS, max_size=8), st.randoms(use_true_random=False))
def test_the_same_words_are_together_whatever_the_order(texts: list[str], random: object) -> None:
    many = [text for text in texts for _ in range(2)]
    random.shuffle(many)  # type: ignore[attr-defined]
    groups = first_of(*many)
    for text in texts:
        assert len({groups[i] for i, other in enumerate(many) if other == text}) == 1
    for position, original in enumerate(groups):
        assert original <= position
        assert groups[original] == original, "an original is its own"
