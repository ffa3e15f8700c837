"""The lazy face: what an import loads, and that its names are all there and typed."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import subprocess
import sys

import pytest

import repayplan as rp

NOT_NEEDED = {"babel", "cattrs", "hypothesis", "numpy", "pyarrow", "pydantic", "repayplan.display"}

MAIN_JOB = """
import pendulum
import repayplan as rp
from repayplan.policies import cn

today = pendulum.date(2026, 12, 1)
policy = cn.CREDIT_CARD.in_force(today)
CNY = rp.Currency.of("CNY")
budget = rp.Budget(
    currency=CNY,
    household=rp.Household(adults=1),
    incomes=[rp.Income("salary", rp.Money("8500", CNY))],
    expenses=[rp.Expense("rent", rp.Money("3200", CNY), category=rp.Category.HOUSING)],
)
affordability = rp.assess(budget, rules=policy.affordability, as_of=today)
debt = rp.Debt(principal=rp.Money("36000", CNY), rate=rp.Rate.daily("0.0005"), as_of=today)
offers = rp.propose(debt, affordability, rules=policy.plan, first_due=pendulum.date(2026, 12, 31))
rp.agree(
    offers[0],
    on=today,
    form=rp.AgreementForm.ORAL,
    accepted_in="contact-1",
    contact_by=rp.Channel.SMS,
)
text = affordability.explain().to_text(), str(offers[0].schedule[0].amount), repr(offers)
"""


def loaded_after(code: str) -> set[str]:
    """Run code in a fresh interpreter and give the names of NOT_NEEDED that it loaded."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    run = [sys.executable, "-c", f"{code}\nimport sys; print(*({NOT_NEEDED} & sys.modules.keys()))"]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)  # noqa: S603  # ours
    return set(done.stdout.split())


def test_importing_loads_nothing_that_is_not_needed() -> None:
    assert loaded_after("import repayplan") == set()


def test_the_main_job_formats_nothing_and_so_loads_no_babel() -> None:
    assert loaded_after(MAIN_JOB) == set()


def test_babel_comes_with_the_first_format() -> None:
    assert loaded_after(f"{MAIN_JOB}\nrp.format_money(debt.total, 'zh_CN')") == {"babel"}


def test_tables_come_with_the_first_look_in_a_notebook() -> None:
    assert loaded_after(f"{MAIN_JOB}\noffers._repr_html_()") == {"repayplan.display"}


@pytest.mark.parametrize("name", rp.__all__)
def test_every_public_name_is_listed_and_resolves(name: str) -> None:
    assert name in dir(rp)
    module = importlib.import_module(f"repayplan.{TABLE[name]}")
    assert getattr(rp, name) is getattr(module, name)


def test_a_star_import_gives_every_public_name() -> None:
    namespace: dict[str, object] = {}
    exec("from repayplan import *", namespace)  # noqa: S102  # not allowed inside a function
    assert set(rp.__all__) <= namespace.keys()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'repayplan' has no attribute 'no_such_name'"):
        getattr(rp, "no_such_name")  # noqa: B009  # a type checker may know that it is not there


def lazy_table() -> dict[str, str]:
    """Read the module of every name from the table in the source."""
    tables = [
        ast.literal_eval(node.value)
        for node in SOURCE.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_NAMES_BY_MODULE"
    ]
    return {name: module for table in tables for module, names in table.items() for name in names.split()}


def typed_imports() -> dict[str, str]:
    """Read the module of every name from the block that only type checkers see."""
    return {
        alias.asname or alias.name: (node.module or "").removeprefix("repayplan.")
        for block in SOURCE.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


SOURCE = ast.parse(inspect.getsource(rp))
TABLE = lazy_table()


def test_type_checkers_see_the_names_that_load_and_no_others() -> None:
    assert typed_imports() == TABLE


def test_the_table_has_the_public_names_and_no_others() -> None:
    assert sorted(TABLE) == sorted(rp.__all__)
