"""Days and moments by the clock of the client's first zone, by which a case is kept."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from repayplan.checks import check_date
from repayplan.moments import check_moment, zone_of

if TYPE_CHECKING:
    import pendulum

    from repayplan.communication.client import Client

__all__ = ["day_of", "local", "moment_of", "start_of"]


def local(moment: datetime.datetime, client: Client) -> pendulum.DateTime:
    """Give a moment by the client's clock."""
    return check_moment(moment.astimezone(zone_of(client.zones[0])), "moment")


def day_of(moment: datetime.datetime, client: Client) -> pendulum.Date:
    """Give the day of a moment by the client's clock."""
    return local(moment, client).date()


def start_of(day: pendulum.Date, client: Client) -> pendulum.DateTime:
    """Give the first moment of a day by the client's clock; where midnight is left out, the one after it."""
    zone = zone_of(client.zones[0])
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=zone)
    return check_moment(midnight.astimezone(datetime.UTC).astimezone(zone), "day")


def moment_of(as_of: datetime.date, client: Client) -> pendulum.DateTime:
    """Read a moment, or a day as its first moment, by the client's clock.

    Raises:
        DateError: It is a moment without a time zone.
        InputTypeError: It is neither a moment nor a day.
    """
    if isinstance(as_of, datetime.datetime):
        return local(check_moment(as_of, "as_of"), client)
    return start_of(check_date(as_of, "as_of"), client)
