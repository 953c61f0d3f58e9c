"""From paragraphs to what the store keeps of them: sentences, vectors, language, dates."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.dates import find
from retrieval.language.identification import identify
from retrieval.store.store import Entry
from retrieval.language.analysis import sentences
from retrieval.types import Article, Encoder, Passage


def embed(documents: Sequence[tuple[Article, list[Passage]]], encoder: Encoder) -> list[list[Entry]]:
    """Return the entries of each article's passages; one call of the encoder for them all."""
    passages = [(article, passage) for article, listed in documents for passage in listed]
    spans = [tuple(sentences(passage.text)) for _, passage in passages]
    texts = [passage.text for _, passage in passages]
    texts += [passage.text[a:b] for (_, passage), cut in zip(passages, spans, strict=True) for a, b in cut]
    vectors = encoder.encode_passages(texts)
    entries = []
    row = len(passages)
    for number, ((article, passage), cut) in enumerate(zip(passages, spans, strict=True)):
        entries.append(
            Entry(
                passage=passage,
                language=identify(passage.text),
                vector=vectors[number],
                sentences=cut,
                sentence_vectors=vectors[row : row + len(cut)],
                dates=tuple(find(passage.text, article.published)),
            )
        )
        row += len(cut)
    remaining = iter(entries)
    return [[next(remaining) for _ in listed] for _, listed in documents]
