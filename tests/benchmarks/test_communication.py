"""The communication log beside hashing the same bytes; doubling shows linear time.

``python -m pytest tests/benchmarks/test_communication.py`` prints the ratios; none is asserted.
"""

from __future__ import annotations

import hashlib
import statistics
import time
from typing import TYPE_CHECKING

import pytest

import repayplan as rp
from repayplan.communication.digests import DIGEST_BYTES
from tests.communication.examples import NINE, call, salts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.conftest import Report

SIZE = 20_000
"""100,000 would take a quarter of an hour in so many rounds."""
ROUNDS = 3
AT = NINE.add(hours=2)


def grown(size: int) -> rp.CommunicationLog:
    records = ((call(id=f"c{number}"), AT) for number in range(size))
    return rp.CommunicationLog("bank").extend(records, salts=salts())


def median(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        result = job()
        taken.append(time.perf_counter() - started)
        del result
    return statistics.median(taken)


@pytest.mark.parametrize("size", [SIZE])
def test_the_log_is_linear(report: Report, size: int) -> None:
    half, whole = grown(size // 2), grown(size)
    half_lines, whole_lines = list(half.to_lines()), list(whole.to_lines())
    records = {log: [(entry.record, AT) for entry in log] for log in (half, whole)}
    jobs: dict[str, Callable[[rp.CommunicationLog, list[str]], object]] = {
        "append": lambda log, _: rp.CommunicationLog("bank").extend(records[log], salts=salts()),
        "export": lambda log, _: list(log.to_lines()),
        "import": lambda log, lines: rp.CommunicationLog.from_lines(lines, head=log.head()),
        "verify": lambda log, lines: rp.verify_log(lines, log.head()),
    }
    hashing = median(lambda: [hashlib.sha256(line.encode()).digest() for line in whole_lines])
    title = f"A log of {size:,} records, {ROUNDS} rounds"
    report.note(title, f"  hashing the same bytes: {hashing * 1e3:,.0f} ms")
    for name, job in jobs.items():
        few = median(lambda job=job: job(half, half_lines))  # type: ignore[misc]  # bound now
        many = median(lambda job=job: job(whole, whole_lines))  # type: ignore[misc]  # bound now
        ratios = f"twice as many: {many / few:5.2f} times   hashing: {many / hashing:7.1f} times"
        report.note(title, f"  {name:8} {many:8.2f} s   {ratios}")


def test_proofs_are_logarithmic(report: Report) -> None:
    log = grown(4_096)
    for size in (16, 256, 4_096):
        part = log.first(size)
        proofs = [part.inclusion_proof(number) for number in range(size)]
        longest = max(map(len, proofs))
        line = f"  {size:6,} entries: at most {longest} digests, {longest * DIGEST_BYTES} bytes"
        report.note("The size of an inclusion proof", line)
        assert longest <= (size - 1).bit_length()
        assert len(part.consistency_proof(size // 2)) <= size.bit_length() + 1
