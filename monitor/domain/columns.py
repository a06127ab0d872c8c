"""Column types that mean the same on SQLite and on PostgreSQL."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import JSON, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

# Columns are all that most processes need of a table; pydantic checks a row when it is first asked to.
SQLModel.model_config["defer_build"] = True

# Named constraints: batch mode on SQLite cannot drop one without a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def last_day() -> Any:  # as of Field itself, so that a row can be made without it
    """The column `delete_after`: gone at the first purge after it (R37). The store fills it by the row in `TERMS`."""
    return Field(default=None, nullable=False)


Json = dict[str, Any] | list[Any] | str | int | float | bool | None


def to_json(value: object) -> Json:
    """A frozen dataclass, or a tuple of them, as plain JSON values; moments in ISO 8601 with offset."""
    match value:
        case Enum():
            return to_json(value.value)
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.isoformat()
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case tuple() | list() | frozenset():
            return [to_json(item) for item in value]
        case _ if is_dataclass(value):
            return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def from_json(kind: Any, value: Any) -> Any:  # one return per shape reads best
    """What `to_json` made, as `kind` again. A field that is absent gets its default."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if value is None and NoneType in args:
            return None
        return from_json(next(a for a in args if a is not NoneType), value)
    if origin is tuple:
        if args[-1] is Ellipsis:
            return tuple(from_json(args[0], item) for item in value)
        return tuple(from_json(arg, item) for arg, item in zip(args, value, strict=True))
    if origin is frozenset:
        return frozenset(from_json(args[0], item) for item in value)
    if origin is not None:
        return value
    if kind is datetime:
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{key: from_json(hints[key], item) for key, item in value.items() if key in hints})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def _json(dialect: Dialect, *, none_as_null: bool) -> TypeEngine[Any]:
    """JSONB on PostgreSQL, JSON elsewhere."""
    if dialect.name != "postgresql":
        return dialect.type_descriptor(JSON(none_as_null=none_as_null))
    # That dialect takes a twentieth of a second to load, which a start on SQLite need not wait for.
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

    return dialect.type_descriptor(JSONB(none_as_null=none_as_null))


class Plain(TypeDecorator[Any]):
    """A column that holds a list or dictionary of plain JSON values."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return _json(dialect, none_as_null=False)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self.impl_instance.coerce_compared_value(op, value)


class Frozen(TypeDecorator[Any]):
    """A column that holds one frozen dataclass (or a tuple of them) as JSON; None stays NULL."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Written as NULL where the value is None."""
        return _json(dialect, none_as_null=True)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Json:
        return None if value is None else to_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else from_json(self.kind, value)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self.impl_instance

    @property
    def python_type(self) -> type[Any]:
        return object


@cache
def coded(kind: type[StrEnum]) -> type[TypeDecorator[StrEnum]]:
    """The column type of a code: its Dutch value as text, so that a new code needs no change of schema."""

    class Coded(TypeDecorator[StrEnum]):
        impl = String(40)
        cache_ok = True

        def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
            return None if value is None else kind(value).value

        def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
            return None if value is None else kind(value)

    return Coded
