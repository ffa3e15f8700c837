"""How the tests of this folder look at a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import repayplan as rp

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(ask: Callable[[], object], code: str, field: str) -> rp.SerializationError:
    """Give the error that data are refused with, of the code and field that are wanted."""
    with pytest.raises(rp.SerializationError) as caught:
        ask()
    assert type(caught.value) is rp.SerializationError
    assert (caught.value.code, caught.value.field) == (code, field)
    assert len(str(caught.value)) < 400
    return caught.value
