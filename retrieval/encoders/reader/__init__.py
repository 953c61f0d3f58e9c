"""Readers: models that read a question and a passage together and say whether and where it answers."""

from retrieval.encoders.reader.reading import Reader, Reading, reader_text

__all__ = ["Reader", "Reading", "load_reader", "reader_text"]


def load_reader(name: str | None = None) -> Reader:
    """Return the reader called ``name``; None is the bundled one.

    Raises:
        EncoderError: the reader cannot be loaded.
    """
    from retrieval.encoders.reader import loading  # imported here so that the protocol alone loads no torch

    return loading.load_reader(name)
