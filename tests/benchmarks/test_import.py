"""What `import repayplan` costs beside attrs and pendulum, each time in a fresh interpreter.

``python -m pytest tests/benchmarks`` prints the medians and the ratios; none is asserted.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Report, Sample

ROUNDS = 21
YARDSTICK, DEPENDENCIES = "attrs and pendulum", "import attrs, pendulum"
FACE = "import repayplan"
MAIN_JOB = (
    "import repayplan as rp; from repayplan.policies import cn; rp.Budget, rp.assess, rp.Debt, rp.propose"
)
EVERYTHING = "import repayplan as rp; [getattr(rp, name) for name in rp.__all__]"


def fresh(statement: str) -> Sample:
    """Time a statement in an interpreter of its own, from when that one is up."""
    code = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}

    def sample() -> float:
        run = [sys.executable, "-c", code]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)  # noqa: S603  # ours
        return float(done.stdout)

    return sample


def test_importing_the_face(report: Report) -> None:
    contenders = {"repayplan": fresh(FACE), YARDSTICK: fresh(DEPENDENCIES)}
    report.race("Import, fresh process", contenders, rounds=ROUNDS, aims={YARDSTICK: 1.3})


def test_importing_what_the_main_job_uses(report: Report) -> None:
    contenders = {
        "repayplan with assess, propose and policies.cn": fresh(MAIN_JOB),
        YARDSTICK: fresh(DEPENDENCIES),
    }
    report.race("Import of the main job, fresh process", contenders, rounds=ROUNDS)


def test_importing_everything(report: Report) -> None:
    contenders = {
        "repayplan with every public name, and so Babel": fresh(EVERYTHING),
        "attrs, pendulum and Babel": fresh(f"{DEPENDENCIES}, babel.dates"),
    }
    report.race("Import of everything, fresh process", contenders, rounds=ROUNDS)
