"""What a model wants put before a question and before a passage.

sentence-transformers applies the prompts that a model is configured with. Models published before it did
say theirs on their card alone: those in KNOWN are the ones that matter in French or English.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from retrieval.encoders.interface import Prompts

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NONE = Prompts()

_SEARCH = Prompts("Represent this sentence for searching relevant passages: ")
_E5_TASK = "Given a web search query, retrieve relevant passages that answer the query"

KNOWN = (
    # huggingface.co/intfloat/multilingual-e5-large-instruct: nothing before passages
    (r"multilingual-e5-large-instruct", Prompts(f"Instruct: {_E5_TASK}\nQuery: ")),
    # huggingface.co/intfloat/multilingual-e5-small, "even for non-English texts"
    (r"(?:multilingual-)?e5-(?:small|base|large)(?:-v2)?", Prompts("query: ", "passage: ")),
    # github.com/FlagOpen/FlagEmbedding, its list of models: bge-m3 has none
    (r"bge-(?:small|base|large)-en(?:-v1\.5)?", _SEARCH),
    # huggingface.co/mixedbread-ai/mxbai-embed-large-v1
    (r"mxbai-embed-large-v1", _SEARCH),
    # huggingface.co/Snowflake/snowflake-arctic-embed-l, and -v2.0
    (r"snowflake-arctic-embed-(?:m|l)-v2\.0", Prompts("query: ")),
    (r"snowflake-arctic-embed-(?:xs|s|m|m-long|l|m-v1\.5)", _SEARCH),
    # huggingface.co/nomic-ai/nomic-embed-text-v1.5, nomic-embed-text-v2-moe
    (r"nomic-embed-text-v(?:1|1\.5|2-moe)", Prompts("search_query: ", "search_document: ")),
    # huggingface.co/OrdalieTech/Solon-embeddings-large-0.1: nothing before passages
    (r"solon-embeddings-(?:base|large)-0\.1", Prompts("query : ")),
)
"""Patterns of whole names, without the organisation's, and the prompts their cards ask for."""

PASSAGE_NAMES = ("document", "passage", "corpus")
"""What a passage's prompt may be called in a model's configuration."""


def prompts_of(model: SentenceTransformer, name: str) -> Prompts:
    """Return the prompts of a model: its configuration's where it has any, else those its name is known by.

    ``name`` may be a folder, which is then read as being called after the model in it.
    """
    own = _configured(model)
    return own if own != NONE else known_prompts(name)


def known_prompts(name: str) -> Prompts:
    """Return the prompts that the model of this name or folder asks for on its card, or NONE."""
    last = PurePath(name).name.lower()
    return next((prompts for pattern, prompts in KNOWN if re.fullmatch(pattern, last)), NONE)


def _configured(model: SentenceTransformer) -> Prompts:
    """Return what the configuration says; sentence-transformers leaves names it misses empty."""
    prompts = model.prompts
    otherwise = prompts.get(model.default_prompt_name or "") or ""
    passage = next(filter(None, map(prompts.get, PASSAGE_NAMES)), otherwise)
    return Prompts(prompts.get("query") or otherwise, passage)
