"""Hypothesis profiles, by HYPOTHESIS_PROFILE: ``default`` is repeatable, ``thorough`` searches long."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "thorough",
    max_examples=5_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # thousands of long schedules are slow by intent
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
