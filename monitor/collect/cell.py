"""A function and its arguments -> its result, worked out in a process that can be killed.

Libraries in pure Python hold the interpreter for seconds over a large or hostile answer, and no thread can be stopped.
A worker can: it has limits of time and memory, no network, and no file to write. Why it is ours: decision 0015.
"""

import asyncio
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from io import BufferedReader
from pathlib import Path
from threading import Lock
from typing import IO, NamedTuple, NoReturn, TypeVar, TypeVarTuple

import structlog
from structlog.typing import EventDict, Processor

from monitor.errors import MonitorError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

WORKERS = 2
TIME = 10.0
"""Seconds that one call may take, from the moment that its worker has it."""
START = 60.0
"""Seconds that a worker may take to come up: a second of work, on a machine that is busy."""
MEMORY = 512 * 1024 * 1024
"""Bytes that a worker may take above what it holds when it begins; on Linux only."""
CALLS = 200
"""After so many a worker is replaced, for what libraries leave behind in memory."""
IDLE = 60.0
"""Seconds without work, after which a worker goes and gives its memory back."""
ANSWER_AT_MOST, NOTES_AT_MOST = 64 * 1024 * 1024, 20
"""Bytes of one result, and lines of log that come with it."""

_GRACE = 5.0
_HEAD = struct.Struct(">Q")
_SERVE = "import runpy, sys; runpy.run_path(sys.argv[1])['serve']()"
"""This file alone: its package would bring the network and the database along, a second of work and 80 MB."""
_KEEP = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "PYTHONTZPATH", "PYTHONHOME")
"""The environment that a worker sees: no secret of TORENWACHT_* is among it."""
_LEVELS = frozenset({"debug", "info", "warning", "error", "critical"})
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "urllib.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

Note = tuple[str, str, dict[str, object]]
"""Level, event and fields of one line of log."""

log = structlog.get_logger(__name__)


class Overrun(Exception):
    """The call gave no result: its worker took too long, took too much memory, or died.

    `reason` is English and holds no word of the source.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fault(Overrun):
    """The function raised what it should not. Only the type is told: messages quote what was being read (R13)."""


class _Answer(NamedTuple):
    outcome: str
    """`result`, `error` (a MonitorError), `fault` (a type's name) or `ended` (a reason)."""
    value: object
    notes: tuple[Note, ...] = ()


def _received(pipe: IO[bytes]) -> bytes | None:
    """One message; None when the other side is gone. Raises OverflowError for one that is too large."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    if size > ANSWER_AT_MOST:
        raise OverflowError("message too large")
    found = pipe.read(size)
    return found if len(found) == size else None


class _Worker:
    """One process and its two pipes. Its calls block, so they run in a thread; `end` may come from any other."""

    def __init__(self, memory: int) -> None:
        self.calls = 0
        self.whole = False
        """The last exchange was finished: it waits for the next. Who asks, sets it to false."""
        self.since = 0.0
        self._memory = memory
        self.ended = False
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, *question: object) -> _Answer:
        """Hands over one question and waits for the answer; starts the process at the first."""
        packed = None
        try:
            process = self._started()
        except OSError as error:
            return _Answer("ended", f"no process to be had: {error.strerror}")
        if process is None or process.stdin is None or process.stdout is None:
            self.reap()
            return _Answer("ended", "closed")
        try:
            pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)  # a large body goes by without being copied
            process.stdin.flush()
            packed = _received(process.stdout)
        except (pickle.PicklingError, TypeError, AttributeError):  # half a question is no question
            self._given_up("")
            raise
        except OSError:  # the pipe broke: the process is gone
            pass
        except OverflowError:
            return self._given_up(f"gave more than {ANSWER_AT_MOST >> 20} MB")
        if packed is None:
            return _Answer("ended", self.reap())
        answer = _Answer(*pickle.loads(packed))  # noqa: S301  # from our own code in our own child: decision 0015
        if answer.value == "MemoryError" and answer.outcome == "fault":
            return self._given_up("took more memory than it may")
        self.calls, self.whole = self.calls + 1, True
        return answer

    def _given_up(self, reason: str) -> _Answer:
        self.end()
        self.reap()
        return _Answer("ended", reason)

    def _started(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._process is None and not self.ended:
                self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, with a constant text
                    [sys.executable, *_flags(), "-c", _SERVE, __file__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,  # a traceback may quote what was being read
                    env=_environment() | {"TORENWACHT_CELL_MEMORY": str(self._memory)},
                )
            return None if self.ended else self._process

    def alive(self) -> bool:
        """Its process is there to answer."""
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        """Kills the process, whatever it does; a thread that waits for it gets its answer at once."""
        with self._lock:
            self.ended = True
            if self._process is not None:
                self._process.kill()

    def reap(self) -> str:
        """Waits until the process is gone, so that nothing of it stays. How it ended."""
        process = self._process
        if process is None:
            return "never started"
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has nowhere to go
                    pipe.close()
        try:
            code = process.wait(_GRACE)
        except subprocess.TimeoutExpired:  # it closed its pipe, and lives
            process.kill()
            code = process.wait()
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _flags() -> list[str]:
    """No folder of its own on the path, no user's packages, nothing written; and ours where compiled code stands."""
    flags = ["-P", "-s", "-B"]
    return flags if sys.pycache_prefix is None else [*flags, "-X", f"pycache_prefix={sys.pycache_prefix}"]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEEP if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}


class Cell:
    """Runs functions in at most `workers` processes, first come, first served. Made by `open_cell`."""

    def __init__(self, *, workers: int, memory: int, idle: float) -> None:
        self._workers, self._memory, self._idle_for = workers, memory, idle
        self._turns = asyncio.Semaphore(workers)
        self._threads = ThreadPoolExecutor(workers + 1, thread_name_prefix="cell")
        self._busy: set[_Worker] = set()
        self._idle: list[_Worker] = []
        """The one that worked last stands last, and is asked first: the others may go."""
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    async def __call__(self, function: Callable[[*Ts], T], *args: *Ts, limit: float = TIME) -> T:
        """`function(*args)`, worked out elsewhere, in `limit` seconds; waiting for a turn and starting do not count.

        The function stands at the top of a module that can be imported; it, its arguments and its result can be
        pickled. Lines that it logs are logged here. Raises what the function raised when that is a MonitorError, Fault
        when it is anything else, Overrun when there is no result. Cancelling the call kills its worker.
        """
        async with self._turns:
            if self._closed:
                raise Overrun("closed")
            worker = self._next()
            self._busy.add(worker)
            try:
                answer = _Answer("result", None)
                if not worker.calls:
                    answer = await self._within(START, worker, function)
                if answer.outcome == "result":
                    answer = await self._within(limit, worker, function, args, limit)
            finally:
                self._busy.discard(worker)
                self._put_back(worker)
        for level, event, fields in answer.notes:
            if level in _LEVELS:
                getattr(log, level)(event, **fields)
        match answer.outcome, answer.value:
            case "error", MonitorError() as error:
                raise error
            case "fault", str(name):
                raise Fault(f"raised {name}")
            case "ended", str(reason):
                raise Overrun(reason)
        return answer.value  # type: ignore[return-value]  # what the function gave, by way of a pickle

    def _next(self) -> _Worker:
        """An idle worker or a new one. That one died while it was idle, for want of memory, is no fault of a call."""
        while self._idle:
            worker = self._idle.pop()
            if worker.alive():
                return worker
            self._retire(worker)
        return _Worker(self._memory)

    async def _within(self, limit: float, worker: _Worker, *question: object) -> _Answer:
        worker.whole = False  # here, not in the thread: a call may be cancelled before that begins
        asked = asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, *question)
        done, _ = await asyncio.wait({asked}, timeout=limit)
        if not done:
            worker.end()
            await asyncio.wait({asked})  # its pipe is closed: this takes no time
            return _Answer("ended", f"took longer than {limit:g} s")
        return asked.result()

    def _put_back(self, worker: _Worker) -> None:
        if not worker.whole or worker.ended or worker.calls > CALLS or self._closed:
            self._retire(worker)
        else:
            worker.since = asyncio.get_running_loop().time()
            self._idle.append(worker)
            self._watch()

    def _retire(self, worker: _Worker) -> None:
        worker.end()
        self._threads.submit(worker.reap)

    def _watch(self) -> None:
        """Sees to it that the worker that is idle for longest goes in time."""
        if self._timer is None and self._idle:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(self._idle[0].since + self._idle_for, self._let_go)

    def _let_go(self) -> None:
        self._timer = None
        now = asyncio.get_running_loop().time()
        while self._idle and self._idle[0].since + self._idle_for <= now:
            self._retire(self._idle.pop(0))
        self._watch()

    async def close(self) -> None:
        """Ends every worker; calls that still wait get Overrun. Nothing remains."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        while self._idle:
            self._retire(self._idle.pop())
        for worker in self._busy:
            worker.end()
        for _ in range(self._workers):  # when all turns are ours, no call is under way
            await self._turns.acquire()
        for _ in range(self._workers):  # who calls still, hears that it is closed
            self._turns.release()
        await asyncio.to_thread(self._threads.shutdown)


@asynccontextmanager
async def open_cell(*, workers: int = WORKERS, memory: int = MEMORY, idle: float = IDLE) -> AsyncIterator[Cell]:
    """A cell, closed when the block ends. It starts no process before the first call."""
    cell = Cell(workers=workers, memory=memory, idle=idle)
    try:
        yield cell
    finally:
        await cell.close()


def serve() -> None:
    """The life of a worker, as is all below: a question in, an answer out, until the pipe closes."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # a stray print must not come between the answers
        os.dup2(nowhere, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # no handler of Python's: it would wait for the interpreter
    notes: list[Note] = []
    structlog.configure(processors=[_noted(notes)], wrapper_class=structlog.make_filtering_bound_logger(0))
    memory = int(os.environ.pop("TORENWACHT_CELL_MEMORY", "0"))
    answer: _Answer | None = _met(questions)
    _confine(memory)
    while answer is not None:
        packed = _packed(answer._replace(notes=tuple(notes)))
        answers.write(_HEAD.pack(len(packed)) + packed)
        answers.flush()
        notes.clear()
        answer = _answered(questions)


def _met(questions: BufferedReader) -> _Answer:
    """The first question only names the function: what that imports counts for no limit."""
    try:
        pickle.load(questions)  # noqa: S301  # from the parent
    except (ImportError, AttributeError) as error:
        return _Answer("fault", type(error).__name__)
    return _Answer("result", None)


def _answered(questions: BufferedReader) -> _Answer | None:
    """None when the parent is gone."""
    if not questions.peek(1):
        return None
    try:
        function, args, limit = pickle.load(questions)  # noqa: S301  # from the parent
        _alarm(limit + _GRACE)
        return _Answer("result", function(*args))
    except MonitorError as error:
        error.__traceback__ = None
        return _Answer("error", error)
    except Exception as error:  # noqa: BLE001  # libraries raise what they like on rubbish; the caller gets the type
        return _Answer("fault", type(error).__name__)
    finally:
        _alarm(0)


def _packed(answer: _Answer) -> bytes:
    try:
        return pickle.dumps(tuple(answer), pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        return pickle.dumps(("fault", type(error).__name__))


def _noted(notes: list[Note]) -> Processor:
    """A processor of structlog that keeps the line for the parent."""

    def keep(_logger: object, level: str, line: EventDict) -> NoReturn:
        event = str(line.pop("event", ""))
        if len(notes) < NOTES_AT_MOST:
            notes.append((level, event, {n: v for n, v in line.items() if isinstance(v, str | int | float)}))
        raise structlog.DropEvent

    return keep


def _alarm(seconds: float) -> None:
    """The kernel ends this process after so long, also when its parent is no longer there to do it."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _confine(memory: int) -> None:
    """Takes away what reading a text needs not: memory without end, files, processes, the network."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        if sys.platform == "linux" and memory:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            bound = pages * resource.getpagesize() + memory
            resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """No wall against code that means harm, but no parser gets past it by accident: an external entity, a cache."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open" and isinstance(args[-1], int) and args[-1] & _WRITING:
        raise PermissionError(event)
