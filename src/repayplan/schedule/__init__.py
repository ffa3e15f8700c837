"""Which amounts fall due when: terms in, an exact dated schedule out."""
