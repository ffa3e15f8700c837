"""The next actions as what they are, a tuple, that also shows itself in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, SupportsIndex, overload

import attrs

from repayplan.casework.actions import Action
from repayplan.checks import check_instance, check_tuple
from repayplan.errors import CaseError
from repayplan.values import Storable, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Actions", "StoredActions"]

_ACTIONS_MAX: Final = 100_000


class Actions(tuple[Action, ...], Storable):
    """Actions in their order; made by :func:`repayplan.next_actions` and :func:`repayplan.calendar_for`.

    It is a tuple and equal to one of the same actions; a slice is of this class too.

    Args:
        actions: The actions.

    Raises:
        InputTypeError: One of them is no action.
    """

    __slots__ = ()

    def __new__(cls, actions: Iterable[Action] = ()) -> Self:
        """Check that all of them are actions."""
        made = super().__new__(cls, actions)
        for index, action in enumerate(made):
            check_instance(action, Action, f"actions[{index}]")
        return made

    @overload
    def __getitem__(self, index: SupportsIndex) -> Action: ...
    @overload
    def __getitem__(self, index: slice) -> Actions: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Action | Actions:
        """Give an action by its place, or several."""
        if isinstance(index, slice):
            return Actions(super().__getitem__(index))
        return super().__getitem__(index)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each action: what, why, by when and how, and nothing that is personal.

        ``number`` is its place, so that ``actions[number]`` has the rest: whom to contact and in what words.
        """
        from repayplan.casework.showing import action_rows  # noqa: PLC0415  # loaded when a table is asked for

        return action_rows(self)

    def _repr_html_(self) -> str:
        """Show what, why, by when and how in a notebook."""
        from repayplan.casework.showing import actions_html  # noqa: PLC0415  # only notebooks need it

        return actions_html(self)

    @staticmethod
    def __stored_as__() -> type[StoredActions]:
        """Name the class that stands for it in plain data (:func:`repayplan.to_dict`)."""
        return StoredActions


def _to_actions(value: Sequence[Action]) -> tuple[Action, ...]:
    return check_tuple(value, Action, "actions", maximum=_ACTIONS_MAX, error=CaseError)


@attrs.frozen(repr=False)
class StoredActions(Value):
    """Actions as plain data.

    Attributes:
        actions: The actions, in their order.
    """

    actions: tuple[Action, ...] = attrs.field(converter=_to_actions)

    @classmethod
    def of(cls, actions: Actions) -> StoredActions:
        """Write actions."""
        return cls(tuple(actions))

    def restored(self) -> Actions:
        """Read the actions."""
        return Actions(self.actions)

    def __repr__(self) -> str:
        """Give their number: the rest is personal."""
        return f"<StoredActions: {len(self.actions)}>"
