"""What a question asks for is known by its question words, in every language."""

from __future__ import annotations

import pytest

from retrieval.language.identification import LANGUAGES
from retrieval.question.kind import asks_meaning, asks_recent, kind

EXAMPLES = {
    "ar": (
        "متى بدأت الحرب؟",
        "كم عدد الضحايا؟",
        "من هو رئيس مالي؟",
        "ما معنى هذا الاختصار؟",
        "ما آخر أخبار مالي؟",
    ),
    "de": (
        "Wann begann der Krieg?",
        "Wie viele Menschen leben hier?",
        "Wer regiert Mali?",
        "Was bedeutet AES?",
        "Was gibt es Neues?",
    ),
    "en": (
        "Which year did it begin?",
        "How far is Gao?",
        "Whose idea was it?",
        "What does AES stand for?",
        "What’s new in Mali?",
    ),
    "es": (
        "¿En qué año empezó?",
        "¿Cuántas personas viven?",
        "¿Quién gobierna Malí?",
        "¿Qué es la AES?",
        "¿Qué hay de nuevo?",
    ),
    "fr": (
        "Quelle est la date du retrait ?",
        "Quelle part du budget ?",
        "Qui dirige le Mali ?",
        "C’est quoi l’AES ?",
        "Qu’y a-t-il de neuf ?",
    ),
    "it": (
        "In quale anno è iniziata?",
        "Quante persone vivono qui?",
        "Chi governa il Mali?",
        "Che cos’è l’AES?",
        "Ultime notizie sul Mali",
    ),
    "ja": (
        "戦争はいつ始まったのか",
        "何人が参加したか",
        "大統領は誰ですか",
        "AESとは何ですか",
        "マリの最新情報",
    ),
    "ko": (
        "전쟁은 언제 시작되었습니까?",
        "몇 명이 살고 있습니까?",
        "대통령은 누구입니까?",
        "AES는 무슨 뜻입니까?",
        "최근 소식은?",
    ),
    "nl": (
        "In welk jaar begon het?",
        "Hoeveel mensen wonen hier?",
        "Wie regeert Mali?",
        "Wat betekent AES?",
        "Wat is er nieuw in Mali?",
    ),
    "pl": (
        "Kiedy zaczęła się wojna?",
        "Ile osób tu mieszka?",
        "Kto rządzi w Mali?",
        "Co to jest AES?",
        "Co nowego w Mali?",
    ),
    "pt": (
        "Em que ano começou?",
        "Quantas pessoas vivem aqui?",
        "Quem governa o Mali?",
        "O que é a AES?",
        "O que há de novo?",
    ),
    "ru": (
        "В каком году началась война?",
        "Сколько людей живёт здесь?",
        "Кто правит в Мали?",
        "Что такое АЕС?",
        "Что нового в Мали?",
    ),
    "th": ("สงครามเริ่มขึ้นเมื่อไหร่", "มีคนกี่คน", "ใครเป็นประธานาธิบดี", "AES ย่อมาจากอะไร", "ข่าวล่าสุดของมาลี"),
    "tr": (
        "Savaş ne zaman başladı?",
        "Burada kaç kişi yaşıyor?",
        "Mali'yi kim yönetiyor?",
        "AES ne demek?",
        "Mali'de yeni ne var?",
    ),
    "zh": ("战争什么时候开始的？", "有多少人参加？", "总统是谁？", "AES是什么意思？", "马里的最新消息"),
}
"""In each language a question that asks when, how many, who, what an acronym means, and what is new."""


def test_there_are_examples_of_every_language() -> None:
    assert sorted(EXAMPLES) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_each_kind_is_known_in_each_language(language: str) -> None:
    when, number, who, meaning, recent = EXAMPLES[language]
    assert [kind(text, language) for text in (when, number, who)] == ["when", "number", "who"]
    assert asks_meaning(meaning, language)
    assert asks_recent(recent, language)
    assert kind("2024: Mali, Niger, Burkina", language) == "other"
    assert not asks_meaning("Mali 2024", language)
    assert not asks_recent("Mali 2024", language)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Quand le Mali est-il parti ?", "when"),
        ("en quelle année", "when"),
        ("Quel jour le traité fut-il signé, et par qui ?", "when"),
        ("depuis quelle epoque", "when"),
        ("Combien de personnes, et qui ?", "number"),
        ("quel âge a-t-il", "number"),
        ("Quel est le nombre d’élèves ?", "number"),
        ("QUI A ÉTÉ ÉLUE", "who"),
        ("Où est située l’île ?", "other"),  # ile is "how many" in Polish
        ("Qu’a dit Kim Kardashian ?", "other"),  # kim is "who" in Turkish
        ("Est-ce que mes enfants peuvent sortir ?", "other"),
        ("la banquise", "other"),
        ("EN QUELLE ANNEE ?", "when"),
        ("Pourquoi sont-ils partis ?", "other"),
        ("Lequel préfère le quandary ?", "other"),
        ("", "other"),
    ],
)
def test_a_question_in_french_is_read_as_french(question: str, expected: str) -> None:
    assert kind(question, "fr") == expected


@pytest.mark.parametrize(
    ("question", "expected"), [("Wanneer?", "when"), ("Hoeveel?", "number"), ("谁", "who")]
)
def test_a_word_or_two_whose_language_was_not_recognised_are_understood(question: str, expected: str) -> None:
    assert kind(question, "fr") == expected


@pytest.mark.parametrize(("question", "language"), [("Quand ?", "nl"), ("When, AES?", "pl")])
def test_french_and_english_are_understood_whatever_the_language(question: str, language: str) -> None:
    assert kind(question, language) == "when"


@pytest.mark.parametrize("question", ["Il a chanté de nouveau à Ségou", "un bridge", "les news"])
def test_again_is_no_call_for_what_is_new(question: str) -> None:
    assert not asks_recent(question, "fr")


def test_other_languages_words_for_what_is_new_do_not_count_in_french() -> None:
    assert asks_recent("¿Qué pasó hoy?", "es")
    assert not asks_recent("L’association Hoy", "fr")
