"""
One process beside this one, in which PDFs and workbooks are unpacked with bounded memory and time.

A few hundred bytes may unfold to gigabytes within PDFium or within the library that reads workbooks, and these end the
process in which they run out of memory: nothing could be caught. So where ``Bounds.isolate`` asks for it, they run in a
worker. It is started when the first such file comes, serves one file after another, and is replaced when a file ends
it or leaves it large. What it sends back was held to the bounds first.

The worker limits what a file can cost. It is no sandbox: what breaks into a library in it has the rights of its user.
Memory is limited where the system can do so (``RLIMIT_AS``, on Linux); elsewhere only time is.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle  # between two processes of one program
import sys
import threading
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, TypeVar

from lgsco._text import number_of
from lgsco._values import evolve
from lgsco.errors import LgscoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lgsco.readers.bounds import Bounds

ReadT = TypeVar("ReadT")

# The modules are looked for where this process looks for them, and nowhere else.
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from lgsco.readers.worker import serve; serve()"
_SPENT = 2
"""A worker that keeps more than this part of its memory is replaced, so that every file finds enough."""
_SIZE = "/proc/self/statm"
"""Where Linux says how many pages of memory a process has."""
_lock = threading.Lock()


class _Worker:
    """A process that is asked to read, and answers or dies."""

    current: _Worker | None = None

    def __init__(self) -> None:
        pipe: Any = import_module("subprocess")
        self._process = pipe.Popen(
            [sys.executable or "", "-c", _PROGRAM, *sys.path], stdin=pipe.PIPE, stdout=pipe.PIPE, stderr=pipe.DEVNULL
        )
        self._owner = os.getpid()
        self._is_late = False

    @property
    def is_ours(self) -> bool:
        """Whether this process started it, and is no fork of the one that did."""
        return self._owner == os.getpid()

    @property
    def is_dead(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def ask(self, request: bytes, seconds: int) -> tuple[bool, Any]:
        """
        Send a request and wait for its answer: whether something was read, and what was or the error.

        Raises:
            TimeoutError: it took too long. The worker is ended.
            EOFError: the worker ended without an answer.
        """
        timer = threading.Timer(seconds, self._stop)
        timer.start()
        is_spent = True
        try:
            self._process.stdin.write(request)
            self._process.stdin.flush()
            was_read, answer, is_spent = pickle.load(self._process.stdout)  # noqa: S301  # what our own process wrote
        except (OSError, EOFError, pickle.UnpicklingError):
            raise TimeoutError if self._is_late else EOFError from None
        finally:
            timer.cancel()
            # Also where something else came between, so that nobody takes this answer for that of the next file.
            if is_spent or self._is_late:
                self.end()
        return was_read, answer

    def _stop(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self) -> None:
        """End the process, and close what leads to it."""
        _Worker.current = None
        with self._process, contextlib.suppress(OSError):
            self._process.kill()
            self._process.stdin.close()


def _ready() -> _Worker:
    """Return the worker of this process, started where none is alive."""
    if _Worker.current is not None and _Worker.current.is_ours and _Worker.current.is_dead:
        _Worker.current.end()
    if _Worker.current is None or not _Worker.current.is_ours:
        _Worker.current = _Worker()
    return _Worker.current


@atexit.register
def _end() -> None:
    if _Worker.current is not None and _Worker.current.is_ours:
        _Worker.current.end()


def in_worker(
    read: Callable[..., ReadT], source: bytes, bounds: Bounds, *more: object, refuse: Callable[[str], LgscoError]
) -> ReadT:
    """
    Call a function of a module with bytes, bounds and more, in the worker.

    Args:
        read: the function, which is called with bounds that do not isolate.
        source: the bytes of a file.
        bounds: have the memory and the time that it may take.
        more: what else it takes.
        refuse: makes the error of a file that ends the worker, from the reason.

    Returns:
        What the function returns.

    Raises:
        LgscoError: what the function raises, or the error of a file that took more memory or time than allowed.
    """
    request = pickle.dumps((read, (source, evolve(bounds, isolate=False), *more), bounds.worker_bytes))
    with _lock:
        try:
            was_read, answer = _ready().ask(request, bounds.worker_seconds)
        except TimeoutError:
            raise refuse(f"takes longer to read than {number_of(bounds.worker_seconds, 'second')}") from None
        except EOFError:
            needs = f"needs more than {bounds.worker_bytes:,} bytes of memory to read"
            raise refuse(f"{needs}, or is damaged so that the reading of it ended without an answer") from None
        except OSError as error:
            raise refuse(f"cannot be read, since no process could be started for it: {error.strerror}") from None
    if was_read:
        result: ReadT = answer
        return result
    raise answer


# --- In the worker


def serve() -> None:
    """Answer requests from standard input on standard output until there are no more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints is no answer.
    os.dup2(2, 1)
    with contextlib.suppress(EOFError):
        while True:
            _answer(requests, answers)


def _answer(requests: IO[bytes], answers: IO[bytes]) -> None:
    read, arguments, memory = pickle.load(requests)  # noqa: S301  # what our own process wrote
    limited = _limit(memory)
    try:
        answer = True, read(*arguments)
    except LgscoError as error:
        answer = False, error
    pickle.dump((*answer, limited and _size() > memory // _SPENT), answers)
    answers.flush()


def _limit(memory: int) -> bool:
    """Limit the memory of this process; return whether that can be done here."""
    if not sys.platform.startswith("linux"):
        return False
    system = import_module("resource")
    _, hard = system.getrlimit(system.RLIMIT_AS)
    system.setrlimit(system.RLIMIT_AS, (memory if hard == system.RLIM_INFINITY else min(memory, hard), hard))
    return True


def _size() -> int:
    with open(_SIZE, encoding="ascii") as pages:  # noqa: PTH123  # of this process, and no file of a user's
        return int(pages.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
