"""The tables of a store. What is derived from one passage is kept beside it; counters sum them up.

``added`` is the number of the change that a passage came with; ``removals`` says with which change one went,
so that what was built from an earlier state can catch up. ``original`` is the passage that one is a copy of,
or itself; ``words_key`` stands for all the words of a passage, and ``bands`` has those of words that are much
alike. Vectors are float16, codes and offsets little-endian integers, in BLOBs.
"""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, stamp TEXT NOT NULL,
    text TEXT NOT NULL, checksum INTEGER NOT NULL, title TEXT, published TEXT, source TEXT NOT NULL,
    language TEXT, body INTEGER NOT NULL, vector BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY, added INTEGER NOT NULL, original INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, language INTEGER NOT NULL, low INTEGER NOT NULL,
    high INTEGER NOT NULL, words_key INTEGER NOT NULL, sentences BLOB NOT NULL, unit_lengths BLOB NOT NULL,
    tokens BLOB NOT NULL, senses BLOB NOT NULL, flags BLOB NOT NULL, days BLOB NOT NULL, vector BLOB NOT NULL,
    sentence_vectors BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_added ON passages(added);
CREATE INDEX IF NOT EXISTS copies_of_passage ON passages(original) WHERE original <> id;
CREATE INDEX IF NOT EXISTS passages_by_words ON passages(words_key, low = -1, low, high, id);

CREATE TABLE IF NOT EXISTS dates (
    passage INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    value TEXT NOT NULL, low INTEGER, high INTEGER, confidence REAL NOT NULL, PRIMARY KEY (passage, start)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS phrases (
    passage INTEGER NOT NULL, phrase TEXT NOT NULL, first TEXT NOT NULL, acronym TEXT NOT NULL,
    token TEXT NOT NULL, PRIMARY KEY (passage, phrase, acronym)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS phrases_by_first ON phrases(first);
CREATE INDEX IF NOT EXISTS phrases_by_token ON phrases(token);

CREATE TABLE IF NOT EXISTS events (
    passage INTEGER NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, year INTEGER NOT NULL,
    names TEXT NOT NULL, PRIMARY KEY (passage, kind, day, year, names)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_by_day ON events(day);

CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL, words_key INTEGER NOT NULL, PRIMARY KEY (band, words_key)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS bands_of_words ON bands(words_key);

CREATE TABLE IF NOT EXISTS removals (
    passage INTEGER NOT NULL, removed INTEGER NOT NULL, PRIMARY KEY (removed, passage)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS terms (code INTEGER PRIMARY KEY, passages INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS forms (
    form TEXT PRIMARY KEY, code INTEGER NOT NULL, folded TEXT NOT NULL, initial TEXT, length INTEGER,
    passages INTEGER NOT NULL, words INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS forms_of_term ON forms(code);
CREATE INDEX IF NOT EXISTS forms_by_spelling ON forms(initial, length) WHERE initial IS NOT NULL;

CREATE TABLE IF NOT EXISTS days (
    low INTEGER NOT NULL, high INTEGER NOT NULL, passages INTEGER NOT NULL, PRIMARY KEY (low, high)
) WITHOUT ROWID;

INSERT OR IGNORE INTO state
VALUES ('sequence', 0), ('built', 0), ('passages', 0), ('articles', 0), ('tokens', 0);
"""

COUNTED = ("passages", "articles", "tokens")
"""The names in ``state`` that count what the archive holds."""
