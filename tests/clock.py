"""A limit of time for what must be refused, or done, at once."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOWDOWN = 5 if "coverage" in sys.modules else 1
"""Measuring coverage makes every line several times dearer; limits are about the code as users run it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the block takes more of the processor.

    What other processes take does not count, nor the garbage of all tests before: collecting it takes longer
    than many a limit.
    """
    gc.disable()
    started = process_time()
    try:
        yield
    finally:
        taken = process_time() - started
        gc.enable()
    assert taken <= seconds * SLOWDOWN
