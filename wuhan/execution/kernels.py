"""Kernels of one run: started with one fixed environment in the root folder, ended together when it stops."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

# The kernel of this Python, whatever other kernels a user has installed under the same name.
SPEC = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    display_name="Python 3 (ipykernel)",
    language="python",
)
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


def environment(folder: Path, reads: Path) -> dict[str, str]:
    """The environment of a kernel: temporary files go to ``folder``, names of files read to ``reads``."""
    values = {name: value for name, value in os.environ.items() if not DROPPED.fullmatch(name)}
    values |= FIXED | {
        "IPYTHONDIR": str(folder / "ipython"),
        "TMPDIR": str(folder),
        "WUHAN_READS": str(reads),
    }
    fonts = Path(sys.prefix) / "var" / "matplotlib"  # made by `make env`: no run searches for fonts
    if fonts.is_dir():
        values["MPLCONFIGDIR"] = str(fonts)
    return values


def last_words(folder: Path) -> str:
    """Why the kernel of ``folder`` ended, as its log says: the last line that names an error, else its last line."""
    log = folder / "kernel.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    lines = [line.strip() for line in lines if line.strip()]
    named = [line for line in lines if ERROR.match(line)]
    return (named or lines or [""])[-1]


def _log(folder: Path):
    return open(folder / "kernel.log", "wb")


class Kernels:
    """All kernels of one run. After ``kill`` none is alive and none can start."""

    def __init__(self, root: Path):
        self.root = root
        self._processes = []
        self._stopped = False
        self._lock = threading.Lock()

    def manager(self, folder: Path, values: dict[str, str]) -> type[AsyncKernelManager]:
        """A kernel manager class for one notebook: connection file in ``folder``, environment ``values``."""
        kernels = self

        class Manager(AsyncKernelManager):
            async def _async_pre_start_kernel(self, **kw):
                self._kernel_spec = SPEC
                self.connection_file = str(folder / "kernel.json")
                return await super()._async_pre_start_kernel(**kw | {"cwd": str(kernels.root), "env": values})

            async def _async_launch_kernel(self, kernel_cmd, **kw):
                with kernels._lock, _log(folder) as log:
                    if kernels._stopped:
                        raise RuntimeError("the run was stopped")
                    await super()._async_launch_kernel(kernel_cmd, **kw | {"stdout": log, "stderr": log})
                    kernels._processes.append(self.provisioner.process)

        return Manager

    def kill(self) -> None:
        """End every kernel with all its children, at once."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                if process.poll() is None:
                    try:
                        os.killpg(process.pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass
