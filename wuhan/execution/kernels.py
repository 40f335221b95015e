"""Kernels of one command: started with one fixed environment, ended together when it stops.

They start in the folder of the notebooks, as in JupyterLab and nbval: ``../data/gdp.csv`` is one file everywhere.

Three notebooks or more are worth a warm start: one server imports everything once and forks a kernel for each of them
(`warm`). Where there is none, or it has ended, a kernel starts cold; what a notebook shows is the same.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Self

# The kernel of this Python, whatever other kernels a user has installed under the same name.
COLD = (sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}")
PARTS = Path(__file__).parent / "warm"
WARM_FROM = 3  # notebooks; a warm start takes as long as two of them
WAITING = 1024  # clients of a server that still imports
QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # a debugger that is loaded says that it could miss breakpoints
# One thread per kernel (the kernels themselves run in parallel), and nothing that differs between machines.
FIXED = {
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "VECLIB_MAXIMUM_THREADS": "1",
}
# A user's own settings that would change what a notebook shows, or which packages it finds: all those of Python but
# where it keeps what it has compiled.
DROPPED = re.compile(r"MPLBACKEND|MATPLOTLIBRC|PYTHON(?!DONTWRITEBYTECODE$|PYCACHEPREFIX$).*")
ERROR = re.compile(r"(?:[\w.]+(?:Error|Exception|Interrupt)|Fatal Python error|Segmentation fault|.*: error)\b.*")


def environment(folder: Path, reads: Path | None = None, drawings: bool = False) -> dict[str, str]:
    """The environment of a kernel: temporary files go to ``folder``, names of files read to ``reads``, if any.

    ``drawings``: figures are drawn for pages, too.
    """
    values = {name: value for name, value in os.environ.items() if not DROPPED.fullmatch(name)}
    values |= FIXED | {"IPYTHONDIR": str(folder / "ipython"), "TMPDIR": str(folder), "WUHAN_READS": str(reads or "")}
    values |= {"WUHAN_DRAWINGS": "1" if drawings else ""}
    fonts = Path(sys.prefix) / "var" / "matplotlib"  # made by `make env`: no run searches for fonts
    if fonts.is_dir():
        values["MPLCONFIGDIR"] = str(fonts)
    return values


def finding(root: Path) -> dict[str, str]:
    """The variable by which a kernel finds the package of ``root``, also where the environment has none installed."""
    return {"PYTHONPATH": str(root)}


def last_words(folder: Path) -> str:
    """Why the kernel of ``folder`` ended, as its log says: the last line that names an error, else its last line."""
    log = folder / "kernel.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    lines = [line.strip() for line in lines if line.strip()]
    named = [line for line in lines if ERROR.match(line)]
    return (named or lines or [""])[-1]


def _log(folder: Path):
    return open(folder / "kernel.log", "wb")


class Warm:
    """The server of warm kernels of one command, and the command that a kernel is started with.

    It sees the code as it is when the server starts, and ends with this process, however that ends. ``lost`` is called
    with the reason, in another thread, when the server ends before `close`. Raises ``OSError`` when it cannot start.
    """

    def __init__(self, root: Path, lost: Callable[[str], None]):
        self._lost = lost
        self._closed = False
        self._begun = threading.Event()
        self.folder = Path(tempfile.mkdtemp(prefix="wuhan-"))
        path = self.folder / "door"
        self.command = (sys.executable, "-IS", str(PARTS / "launch.py"), str(path), "-f", "{connection_file}")
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door, _log(self.folder) as log:
                door.bind(str(path))
                door.listen(WAITING)
                self._process = subprocess.Popen(
                    [sys.executable, str(PARTS / "server.py"), str(door.fileno())],
                    cwd=root / "notebooks",
                    env=environment(self.folder) | QUIET | finding(root),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    pass_fds=[door.fileno()],
                    start_new_session=True,
                )
        except OSError:
            shutil.rmtree(self.folder)
            raise
        threading.Thread(target=self._watch, args=[self._process.stdout], daemon=True).start()

    def ready(self) -> bool:
        """Wait until the server can fork; False when it has ended."""
        self._begun.wait()
        return self._process.poll() is None

    def _watch(self, told: IO[bytes]) -> None:
        told.read(1)  # the server writes when it is ready; nothing comes when it has ended
        self._begun.set()
        code = self._process.wait()
        if not self._closed:
            killed = f"their server was ended by {signal.Signals(-code).name}" if code < 0 else ""
            self._lost(killed or last_words(self.folder) or f"their server ended with code {code}")

    def close(self) -> None:
        """End the server with all its kernels; nothing of them is left."""
        self._closed = True
        with self._process as server:  # whose pipes are closed behind the block
            server.terminate()
            server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _say_cold(reason: str) -> None:
    print(f"kernels start cold: {reason}", file=sys.stderr, flush=True)


class Kernels:
    """All kernels of one command, in any number of runs. After ``kill``, which ends the block, none is alive.

    ``drawings``: their figures are drawn for pages, too.
    """

    def __init__(self, root: Path, drawings: bool = False):
        self.root, self.drawings = root, drawings
        self._warm: Warm | None = None
        self._processes: list[subprocess.Popen[bytes]] = []
        self._stopped = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.kill()

    def expect(self, notebooks: int) -> None:
        """Prepare for so many notebooks: start the server once there are enough, on a system that has what it needs."""
        if self._warm or notebooks < WARM_FROM or sys.platform != "linux":
            return
        try:
            self._warm = Warm(self.root, _say_cold)
        except OSError as error:
            _say_cold(str(error))

    @property
    def command(self) -> list[str]:
        """What a kernel is started with, as in a kernel spec, as soon as that can be done at once.

        A manager chooses the ports of a kernel before it starts it: while a kernel waited, another could take them.
        """
        return [*(self._warm.command if self._warm and self._warm.ready() else COLD)]

    def manager(self, folder: Path, values: dict[str, str]) -> type:
        """A kernel manager class for one notebook: connection file in ``folder``, environment ``values``."""
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager

        kernels = self

        class Manager(AsyncKernelManager):
            async def _async_pre_start_kernel(self, **kw):
                self._kernel_spec = KernelSpec(argv=kernels.command, display_name="Python 3", language="python")
                self.connection_file = str(folder / "kernel.json")
                place = {"cwd": str(kernels.root / "notebooks"), "env": values | finding(kernels.root)}
                return await super()._async_pre_start_kernel(**kw | place)

            async def _async_launch_kernel(self, kernel_cmd, **kw):
                with kernels._lock, _log(folder) as log:
                    if kernels._stopped:
                        raise RuntimeError("the run was stopped")
                    await super()._async_launch_kernel(kernel_cmd, **kw | {"stdout": log, "stderr": log})
                    kernels._processes.append(self.provisioner.process)

        return Manager

    def kill(self) -> None:
        """End every kernel with all its children, at once; none can start any more."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                if process.poll() is None:
                    try:
                        os.killpg(process.pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass
            if self._warm:
                self._warm.close()
