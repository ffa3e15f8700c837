"""The languages that come with the library, one module each: Python data, no file reading."""
