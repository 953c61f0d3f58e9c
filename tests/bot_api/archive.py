"""A fake archive of two articles with fixed answers, made of the project's own types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace

from retrieval.types import Answer, Article, Copy, DateMention, Passage, Quote, Timeline, TimelineEntry

SENTENCE = "Une décision officialisée le 29 janvier."
PARAGRAPH = f"Le pays a parlé. {SENTENCE} Il n’a pas dit pourquoi <b>& comment</b>."
NOTHING = {
    "fr": "Rien dans les archives ne répond à cette question. Essayez avec d’autres mots, un nom ou un lieu.",
    "en": "Nothing in the archive answers that question. Try other words, a name or a place.",
}
NO_TIMELINE = {
    "fr": "Rien de daté dans les archives à ce sujet. Essayez avec d’autres mots, un nom ou un lieu.",
    "en": "Nothing dated in the archive about that. Try other words, a name or a place.",
}
UNSURE = {
    "fr": "Je n’ai pas de réponse sûre. Le passage le plus proche\u00a0:",
    "en": "I have no sure answer. The nearest passage:",
}
OTHER_UNSURE = {
    "fr": "Je n’ai pas de réponse sûre. Un autre passage proche\u00a0:",
    "en": "I have no sure answer. Another near passage:",
}
OTHER = "« La rencontre aura lieu en mai 2025 », dit le communiqué."


def mention(text: str, expression: str, value: str, low: dt.date | None, high: dt.date | None) -> DateMention:
    """Return a date mentioned in a text."""
    start = text.index(expression)
    return DateMention(start, start + len(expression), expression, value, low, high)


def quote(
    text: str,
    sentence: str | None = None,
    *,
    title: str | None = None,
    published: str | None = "2025-04",
    source: str = "retrait.txt",
    paragraph: int = 4,
    dates: tuple[DateMention, ...] = (),
    also: Iterable[str] = (),
    answer: str | None = None,
) -> Quote:
    """Return a passage quoted from an article of its own.

    ``also`` are sources of others that carry it; ``answer`` are the words of its sentence that answer.
    """
    sentence = text if sentence is None else sentence
    start = text.index(sentence)
    article = Article("a", "retrait.txt", text, title=title, published=published, source=source)
    copies = tuple(
        Copy(
            Passage(f"{source}#1", source, 1, 0, len(text), text),
            Article(source, "b.txt", text, source=source),
        )
        for source in also
    )
    passage = Passage(f"a#{paragraph}", "a", paragraph, 0, len(text), text)
    at = text.index(answer, start) if answer else 0
    words = (at, at + len(answer)) if answer else None
    return Quote(passage, article, (start, start + len(sentence)), dates, copies, words)


def first_quote(answer: str | None = None) -> Quote:
    """Return the quote that answers about the decision, and the words in it that answer, if given."""
    day = dt.date(2025, 1, 29)
    dates = (mention(PARAGRAPH, "le 29 janvier", "2025-01-29", day, day),)
    return quote(PARAGRAPH, SENTENCE, dates=dates, answer=answer)


def other_quote() -> Quote:
    """Return a quote of another article, which has a title and an address."""
    date = mention(OTHER, "mai 2025", "2025-05", dt.date(2025, 5, 1), dt.date(2025, 5, 31))
    return quote(
        OTHER,
        title="Une rencontre <à> Moscou",
        published="2025-04-03",
        source="https://journal.example/a?b=1&c=2",
        paragraph=1,
        dates=(date,),
    )


class FakeArchive:
    """Answers any question about the decision or its other passages, fails when asked to, else is silent.

    Of a rumour it is not sure. ``reader`` is the name of the model that reads its passages, if any.
    """

    def __init__(self, reader: str | None = None) -> None:
        self.asked: list[str] = []
        self.ranker = SimpleNamespace(reader=SimpleNamespace(name=reader) if reader else None)

    def without_reader(self) -> FakeArchive:
        """Return the same archive without its reader."""
        return FakeArchive()

    def ask(self, question: str) -> Answer:
        """Answer a question."""
        self.asked.append(question)
        language = "en" if question.isascii() else "fr"
        if "panne" in question:
            raise RuntimeError("the index is on fire")
        if "décision" in question or "decision" in question:
            quotes = (first_quote(), other_quote())
            leads = tuple(quote.dates[0] for quote in quotes) if question.startswith("Quand") else ()
            return Answer(question, True, 0.9, quotes, language, leads)
        if "rencontre" in question:
            return Answer(question, True, 0.9, (other_quote(),), language)
        if "rumeur" in question:
            quotes = (first_quote("le 29 janvier"), other_quote())
            leads = tuple(quote.dates[0] for quote in quotes) if question.startswith("Quand") else ()
            return Answer(question, False, 0.6, (), language, leads, nearest=quotes)
        return Answer(question, False, 0.1, (), language)

    def timeline(self, subject: str, *, limit: int = 20) -> Timeline:
        """Return the facts about the decision, in order of date."""
        if "décision" not in subject:
            return Timeline(subject, ())
        entries = tuple(TimelineEntry(quote.dates[0], quote) for quote in (first_quote(), other_quote()))
        return Timeline(subject, entries[:limit])
