"""structlog, set up once; refuses to log anything that could be the text of an item (R13)."""

import logging
import sys
from traceback import extract_tb
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

_FORBIDDEN = frozenset({"text", "title", "body", "extract", "words", "raw", "message", "token", "password", "line"})


class TextInLog(Exception):
    """A line of the program tried to log a text field: a fault in the program, never in the data."""


def refuse_text(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Lets ids, codes, counts and names of files through; raises TextInLog for a text field."""
    if found := _FORBIDDEN & event.keys():
        raise TextInLog(", ".join(sorted(found)))
    return event


def safe_traceback(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Types and places of an error, never its message: a library may quote there what it was reading (R13)."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found
    lines = []
    while isinstance(error, BaseException):
        lines.append(type(error).__qualname__)
        lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in extract_tb(error.__traceback__)]
        error = error.__cause__ or error.__context__
    if lines:
        event["exception"] = "\n".join(lines)
    return event


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Logs to `stream` (standard error): readable on a terminal, JSON lines elsewhere."""
    out = stream or sys.stderr
    renderer = structlog.dev.ConsoleRenderer() if out.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            refuse_text,
            safe_traceback,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    # Libraries log through the standard library; their debug lines may hold what they fetched.
    logging.basicConfig(stream=out, level=logging.WARNING, force=True)


log: structlog.stdlib.BoundLogger = structlog.get_logger()
