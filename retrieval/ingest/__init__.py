"""From sources of articles to an index that is in step with them."""
