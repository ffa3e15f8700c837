"""PyArrow where its types say too little: arrays of a type that is known when the code runs."""

from __future__ import annotations

from typing import Any, TypeAlias

import pyarrow
import pyarrow.compute

__all__ = ["ArrowArray", "ArrowField", "arrow", "compute"]

arrow: Any = pyarrow
compute: Any = pyarrow.compute

ArrowArray: TypeAlias = Any
"""A ``pyarrow.Array``."""
ArrowField: TypeAlias = Any
"""A ``pyarrow.Field``."""
