"""structlog, set up once; refuses to log anything that could be the text of an item, and masks what slips in (R13)."""

import logging
import re
import sys
import threading
from collections.abc import Iterable
from datetime import date
from enum import Enum
from inspect import currentframe
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_FORBIDDEN = frozenset({"text", "title", "body", "extract", "words", "raw", "message", "token", "password", "line"})
SECRET, PERSONAL = "[geheim]", "[persoonsgegeven]"
UNTOLD = "(woorden weggelaten)"
"""Instead of the line of a library that put together its words while it ran: it may quote what it was reading."""

_SECRETS = re.compile(
    r"(?<=://)[^/\s@]+(?=@)"  # user and password in an address
    r"|(?<=\?)[^\s\"'<>]*=[^\s\"'<>]*"  # what stands behind the question mark: keys, and questions of people
    r"|\bxox[a-z]-[\w-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*"
    r"|(?:(?<=bearer )|(?<=basic ))[\w.~+/=-]{8,}"
    r"|(?:(?<=token=)|(?<=token: )|(?<=key=)|(?<=secret=)|(?<=password=)|(?<=wachtwoord=))[^\s&,;\"']+",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@])@[A-Za-z_]\w{2,}"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
    r"|(?<![\w+.])(?:\+31|0031|\(?0)[ .-]?(?:\(0\)[ .-]?)?[1-9](?:[ .)-]{0,2}\d){8}(?![\w.])"
)
_PLATE = re.compile(r"(?<![\w-])[\dA-Z]{1,3}-[\dA-Z]{2,3}-[\dA-Z]{1,3}(?![\w-])")
_NINE = re.compile(r"(?<![\w.-])\d{9}(?![\w-])")
_ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


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


def masked(text: str) -> str:
    """`text` without secrets and personal data that can be told by their shape; a name cannot."""
    text = _PERSONAL.sub(PERSONAL, _SECRETS.sub(SECRET, text))
    text = _PLATE.sub(lambda found: PERSONAL if _is_plate(found[0]) else found[0], text)
    return _NINE.sub(lambda found: PERSONAL if _is_citizen(found[0]) else found[0], text)


def _is_plate(found: str) -> bool:
    """Six signs, letters and digits both: a date has no letters."""
    signs = found.replace("-", "")
    return len(signs) == 6 and not signs.isdigit() and not signs.isalpha()  # noqa: PLR2004  # the six signs of a plate


def _is_citizen(number: str) -> bool:
    """The test of eleven that every BSN passes."""
    return sum(int(digit) * weight for digit, weight in zip(number, _ELEVEN, strict=True)) % 11 == 0


def mask_values(secrets: Iterable[str] = ()) -> Processor:
    """A processor that masks every value, however deep, and `secrets` wherever they stand.

    Of an object that is no plain value only the type is told: nobody knows what its repr says.
    """
    known = sorted({secret for secret in secrets if secret}, key=len, reverse=True)

    def plain(value: object) -> object:
        match value:
            case str() | Path():
                text = str(value)
                for secret in known:
                    text = text.replace(secret, SECRET)
                return masked(text)
            case None | bool() | int() | float():
                return value
            case Enum():
                return plain(value.value)
            case date():
                return value.isoformat()
            case dict():
                return {str(plain(str(key))): plain(inner) for key, inner in value.items()}
            case list() | tuple() | set() | frozenset():
                return [plain(inner) for inner in value]
        return f"<{type(value).__qualname__}>"

    def mask(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: plain(value) for key, value in event.items()}

    return mask


class _Libraries(logging.Handler):
    """What libraries log, on the same road: words as they stand in their source, without what fills them in."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        said = record.msg if _is_written(record) else UNTOLD
        at = f"{record.module}:{record.lineno}"
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)
        log.log(level, said, logger=record.name, at=at, exc_info=error)


def _is_written(record: logging.LogRecord) -> bool:
    """Whether the line is a constant of the function that logs it, and not one that was put together."""
    frame = currentframe()
    while frame is not None:
        code = frame.f_code
        if (code.co_filename, code.co_name) == (record.pathname, record.funcName) and record.msg in code.co_consts:
            return True
        frame = frame.f_back
    return False


def set_up(level: str = "INFO", stream: TextIO | None = None, *, secrets: Iterable[str] = ()) -> None:
    """Logs to `stream` (standard error): readable on a terminal, JSON lines elsewhere; `secrets` are never told."""
    out = stream or sys.stderr
    renderer = structlog.dev.ConsoleRenderer() if out.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            refuse_text,
            safe_traceback,
            mask_values(secrets),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    # Libraries log through the standard library; their debug lines may hold what they fetched.
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


def hush_faults() -> None:
    """A fault that nobody catches is logged by type and place, and no crash of the process leaves its memory on disk.

    Python itself would print its message, and the system may keep a dump of the memory, raw texts and all (R13).
    """
    set_up()
    logging.captureWarnings(capture=True)
    sys.excepthook = _last_words
    threading.excepthook = lambda fault: _last_words(fault.exc_type, fault.exc_value, fault.exc_traceback)
    sys.unraisablehook = lambda fault: _last_words(fault.exc_type, fault.exc_value, fault.exc_traceback)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _last_words(_kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None) -> None:
    log.critical("fault", exc_info=error)


log: structlog.stdlib.BoundLogger = structlog.get_logger()
