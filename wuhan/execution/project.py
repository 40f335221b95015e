"""Where the files of the collection are, and how a file or folder is replaced as a whole."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wuhan.text import notebooks
from wuhan.text.parameters import suggestion

ROOT = Path(__file__).resolve().parents[2]


class RequestError(Exception):
    """The request is wrong: one line per problem (exit code 2)."""


class DataFault(Exception):
    """The data are wrong: one line per fault (exit code 3)."""


class NotebookFault(Exception):
    """A notebook cannot be shown: one line (exit code 4)."""


class EnvironmentFault(Exception):
    """The machine is in the way: a lock, the disk, a right, a missing package (exit code 5)."""


def refuse(faults: Iterable[str]) -> None:
    """Raise ``RequestError`` with all ``faults`` of a request, one line each, if there are any."""
    if lines := [*faults]:
        raise RequestError("\n".join(lines))


@dataclass(frozen=True)
class Project:
    """The folders of one checkout."""

    root: Path = ROOT

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def figures(self) -> Path:
        return self.root / "figures"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def build(self) -> Path:
        return self.root / "build"

    def find(self, names: list[str] | None = None) -> list[Path]:
        """Notebooks by name or its beginning, "10" (all without names), in order of their file names.

        Raises ``RequestError`` for a name that is not there, and when there is no notebook at all.
        """
        known = {path.stem: path for path in notebooks.own(self.notebooks)}
        if not known:
            raise RequestError("notebooks/: no notebook found")
        wanted = [Path(name).stem for name in names or known]
        meant = {
            name: [name] if name in known else [each for each in known if each.startswith(f"{name}_")]
            for name in wanted
        }
        refuse(f'unknown notebook "{name}" — {suggestion(name, known)}' for name in wanted if not meant[name])
        return [known[name] for name in sorted(set().union(*meant.values()))]

    def strays(self) -> list[str]:
        """A line for each other notebook: it is left out."""
        return [
            f"notebooks/{path.name} is no part of the collection: "
            + ("name it like 51_your_question to add it" if path.is_file() else "it is a folder, not a notebook")
            for path in notebooks.others(self.notebooks)
        ]


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Give an error of the system that names no file, such as a full disk, the name of ``path``."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def remove(path: Path) -> None:
    """Remove whatever stands at ``path``, if anything: a file, a link (not what it leads to), a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink(missing_ok=True)


def publish(data: bytes, target: Path) -> bool:
    """Replace ``target`` by ``data`` in one step; False when it already holds these bytes.

    The new bytes reach the disk before the name changes: a kill at any moment leaves the old file or the new.
    """
    if read(target) == data:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    try:
        with naming(target), open(partial, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return True


def read(path: Path) -> bytes | None:
    """The bytes of a file; None when there is none that can be read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def keep(data: bytes, target: Path, build: Path) -> None:
    """`publish` inside ``build``, which is the program's own: whatever else stands in the way is removed."""
    ways = [each for each in target.parents if build in each.parents]
    # Another thread may make a folder of the way at any time: what does not exist stands in nobody's way.
    for each in reversed(ways):
        if os.path.lexists(each) and not each.is_dir():
            remove(each)
    if target.is_dir():
        remove(target)
    publish(data, target)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one system call where the system has one (Linux, macOS)."""
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            result = libc.renamex_np(os.fsencode(first), os.fsencode(second), 2)
        else:
            result = libc.renameat2(-100, os.fsencode(first), -100, os.fsencode(second), 2)
    except AttributeError:
        return False
    return result == 0


def publish_folder(new: Path, target: Path) -> None:
    """Put the folder ``new`` in the place of ``target``; the old one is removed afterwards.

    When ``target`` is a link the folder that it leads to is replaced, on whatever disk that is.
    """
    target = target.resolve() if target.is_symlink() else target
    target.parent.mkdir(parents=True, exist_ok=True)
    if new.stat().st_dev != target.parent.stat().st_dev:
        near = target.with_name(f".{target.name}.partial")
        remove(near)
        with naming(near):
            new = Path(shutil.copytree(new, near))
    if not target.exists():
        os.replace(new, target)
    elif _exchange(new, target):
        remove(new)
    else:
        old = new.with_name(new.name + ".old")
        os.replace(target, old)
        os.replace(new, target)
        remove(old)


def _lock(build: Path, output: str) -> IO[str]:
    """The open file that stands for an output; whatever else is in its place is removed."""
    folder = build / ".locks"
    if build.is_dir() and not folder.is_dir():
        remove(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{output}.lock"
    if path.is_dir():
        remove(path)
    return open(path, "w")


@contextmanager
def waiting(build: Path, output: str) -> Iterator[None]:
    """Hold the lock of an output in ``build`` for the time of the block, once nobody else has it."""
    with _lock(build, output) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def locks(project: Project, outputs: list[str]) -> Iterator[None]:
    """Hold one lock per output for the time of the block.

    Raises ``EnvironmentFault`` when another run has one. The system gives locks back when a process ends,
    however it ends.
    """
    with ExitStack() as held:
        for output in sorted(outputs):
            file = held.enter_context(_lock(project.build, output))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise
                raise EnvironmentFault(f"another run is writing {output} — wait until it ends") from None
        yield


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def tidy(project: Project) -> None:
    """Remove what runs that were killed left behind in ``build/``."""
    for left in project.build.glob(".run-*"):
        pid = left.name.split("-")[1]
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def scratch(project: Project) -> Iterator[Path]:
    """A temporary folder inside ``build/``; what runs that were killed left behind is removed first."""
    project.build.mkdir(parents=True, exist_ok=True)
    tidy(project)
    folder = Path(tempfile.mkdtemp(prefix=f".run-{os.getpid()}-", dir=project.build))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
