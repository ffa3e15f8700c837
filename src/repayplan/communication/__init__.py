"""The record of what was said, and by which channel."""
