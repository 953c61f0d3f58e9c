"""What is known of languages: words and tokens, sentences, acronyms, names, word vectors."""
