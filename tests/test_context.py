"""The surroundings change nothing: decimal contexts, threads, time zone, locale and hash seed."""

from __future__ import annotations

import decimal
import os
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pytest

import repayplan as rp
from tests.plan import main_affordability, main_job, main_offers, offers_of

ROOT = Path(__file__).resolve().parents[1]


def hostile_contexts() -> list[decimal.Context]:
    return [
        decimal.Context(prec=3),
        decimal.Context(prec=1, rounding=decimal.ROUND_UP),
        decimal.Context(traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation, decimal.Subnormal]),
        decimal.Context(prec=2, Emax=1, Emin=-1, clamp=1, traps=[decimal.Overflow, decimal.Inexact]),
        decimal.Context(prec=3, traps=[]),
    ]


@pytest.mark.parametrize("place", range(len(hostile_contexts())))
def test_the_decimal_context_changes_nothing_and_is_not_changed(place: int) -> None:
    expected = main_job()
    hostile = hostile_contexts()[place]
    with decimal.localcontext(hostile):
        before = repr(decimal.getcontext())
        found = main_job()
        assert repr(decimal.getcontext()) == before  # flags included: no signal was even raised
    assert found == expected


@pytest.mark.parametrize("place", range(len(hostile_contexts())))
def test_amounts_are_read_and_shown_exactly_in_any_decimal_context(place: int) -> None:
    amount = Decimal("1234567890123456.78")
    with decimal.localcontext(hostile_contexts()[place]):
        money = rp.Money(amount, "CNY")
        assert money.minor_units == 123_456_789_012_345_678
        assert str(money.amount) == "1234567890123456.78"


def test_eight_threads_share_values_and_see_the_same() -> None:
    affordability, offers = main_affordability(), offers_of(main_offers())
    start = threading.Barrier(8)
    seen: list[str] = []

    def look() -> None:
        # Everything that is worked out on first use is first used here, by all at once.
        start.wait()
        parts = [affordability.explain().to_text(), str(affordability.capacity), str(affordability.findings)]
        for offer in offers:
            parts += [str(offer.schedule.rows), str(offer.schedule.amounts), offer.rationale]
            parts += [
                str(offer.certificate.lines),
                str(offer.certificate.months),
                str(offer.certificate.holds),
            ]
        seen.append("\n".join(parts))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


def test_eight_threads_do_the_whole_job_alike() -> None:
    expected = main_job()
    seen: list[str] = []

    def work() -> None:
        seen.append(main_job())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 8


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Apia"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4294967295"},
        {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "LC_ALL": "C"},
        {"PYTHONOPTIMIZE": "1"},
    ],
    ids="-".join,
)
def test_another_process_prints_the_same_bytes(surroundings: dict[str, str]) -> None:
    script = (
        "import locale, sys, time\n"
        "try:\n"
        "    locale.setlocale(locale.LC_ALL, '')\n"
        "except locale.Error:\n"
        "    pass\n"  # a machine need not have the locale installed; the variables are set all the same
        "time.tzset()\n"
        "from tests.plan import main_job\n"
        "sys.stdout.buffer.write(main_job().encode())\n"
    )
    printed = subprocess.run(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=ROOT,
        env=child_environment() | surroundings,
        capture_output=True,
        check=True,
    )
    assert printed.stderr == b""
    assert printed.stdout == main_job().encode()


def child_environment() -> dict[str, str]:
    """This process' own, without the coverage tracer, and with its search path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return kept | {"PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)}
