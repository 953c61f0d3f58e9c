"""The lexical side: BM25 over our own tokens, by tantivy.

The tokens come from ``retrieval.language.analysis`` and are handed over joined by spaces, because the engines' own
French analysers disagree with each other and with ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from retrieval.errors import ArchiveError

_HEAP = 64_000_000
UNDATED = -1
"""The day, as a proleptic ordinal, of an article without a publication date; real days are from 1."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("tokens", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("position", stored=False, indexed=False, fast=True)
    builder.add_integer_field("low", stored=False, indexed=True, fast=True)
    builder.add_integer_field("high", stored=False, indexed=True, fast=True)
    return builder.build()


class LexicalWriter:
    """Writes a BM25 index into a folder; passages take the positions 0, 1, 2… as they are added."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=_HEAP, num_threads=1)
        self._position = 0

    def add(self, tokens: Iterable[str], low: int, high: int) -> None:
        """Add a passage with its first and last day of publication, UNDATED where there is none."""
        document = tantivy.Document()
        document.add_text("tokens", " ".join(tokens))
        document.add_unsigned("position", self._position)
        document.add_integer("low", low)
        document.add_integer("high", high)
        self._writer.add_document(document)
        self._position += 1

    def close(self) -> None:
        """Make what was added searchable."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class Lexical:
    """A BM25 index of passages, addressed by their position in the derived arrays."""

    def __init__(self, folder: Path) -> None:
        try:
            index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise ArchiveError(
                f"The lexical index {folder} cannot be opened ({error}): delete it and build it again."
            ) from error
        self._schema = index.schema
        self._searcher = index.searcher()

    def search(self, tokens: Sequence[str], k: int, since: int | None, until: int | None) -> list[int]:
        """Return the positions of the ``k`` best passages published within [since, until], best first."""
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "tokens", token))
            for token in dict.fromkeys(tokens)
        ]
        if not terms:
            return []
        query = tantivy.Query.boolean_query(terms)
        if since is not None or until is not None:
            window = [("high", max(since or 0, 0), None), ("low", 0, until)]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query)]
                + [
                    (
                        tantivy.Occur.Must,
                        tantivy.Query.const_score_query(
                            tantivy.Query.range_query(
                                self._schema, field, tantivy.FieldType.Integer, lower, upper
                            ),
                            0.0,
                        ),
                    )
                    for field, lower, upper in window
                ]
            )
        hits = self._searcher.search(query, limit=k, count=False).hits
        if not hits:
            return []
        positions = self._searcher.fast_field_values("position", [address for _, address in hits])
        return [int(position) for position in positions if position is not None]

    def frequency(self, token: str) -> int:
        """Return the number of passages that hold ``token``."""
        return int(self._searcher.doc_freq("tokens", token))
