"""Laws are not measured: every line of the package has an example, and a law runs each a hundred times."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import repayplan

if TYPE_CHECKING:
    from collections.abc import Generator

if "coverage" in sys.modules:
    # What is loaded on first use must not be loaded inside a law, where its lines are not seen to run.
    for found in pkgutil.walk_packages(repayplan.__path__, "repayplan."):
        import_module(found.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """Keep coverage's tracer, though never a debugger, out of the laws, which it makes twice as long."""
    trace = sys.gettrace()
    is_coverage = type(trace).__module__.partition(".")[0] == "coverage"
    if is_coverage:
        sys.settrace(None)
    try:
        yield
    finally:
        if is_coverage:
            sys.settrace(trace)
