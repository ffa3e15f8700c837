"""Law 18: the public job touches no file, socket, process, environment, clock or chance, and no input.

Audit hooks cannot be removed, so each law runs in a process of its own. What raises no audit event
(environment, clocks, chance) is patched to fail.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_context import child_environment

ROOT = Path(__file__).resolve().parents[2]

IMPORTS = """
import datetime, os, pickle, random, secrets, socket, subprocess, sys, time, uuid
import pendulum
import repayplan as rp
from repayplan.policies import cn
from tests.plan import main_job, main_budget, main_debt, main_offers, main_affordability, main_plan, offers_of
"""

# Formatting reads the data files of its locales when told to, and never later.
FORMATTING = """
LOCALES = ("zh_CN", "en_GB", "tr_TR", "ar_EG")
rp.preload(LOCALES)

def formatted():
    plan = main_plan()
    for row in plan.schedule:
        for locale in LOCALES:
            yield rp.format_money(row.amount, locale)
            yield rp.format_date(row.due_on, locale)
            yield rp.format_percent("0.18", locale, decimals=2)
"""

MESSAGES = """
from tests.communication.messages import KIND, LOCALES, all_facts
rp.preload(LOCALES)

def messages():
    for kind in KIND:
        for locale in LOCALES:
            message = rp.render_message(kind, locale, all_facts(kind))
            yield message, rp.review_wording(message.plain, locale), rp.phrasebook(locale)
"""

SHOWING = """
def shown():
    plan, offers = main_plan(), offers_of(main_offers())
    shown = main_budget(), main_affordability(), offers, offers[0], offers[0].certificate, plan, plan.schedule
    for value in (*shown, main_affordability().explain()):
        yield value._repr_html_()
"""

CASEWORK = """
from repayplan.casework.briefing import brief
from repayplan.casework.follow_up import calendar_for, next_actions
from tests.casework import examples as made

CASE = made.paid(made.planned(12), 1)
AT = made.moment("2027-02-02 10:00")

def worked():
    found = brief(CASE, AT)
    yield found, found.to_text(), next_actions(CASE, AT, 30)
    yield calendar_for(CASE, made.DATE(2027, 2, 2), made.DATE(2027, 12, 31))

def looked_at():
    found = brief(CASE, AT)
    for value in (found, found.accounts[0].standing.ledger, next_actions(CASE, AT, 30)):
        yield value._repr_html_(), value.to_rows()
"""

WATCH = """
FORBIDDEN = (
    "open", "socket.", "subprocess.", "os.", "sqlite3.", "urllib.", "http.", "ftplib.", "smtplib.", "shutil.",
    "tempfile.", "glob.", "pathlib.", "import", "exec", "compile", "ctypes.", "mmap.", "fcntl.", "pty.",
    "syslog.", "signal.", "time.sleep", "_thread.start_new_thread", "sys.setprofile",
)
seen = []

def watch(event, arguments):
    if active and any(event == name or name.endswith(".") and event.startswith(name) for name in FORBIDDEN):
        seen.append((event, repr(arguments)[:200]))

active = False
sys.addaudithook(watch)
"""


def run(script: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-W", "error", "-X", "utf8", "-c", IMPORTS + script],
        cwd=ROOT,
        env=child_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_watch_sees_what_is_forbidden() -> None:
    # Without this, a law that watches nothing would pass.
    seen = run(
        WATCH
        + """
active = True
open(os.devnull).close()
os.listdir(".")
socket.socket().close()
active = False
print(sorted({event for event, _ in seen}))
"""
    )
    assert seen.strip() == "['open', 'os.listdir', 'socket.__new__']"


@pytest.mark.parametrize(
    ("prepared", "job"),
    [
        pytest.param("", "main_job()", id="the whole job"),
        pytest.param(FORMATTING, "list(formatted())", id="formatting after preload"),
        pytest.param(MESSAGES, "list(messages())", id="messages after preload"),
        pytest.param(SHOWING, "list(shown())", id="showing"),
        pytest.param(CASEWORK, "list(worked())", id="casework"),
        pytest.param(CASEWORK, "list(looked_at())", id="looking at casework"),
    ],
)
def test_the_public_job_raises_no_event_of_input_or_output(prepared: str, job: str) -> None:
    # The first run loads modules, which is the import system's own reading of files.
    script = f"""
{prepared}
{WATCH}
{job}
active = True
{job}
active = False
assert not seen, seen
"""
    assert run(script) == ""


def test_formatting_needs_no_first_use_after_preload() -> None:
    # Not even the first formatting of a preloaded locale reads a file or loads a module.
    script = f"""
{FORMATTING}
{WATCH}
plan = main_plan()
rows = list(plan.schedule)
active = True
list(formatted())
active = False
assert not seen, seen
"""
    assert run(script) == ""


PATCHES = """
def fail(*arguments, **options):
    raise AssertionError("the environment, a clock or chance was asked")

class Closed(dict):
    __getitem__ = get = __contains__ = __iter__ = keys = items = copy = fail

def patch():
    os.environ = Closed()
    os.environb = Closed()
    os.getenv = os.urandom = os.getpid = os.cpu_count = fail
    for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns",
                 "localtime", "gmtime", "process_time", "sleep", "strftime", "tzset"):
        setattr(time, name, fail)
    for name in ("random", "randint", "randrange", "choice", "shuffle", "getrandbits", "seed",
                 "sample", "Random"):
        setattr(random, name, fail)
    for name in ("token_bytes", "token_hex", "randbelow", "choice"):
        setattr(secrets, name, fail)
    for name in ("uuid1", "uuid4", "getnode"):
        setattr(uuid, name, fail)
    pendulum.now = pendulum.today = pendulum.tomorrow = pendulum.yesterday = pendulum.local_timezone = fail
    pendulum.Date.today = classmethod(fail)
    pendulum.DateTime.now = classmethod(fail)

    class NoClockDate(datetime.date):
        today = classmethod(fail)

    class NoClock(datetime.datetime):
        now = utcnow = today = classmethod(fail)

    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("repayplan") and hasattr(module, "datetime"):
            assert module.datetime is datetime  # modules are imported whole, so the patch below reaches them

    datetime.datetime = NoClock
"""


@pytest.mark.parametrize(("prepared", "job"), [("", "main_job()"), (MESSAGES, "list(messages())")])
def test_the_public_job_asks_no_environment_no_clock_and_no_chance(prepared: str, job: str) -> None:
    script = f"""
{prepared}
{PATCHES}
before = {job}
patch()
assert {job} == before
"""
    assert run(script) == ""


def test_the_patches_above_would_fail_a_job_that_asks() -> None:
    script = f"""
{PATCHES}
patch()
asked = [lambda: os.environ["HOME"], lambda: os.environ.get("TZ"), time.time, random.random, uuid.uuid4,
         lambda: os.urandom(1), lambda: datetime.datetime.now(), pendulum.Date.today, secrets.token_hex]
for ask in asked:
    try:
        ask()
    except AssertionError:
        continue
    raise SystemExit(1)
"""
    assert run(script) == ""


def test_inputs_are_never_changed_and_the_same_input_gives_the_same_output() -> None:
    script = """
budget, debt, affordability, plan = main_budget(), main_debt(), main_affordability(), main_plan()
rules = cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1))
inputs = (budget, debt, affordability, rules, plan)
# Attributes as well as pickles, since a pickle holds the constructor's arguments alone.
before = [pickle.dumps(value) for value in inputs]

def job():
    found = rp.assess(budget, rules=rules.affordability, as_of=pendulum.date(2026, 12, 1))
    offers = rp.propose(debt, found, rules=rules.plan, first_due=pendulum.date(2026, 12, 31))
    agreed = rp.agree(offers[0], on=pendulum.date(2026, 12, 3), form=rp.AgreementForm.ORAL,
                      accepted_in="contact-17", contact_by=rp.Channel.SMS)
    return found, offers, agreed, list(agreed.schedule), agreed.offer.certificate.lines

first = job()
second = job()
assert first == second
assert [pickle.dumps(value) for value in first] == [pickle.dumps(value) for value in second]
assert [pickle.dumps(value) for value in inputs] == before
"""
    assert run(script) == ""
