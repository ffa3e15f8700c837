"""How values become bytes that can be stored, hashed and read again."""
