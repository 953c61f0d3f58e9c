"""A question, understood: its language, its words, its vector and the kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.language.acronyms import MEANING, Run, replace_runs
from retrieval.encoders.scale import BUNDLED_SCALE, CosineScale
from retrieval.language.identification import identify
from retrieval.language.names import names_in
from retrieval.language.analysis import content_words, fold, token, words
from retrieval.types import Encoder, Vectors

Kind = Literal["when", "number", "who", "other"]

MAX_CHARACTERS = 2_000
"""What is read of a question: no question is longer, and a pasted article must not stall the bot."""

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "when",
        re.compile(
            r"\b(?:quand|depuis quand|(?:quelle est la|quel(?:le)?s?) "
            r"(?:annee|date|jour|mois|epoque|periode)s?"
            r"|when|(?:what|which) (?:year|date|day|month)|since when|cuando|en que (?:ano|fecha|mes|dia)"
            r"|wann|seit wann|in welchem (?:jahr|monat)|quando|em que (?:ano|mes|dia|data)|in che anno|когда"
            r"|wanneer|kiedy|ne zaman)\b|متى"
        ),
    ),
    (
        "number",
        re.compile(
            r"\b(?:combien|quel (?:nombre|montant|pourcentage|age|est le nombre)"
            r"|quelle (?:somme|part|proportion|superficie|distance|taille|duree)"
            r"|how (?:many|much|long|old|far)|cuant[oa]s?|wie ?(?:viele?|lange)"
            r"|quant[oaie]s?|сколько|hoeveel|ile)\b|كم"
        ),
    ),
    (
        "who",
        re.compile(
            r"\b(?:qui|who|whom|whose|quien(?:es)?|wer|wen|wem|quem|chi|кто|кем|wie is|kto|kim)\b|من هو"
        ),
    ),
)

_MEANING = re.compile(
    r"\b(?:signifi\w*|veut dire|veulent dire|sigles?|acronymes?|abreviation|c quoi|c['’]est quoi|definition"
    r"|qu['’]est[- ]ce que|qu['’]est que|stands? for|means?|meaning|what is|what['’]s|acronyms?|siglas?"
    r"|que es|significan?|was (?:ist|bedeutet)|bedeut\w*|o que e|cos['’]e|что такое|расшифров\w*|означает)\b"
    r"|ما (?:هو|هي|معني)|是什么"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What the ranker knows of a question.

    ``words`` are its words as written, without stop words, in order; ``tokens`` the same analysed;
    ``vector`` has shape (dimension,), and ``scale`` is to be put on its cosines before they are read.
    """

    text: str
    language: str
    words: tuple[str, ...]
    tokens: tuple[str, ...]
    vector: Vectors
    kind: Kind
    scale: CosineScale = BUNDLED_SCALE


def understand(text: str, encoder: Encoder) -> Question:
    """Return ``text`` understood; only its first MAX_CHARACTERS count."""
    text = text[:MAX_CHARACTERS]
    language = identify(text)
    spoken = tuple(content_words(text, language))
    return Question(
        text=text,
        language=language,
        words=spoken,
        tokens=tuple(token(word) for word in spoken),
        vector=encoder.encode_queries([text])[0],
        kind=kind(text),
        scale=encoder.scale,
    )


def canonical(question: Question, acronyms: Mapping[Run, str]) -> Question:
    """Return ``question`` in the archive's own names.

    Names given in another language become French, names spelled out become their acronym, and a
    question about what an acronym means also asks for the place that spells it out.
    """
    spoken = list(question.words)
    for names in (names_in(question.language), acronyms):
        tokens = [token(word) for word in spoken]
        for first, end, name in reversed(replace_runs(tokens, names)):
            spoken[first:end] = words(name)
    tokens = [token(word) for word in spoken]
    if _MEANING.search(fold(question.text)):
        known = {token(short) for short in acronyms.values()}
        asked = [MEANING + said for said in tokens if said in known]
        tokens, spoken = tokens + asked, spoken + [""] * len(asked)
    return replace(question, words=tuple(spoken), tokens=tuple(tokens))


def kind(text: str) -> Kind:
    """Return the kind of answer a question asks for, by its question words."""
    folded = fold(text)
    return next((name for name, pattern in _KINDS if pattern.search(folded)), "other")
