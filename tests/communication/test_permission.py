"""The rules of contact decide which channel is the best."""

from __future__ import annotations

import repayplan as rp
from repayplan.communication.permission import permitted_by
from repayplan.policies.contact import US_REGULATION_F
from tests.communication.barrier_stories import CHANNEL, OUTCOME, PURPOSE, Story, client, moment, point

EMAIL = point("email", rp.PointKind.EMAIL)
MOBILE = point("mobile", rp.PointKind.MOBILE)
CALLS = rp.ContactPreference(channels=(CHANNEL.PHONE, CHANNEL.EMAIL))


def test_after_seven_calls_the_clients_second_choice_is_the_best_channel() -> None:
    who, story = client(MOBILE, EMAIL, wish=CALLS), Story()
    for day in range(1, 8):
        found = rp.best_channel(
            who,
            story.log,
            moment(day),
            permitted=permitted_by(
                US_REGULATION_F, who, story.log, moment(day), purpose=PURPOSE.HARDSHIP_TALK, debts=("d",)
            ),
        )
        assert isinstance(found, rp.BestChannel)
        assert found.channel is CHANNEL.PHONE
        story.contact(f"call {day}", day, OUTCOME.NO_ANSWER, debts=("d",))
    at = moment(7, 12)
    asked = permitted_by(US_REGULATION_F, who, story.log, at, purpose=PURPOSE.HARDSHIP_TALK, debts=("d",))
    found = rp.best_channel(who, story.log, at, permitted=asked)
    assert isinstance(found, rp.BestChannel)
    assert (found.channel, found.reason) == (CHANNEL.EMAIL, rp.ChannelReason.CLIENTS_CHOICE)
    (passed,) = found.passed_over
    assert (passed.channel, passed.reason) == (CHANNEL.PHONE, rp.PassedOverReason.NOT_PERMITTED)
