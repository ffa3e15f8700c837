"""China: what every civil claim has in common: limitation, and data messages as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.limitation_rules import LimitationRules, RestartKind
from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.record_rules import RecordItem
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit

if TYPE_CHECKING:
    from repayplan.communication.channels import Channel

__all__ = ["RECORD_ITEMS", "limitation"]

_ELECTRONIC_SIGNATURES: Final = Citation(
    title="中华人民共和国电子签名法",
    article="第五条、第六条、第八条",
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="data messages as originals and as evidence",
)
_CIVIL_CODE: Final = Citation(
    title="中华人民共和国民法典",
    article="第一百八十八条、第一百八十九条、第一百九十五条",
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="civil claims",
)
_LIMITATION_RULES: Final = Citation(
    title="最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定",
    article="第八条、第十四条、第十九条",
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="civil claims; for bank cards also the provisions on bank card disputes, article 3",
)

RECORD_ITEMS: Final = Limit(frozenset(RecordItem), _ELECTRONIC_SIGNATURES)


def limitation(demand_channels: frozenset[Channel]) -> LimitationRules:
    """Give the limitation of claims.

    Args:
        demand_channels: Where a demand that is sent to the client's own address has reached the client unless
            it comes back.
    """
    return LimitationRules(
        period=Limit(Period(3, PeriodUnit.YEARS), _CIVIL_CODE, comparison=Comparison.AT_MOST),
        long_stop=Limit(Period(20, PeriodUnit.YEARS), _CIVIL_CODE, comparison=Comparison.AT_MOST),
        restarts_on=frozenset(RestartKind),
        revived_by=frozenset({RestartKind.NEW_AGREEMENT}),
        demand_channels=demand_channels,
        citation=_LIMITATION_RULES,
    )
