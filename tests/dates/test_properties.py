"""Properties of every text: exact slices, bounds that are those of the value, invisible characters unseen."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import bounds, check_edtf, display, find

# Properties: texts made of the words dates are made of, to reach deep into the grammar.
_WORDS = (
    "le la les l' ce cette ces du au de d' en à et entre depuis avant après jusqu'au dans il y a "
    "début mi fin - , . ( ) / 3 12 31 1er 29 99 2024 1998 0 '98 3/4/2025 30/02/2024 2025-04-03 18h "
    "20 heures un deux dix quelques janvier février mars avril mai septembre lundi mardi samedi "
    "dimanche été hiver an ans année jours semaine semaines mois siècle XIXe trimestre premier "
    "dernier dernière prochain suivant même hier demain aujourd'hui lendemain veille jour-là années "
    "1990 matin soir nuit week-end Noël the of on in last next this ago May March January Friday "
    "reporté été Pâques lundi-de saint cents vingt-et-un mille quinze août T4 2023Q1 15.05.99 hundred "
    "fifteenth Easter half until "
    "week year years early late end 1990s second quarter yesterday plus tard later attentats demi "
).split()
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31))
PUBLISHED = st.one_of(
    st.none(),
    DAYS.map(dt.date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    st.sampled_from(
        ["2024-22", "2024-34", "202X", "20XX", "2024/..", "[2024-01..2024-03]", "9999-12-31", "0001-01-01"]
    ),
)


@given(TEXTS, PUBLISHED)
def test_mentions_are_exact_slices_in_order(text, published):
    done = 0
    for mention in find(text, published):
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= done
        assert mention.low is None or mention.high is None or mention.low <= mention.high
        assert 0 < mention.confidence <= 1
        done = mention.end


@given(TEXTS, PUBLISHED)
def test_bounds_are_those_of_the_value_and_the_value_can_be_said(text, published):
    for mention in find(text, published):
        if mention.value.startswith("P"):
            assert (mention.low, mention.high) == (None, None)
        else:
            assert (mention.low, mention.high) == bounds(check_edtf(mention.value))
        assert display(mention.value, "fr")
        assert display(mention.value, "en")


@given(TEXTS, DAYS)
def test_a_month_never_claims_more_than_every_day_of_it_would(text, day):
    """What a month-precise reference settles, each day of that month agrees with, or lies within its set."""
    settled = {(m.start, m.end): m for m in find(text, day.isoformat()[:7]) if m.low and m.high}
    exact = {(m.start, m.end): m for m in find(text, day.isoformat()) if m.low and m.high}
    for place, mention in settled.items():
        if place in exact:
            assert mention.low <= exact[place].low
            assert exact[place].high <= mention.high


SENTENCES = st.sampled_from(
    [
        "Une décision officialisée le 29 janvier, puis le 1er mars 2024, à la mi-mai.",
        "Du 7 au 13 avril 2025, il y a deux ans, avant-hier, l’été dernier, dès l’année 2001.",
        "Ce lundi 7 avril à 18 h, pendant dix-huit mois, depuis les années 1990, le 03/04/2025.",
        "On January 29, 2025, two weeks ago, in the 1990s, last Tuesday and the second quarter of 2024.",
        "Il sera jugé en fe\u0301vrier, au XIXe sie\u0300cle, le lendemain de Noe\u0308l.",
    ]
)
INVISIBLE = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff")


@given(SENTENCES, st.lists(st.tuples(st.integers(0, 120), INVISIBLE), max_size=12))
def test_invisible_characters_change_neither_values_nor_their_order(sentence, inserted):
    plain = find(sentence, "2025-04-10")
    text = sentence
    for place, character in inserted:
        place = min(place, len(text))
        text = text[:place] + character + text[place:]
    mentions = find(text, "2025-04-10")
    assert [mention.value for mention in mentions] == [mention.value for mention in plain] != []
    for mention, expected in zip(mentions, plain, strict=True):
        assert mention.text == text[mention.start : mention.end]
        visible = "".join(c for c in mention.text if c not in "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff")
        assert visible == expected.text
        assert mention.text[0] == visible[0]
        assert mention.text[-1] == visible[-1]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), INVISIBLE), min_size=1, max_size=5))
def test_mentions_are_slices_of_any_text_with_invisible_characters(text, inserted):
    for place, character in inserted:
        text = text[: place % (len(text) + 1)] + character + text[place % (len(text) + 1) :]
    done = 0
    for mention in find(text, "2025-04"):
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= done
        done = mention.end
