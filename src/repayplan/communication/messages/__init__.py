"""Messages in the client's language: the words, the facts that fill them, and a review of words by others."""
