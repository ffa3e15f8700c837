"""Which classes a name may stand for.

The registry is the public face itself, the table of names that a release promises. It is looked at when a
name is read from data or written, by ``sys.modules``: whoever imports a module of a package has imported the
package, so nothing is imported here that lies above. A registry that the layers above fill would be a second
list of the same names, and one that has the classes alone which happen to be loaded would depend on what a
program did before. A class that is neither public nor beside its public base cannot be made from data.
"""

from __future__ import annotations

import abc
import inspect
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["class_below", "is_abstract", "names_below", "public_class"]


def public_class(name: str) -> type | None:
    """Give a class of the public face, whose module loads when it is asked for."""
    face = sys.modules[__name__.partition(".")[0]]
    found: Any = getattr(face, name) if name in face.__all__ else None
    return found if isinstance(found, type) else None


def is_abstract(kind: type) -> bool:
    """Tell whether a class has no values of its own."""
    return inspect.isabstract(kind) or abc.ABC in kind.__bases__


def class_below(base: type, name: str) -> type | None:
    """Give a class with values that is derived from another, which is public or beside its base."""
    found: Any = public_class(name) or vars(sys.modules[base.__module__]).get(name)
    is_below = isinstance(found, type) and issubclass(found, base) and not is_abstract(found)
    return found if is_below else None


def names_below(base: type) -> Iterable[str]:
    """Give the names of all such classes, sorted; every public module is loaded for it."""
    face = sys.modules[__name__.partition(".")[0]]
    names = {*face.__all__, *vars(sys.modules[base.__module__])}
    return sorted(name for name in names if class_below(base, name) is not None)
