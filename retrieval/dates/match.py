"""A rule's match in a text, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.dates.tokens import Tokens
from retrieval.dates.words import WordClasses


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens ``first`` up to ``last`` that a rule matched, and the words around them."""

    tokens: Tokens
    first: int
    last: int

    def word(self, index: int) -> str:
        """Return the word of a token, empty outside the text."""
        return self.tokens.word(index)

    def of_class(self, name: str) -> list[int]:
        """Return the positions of the match's tokens that belong to a class."""
        return self.tokens.holding(name, self.first, self.last)

    def classes(self, index: int) -> WordClasses:
        """Return a token's values by class, empty outside the text."""
        return self.tokens.entries[index] if 0 <= index < len(self.tokens.entries) else {}

    @property
    def before(self) -> str:
        """The word before the match."""
        return self.word(self.first - 1)

    @property
    def after(self) -> str:
        """The word after the match."""
        return self.word(self.last)

    def opens_sentence(self, index: int) -> bool:
        """Tell whether a token is the first of a sentence, where every word is capitalised."""
        return index == 0 or (
            not self.word(index - 1)[-1:].isalnum() and self.word(index - 1) not in ("-", "'", "’")
        )

    def is_name(self, index: int) -> bool:
        """Tell whether a word is capitalised inside a sentence."""
        return self.word(index)[:1].isupper() and not self.opens_sentence(index)
