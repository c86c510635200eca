"""Properties that are found when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class found_once(Generic[T]):  # noqa: N801 - a decorator
    """As `functools.cached_property`, without the lock that it takes up to Python 3.11: no sentence is read by two threads."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find, self.__doc__ = find, find.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> found_once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> T | found_once[T]:
        if instance is None:
            return self
        found = instance.__dict__[self._find.__name__] = self._find(instance)
        return found
