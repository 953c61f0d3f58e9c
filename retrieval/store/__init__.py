"""The SQLite file that holds an archive: articles, passages and all that is computed from them."""
