"""The child's side of `workers`, and the frames that go between: pickles in which Arrow tables are files."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import itertools
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

import pyarrow as pa

from auditor import interrupts
from auditor.documents.errors import WorkerDied, WorkerFailed
from auditor.errors import AuditorError
from auditor.excluded_imports import without_pandas

MEMORY_SLACK = 1 << 30  # the system's own limit on data lies so far above the bound that the parent watches
_BY_FILE = 64 * 1024  # tables of at least so many bytes travel as files
# Columns come and go: fetching huge pages for them costs a virtual machine more than they save. numpy and pyarrow look
# at this when they are loaded.
ENVIRONMENT = {"NUMPY_MADVISE_HUGEPAGE": "0", "MIMALLOC_ALLOW_THP": "0"}
_AT_EASE = 256 << 20  # bytes resident that a worker may keep for its next item
_GARBAGE = 50_000  # new objects after which the collector looks for cycles
NO_MORE = b""  # the frame after the last item of a set; no pickle is empty
_PRELOAD = ("numpy", "pyarrow.compute", "lxml.html", "python_calamine")

Ready = tuple[str, str]  # a module, and the name of a function in it without arguments

T = TypeVar("T")
R = TypeVar("R")


# --- frames --------------------------------------------------------------------------------------------------------


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Length and bytes. Raises OSError if nobody reads."""
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame; None at the end of the stream, also where it breaks off."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    length: int = struct.unpack("<Q", head)[0]
    data = stream.read(length)
    return data if len(data) == length else None


def pack(value: Any, folder: Path, name: str) -> bytes:
    """A pickle in which larger Arrow tables are files `NAME-1`, `NAME-2`, ... of the folder."""
    buffer = io.BytesIO()
    _Pickler(buffer, folder, name).dump(value)
    return buffer.getvalue()


def unpack(data: bytes) -> Any:
    """What `pack` packed. Its files are mapped into memory and removed."""
    return _Unpickler(io.BytesIO(data)).load()


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, folder: Path, name: str) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self._folder, self._name, self._numbers = folder, name, itertools.count(1)

    def persistent_id(self, value: Any) -> str | None:
        if not isinstance(value, pa.Table) or value.nbytes < _BY_FILE:
            return None
        path = self._folder / f"{self._name}-{next(self._numbers)}"
        with pa.OSFile(_for_arrow(str(path)), "wb") as sink, pa.ipc.new_file(sink, value.schema) as writer:
            writer.write_table(value)
        return str(path)


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, path: str) -> pa.Table:
        # A mapped file may be removed at once on POSIX; Windows keeps it, so there it is read into memory instead.
        source = pa.OSFile(path, "rb") if os.name == "nt" else pa.memory_map(_for_arrow(path), "rb")
        with source, pa.ipc.open_file(source) as reader:
            table = reader.read_all()
        os.unlink(path)  # noqa: PTH108 - a plain name from the frame
        return table


def _for_arrow(path: str) -> str | bytes:
    """Arrow takes text as UTF-8, and a temporary folder may be called anything."""
    return path if os.name == "nt" else os.fsencode(path)


# --- the child -----------------------------------------------------------------------------------------------------


def serve(ready: Ready | None = None) -> None:
    """Make ready, then answer items from standard input until it ends: what a child interpreter runs.

    Whatever a library prints must not get into the answers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends its workers
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    without_pandas()
    make_ready(ready)  # one that was started ahead of time does this while nothing is asked of it yet
    answer(sys.stdin.buffer, answers)


def make_ready(ready: Ready | None) -> None:
    """Import what the readers import when they are first needed, and call `ready`, which does the same for a caller."""
    for name in _PRELOAD:
        __import__(name)
    if ready is not None:
        getattr(import_module(ready[0]), ready[1])()


def answer(items: IO[bytes], answers: IO[bytes]) -> None:
    """Answer what is asked, one set of items after another, until nobody asks any more. The process is a worker's own
    and does nothing else."""
    while (start := read_frame(items)) is not None:
        function, folder, memory = pickle.loads(start)
        limit_memory(memory)
        # what stands after the imports stays; looking through it for cycles at every turn costs a tenth of the reading
        gc.freeze()
        gc.set_threshold(_GARBAGE)
        write_frame(answers, b"ready")
        _answer_set(function, folder, items, answers)


def _answer_set(function: Callable[[Any], Any], folder: str, items: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the items of one set, which ends with a frame that is `NO_MORE`."""
    for number in itertools.count(1):
        frame = read_frame(items)
        if frame is None or frame == NO_MORE:
            return
        # no name keeps the answer while the next item is waited for: it may be a table of hundreds of megabytes
        write_frame(answers, pack(call(function, unpack(frame)), Path(folder), f"{os.getpid()}-{number}"))
        if resident(os.getpid()) > _AT_EASE:
            give_back_memory()


def call(function: Callable[[T], R], item: T) -> tuple[R | None, AuditorError | None]:
    """The function's value or its error; whatever else it raises is a fault of the program, and costs this item."""
    try:
        return function(item), None
    except AuditorError as error:
        return None, error
    except MemoryError:
        return None, WorkerDied(reason="out of memory")
    except Exception as error:  # noqa: BLE001 - one document's fault must not end the run; it is reported with its trace
        interrupts.check()  # in the process of the user: what a signal broke is no fault of the document
        words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return None, WorkerFailed(None, _trace(error), reason=words)


def _trace(error: Exception) -> str:
    """The last calls without absolute paths, which must not get into a report."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def give_back_memory() -> None:
    """Return to the system what was freed: its allocators keep it else, and other workers lack it."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):  # a C library without it, such as musl
            ctypes.CDLL(None).malloc_trim(0)


def limit_memory(most: int) -> None:
    """A bound by the system on the data of this process, where it has one; the parent watches besides."""
    if os.name == "nt":
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    except (ValueError, OSError):
        return  # a lower bound is set already, or the system knows none: the parent's watch remains


def resident(process: int) -> int:
    """Bytes of memory in use by a process; 0 where the system does not say."""
    if sys.platform == "win32":
        return _resident_windows(process)
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0  # gone, or no /proc
    return pages * os.sysconf("SC_PAGE_SIZE")


def worked(process: int) -> float | None:
    """Seconds of processor time that a process has used; None where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError, AttributeError):
        return None  # gone, or no /proc


def _resident_windows(process: int) -> int:
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak", "working", "a", "b", "c", "d", "pagefile", "peakpagefile")),
        )

    windll: Any = vars(ctypes)["windll"]
    handle = windll.kernel32.OpenProcess(0x1000 | 0x0010, False, process)
    if not handle:
        return 0
    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    found = windll.psapi.GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    windll.kernel32.CloseHandle(handle)
    return int(counters.working) if found else 0
