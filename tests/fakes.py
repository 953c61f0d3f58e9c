"""What the tests share: an encoder that needs no model, a dozen short articles, weights that count words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from zlib import crc32

import numpy as np

from retrieval.archive import Archive
from retrieval.articles import article_files, article_id, split_passages
from retrieval.encoders.interface import Reader, Reading
from retrieval.encoders.prompts import NONE
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.index.local import LocalIndex
from retrieval.ingest.analysis import Document
from retrieval.ingest.sources import file_sources
from retrieval.ingest.synchronising import synchronise
from retrieval.language.analysis import analyse
from retrieval.ranking.confidence import CONFIDENCE_FEATURES
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import INTERCEPT, Weights
from retrieval.types import PRECISION, Article, Hit, Quote, Vectors

DIMENSION = 64


def weighing(passage: Mapping[str, float], sentence: Mapping[str, float], threshold: float = 0.4) -> Weights:
    """Return weights that know these features alone, and are half sure of whatever they find."""
    unsure = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0)
    return Weights(
        passage=dict.fromkeys(PASSAGE_FEATURES, 0.0) | dict(passage),
        passage_foreign=dict.fromkeys(PASSAGE_FEATURES, 0.0),
        sentence=dict.fromkeys(SENTENCE_FEATURES, 0.0) | dict(sentence),
        confidence=unsure,
        confidence_foreign=unsure,
        thresholds=((PRECISION, threshold),),
    )


BY_WORDS = weighing({"bm25": 1.0}, {"coverage": 1.0})
"""Weights that rank by BM25 alone and never keep silent over a passage found."""

ARTICLES = {
    "2024/barrage.txt": "date 2024-03-05 Le barrage de Kandadji retiendra le fleuve Niger dès 2026."
    " Sa centrale doit fournir 130 mégawatts.\n\nLe chantier emploie 1 200 ouvriers, dit le ministère.\n",
    "2023/tramway.txt": "date 2023-11 Le tramway de Tours gagne une seconde ligne de douze kilomètres.\n\n"
    "Les travaux ont commencé le 6 novembre. La mairie promet des rames silencieuses.\n",
    "musee.md": "---\ntitle: Le musée rouvre\ndate: 2022\nurl: https://exemple.org/musee\nlang: fr\n---\n"
    "# Le musée rouvre\n\nLe musée des tapisseries d’Aubusson rouvre après trois ans de rénovation.\n\n"
    "L’entrée sera gratuite chaque dimanche.\n",
    "election.txt": "date 2025-04-03 Awa Diallo a été élue présidente de la chambre de commerce de Dakar.\n\n"
    "Elle succède à Moussa Sarr, qui dirigeait l’institution depuis 2015.\n",
    "recolte.md": "---\ntitle: Vendanges précoces\ndate: 2021-09-15\n---\n"
    "Les vendanges ont débuté deux semaines plus tôt en Bourgogne.\n\nLa récolte baisse de 30 %.\n",
    "incendie.txt": "date 2022-07-18 Un incendie a détruit sept mille hectares de pins à La Teste.\n\n"
    "Les pompiers ont évacué cinq campings dans la nuit.\n",
    "bibliotheque.txt": "La bibliothèque municipale prête désormais des instruments de musique.\n\n"
    "Trente violons et dix accordéons attendent les abonnés.\n",
    "train.md": "---\ntitle: Paris-Berlin en train\ndate: 2024-12-16\n---\n"
    "Un train direct relie Paris à Berlin en huit heures depuis lundi.\n\n## Billets\n\n"
    "Le billet coûte 59 euros en seconde classe.\n",
    "hopital.txt": "date 2023-05 L’hôpital de Bamako ouvre un service de cardiologie.\n\n"
    "Douze médecins y soigneront les nourrissons.\n",
    "pont.txt": "date 2020 Le pont suspendu de Foumban s’est effondré sous la crue.\n\n"
    "Aucune victime n’est à déplorer, selon la gendarmerie.\n",
    "fromage.markdown": "---\ntitle: Un cantal primé\ndate: 2019-06-01\nsource: La Gazette\n---\n"
    "Le cantal de la famille Vidal a reçu la médaille d’or à Mâcon.\n\n"
    "Il a été affiné treize mois dans une cave de basalte.\n",
    "ecole.txt": "date 2024-09-02 Une école de Rouyn rouvre avec quarante élèves inuits.\n\n"
    "Les cours y sont donnés en inuktitut le matin.\n",
}
"""A dozen articles, by path: days, months, years and one without a date; in every format."""


class HashEncoder:
    """Bags of hashed words as unit vectors. Remembers what it was given to encode."""

    def __init__(self, name: str = "hash", fingerprint: str = "0" * 64) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = DIMENSION
        self.prompts = NONE
        self.scale = BUNDLED_SCALE
        self.passages: list[str] = []

    def encode_queries(self, texts: list[str]) -> Vectors:
        return np.stack([_vector(text) for text in texts])

    def encode_passages(self, texts: list[str]) -> Vectors:
        self.passages += texts
        return np.stack([_vector(text) for text in texts]) if texts else np.empty((0, DIMENSION), np.float32)


def _vector(text: str) -> Vectors:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    for word in analyse(text) or [""]:
        vector[crc32(word.encode()) % DIMENSION] += 1
    return vector / np.linalg.norm(vector)


class Preferring:
    """A reader for which only a passage that holds some words answers. Remembers what it was given to read.

    It finds those words in it where it looks for ``spans``; their score is ``span_score``.
    """

    name = "preferring"

    def __init__(
        self, words: str, strength: float = 20.0, *, spans: bool = False, span_score: float = 1.0
    ) -> None:
        self.words, self.strength, self.spans, self.span_score = words, strength, spans, span_score
        self.given: list[tuple[str, list[str]]] = []

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        self.given.append((question, passages))
        return [self._reading(passage.find(self.words)) for passage in passages]

    def _reading(self, at: int) -> Reading:
        if at < 0:
            return Reading(0.0)
        if not self.spans:
            return Reading(self.strength)
        return Reading(self.strength, (at, at + len(self.words)), self.span_score)


def write_articles(folder: Path, articles: Mapping[str, str | bytes] = ARTICLES) -> Path:
    """Write article files, byte for byte, into ``folder``."""
    for name, text in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def ranker(weights: Weights = BY_WORDS, reader: Reader | None = None) -> Ranker:
    """Return a ranker with these weights and this reader, for the hash encoder."""
    return Ranker(weights, BUNDLED_SCALE, reader=reader)


def archive_of(
    texts: Mapping[str, str], folder: Path, encoder: HashEncoder | None = None, weights: Weights = BY_WORDS
) -> Archive:
    """Return the archive of some articles as its files would give it, ranked by words or as told."""
    root = write_articles(folder / "articles", texts)
    encoder = encoder or HashEncoder()
    place = folder / "index"
    place.mkdir(exist_ok=True)
    index = LocalIndex(place, encoder.dimension)
    synchronise(index, file_sources(article_files(root), root), encoder)
    return Archive(index, encoder, ranker(weights), folder=place, root=root)


def article(text: str, path: str = "essai.txt", **fields: object) -> Article:
    """Return an article with nothing but its text, or what is given."""
    return Article(id=article_id(path), path=path, text=text, **fields)  # type: ignore[arg-type]


def document(text: str, path: str = "essai.txt", **fields: object) -> Document:
    """Return an article of its text, split into passages, as ``Archive.add`` takes it."""
    one = article(text, path, **fields)
    return Document(one, split_passages(one), "1")


def counts(archive: Archive) -> tuple[int, int]:
    """Return how many articles and passages an archive has."""
    held = archive.index.statistics()
    return held.articles, held.passages


def carriers(hit: Hit | Quote) -> list[str]:
    """Return who carries a passage: the source that it is quoted from, then the others."""
    return [article.source for article in (hit.article, *hit.also)]


def sources(hits: Iterable[Hit | Quote]) -> list[str]:
    """Return the source of each hit."""
    return [hit.article.source for hit in hits]


def in_its_file(quote: Hit | Quote) -> bool:
    """Tell whether a quote is in its file, at its offsets, word for word."""
    text = Path(quote.article.path).read_bytes().decode()
    return text[quote.start : quote.end] == quote.text
