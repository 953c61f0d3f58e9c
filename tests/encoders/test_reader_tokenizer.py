"""The reader's tokenizer: the best pieces of a text, and where they stand in it."""

from __future__ import annotations

import pytest

from retrieval.encoders.e5 import e5_tokenizer
from retrieval.encoders.e5_weights import PackedWeights, read_packed
from retrieval.encoders.reader.tokenizer import SPACE, UnigramTokenizer

PIECES = {
    "<s>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    SPACE: -3.0,
    "▁tram": -2.0,
    "way": -2.0,
    "▁tra": -1.0,
    "m": -1.5,
}
SINGLE = dict.fromkeys("abefijkorwyé", -4.0)

TEXTS = [
    "Le tramway de Tours ouvrira en 2028, a annoncé la métropole.",
    "  Deux  espaces\n\net des\tblancs ",
    "e\u0301te\u0301 ﬁn ½ ™ a\u00a0b",
    "Когда откроется трамвай? 电车什么时候开通？ متى يفتح الترام؟ 路面電車は",
    "😀😀x 😀 ǅ…",
    "한국어 텍스트 ไทย",
    "",
]


@pytest.fixture
def tokenizer() -> UnigramTokenizer:
    return UnigramTokenizer(list((PIECES | SINGLE).items()), begin=0, end=1, unknown=2)


def pieces(tokenizer: UnigramTokenizer, text: str) -> list[str]:
    return [text[start:end] for start, end in tokenizer.encode(text).offsets]


def test_the_likeliest_pieces_are_chosen(tokenizer: UnigramTokenizer) -> None:
    assert pieces(tokenizer, "tramway") == ["tram", "way"]
    assert pieces(tokenizer, "tramway trafic")[2] == " tra"


def test_characters_without_a_piece_are_unknown_together(tokenizer: UnigramTokenizer) -> None:
    tokens = tokenizer.encode("tra漢字m")
    assert (tokens.ids.count(2), tokens.offsets) == (1, [(0, 3), (3, 5), (5, 6)])


def test_offsets_point_into_the_text_as_it_was_given(tokenizer: UnigramTokenizer) -> None:
    """The text is normalised before it is cut."""
    assert pieces(tokenizer, "tra  e\u0301m")[1:] == ["  ", "e\u0301", "m"]
    assert pieces(tokenizer, "ﬁ")[-1] == "ﬁ"


@pytest.mark.model
def test_the_pieces_are_those_of_the_library_with_the_same_vocabulary() -> None:
    packed = PackedWeights(read_packed())
    library = e5_tokenizer(packed)
    library.no_padding()
    own = UnigramTokenizer(packed.vocabulary, packed.begin, packed.end, packed.unknown)
    for text in TEXTS:
        assert own.encode(text).ids == library.encode(text).ids[1:-1]
