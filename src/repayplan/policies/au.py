"""Australia: rules of contact.

Rules as data for engineers, not legal advice: check before use.

What is not here, and why: no figure is known for what stays with the client, for terms, for lateness or for
records; the days within which a hardship notice is answered and the expenditure measure are known from memory
or are not public. Give your own with ``policies.compose``.
"""

from __future__ import annotations

from typing import Final

import pendulum

from repayplan.policies.contact import AU_RG96
from repayplan.policies.policy import Policy, PolicyVersions

__all__ = ["CONSUMER_CREDIT"]

CONSUMER_CREDIT: Final = PolicyVersions(
    (
        Policy(
            name="Australia, consumer credit",
            effective_from=pendulum.date(2021, 5, 1),
            contact=AU_RG96,
        ),
    )
)
"""One version, from the month after the edition of April 2021 that was read.

Add the public holidays, on which nobody is called, with ``policy.contact.with_holidays``.
"""
