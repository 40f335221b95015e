"""The server of warm kernels: ``python server.py DOOR`` forks one for each client that connects.

DOOR is the number of a listening socket of the parent process. A byte on standard output says that everything is
imported; clients that connect before wait. A client is one kernel: it sends its arguments, folder and environment with
its standard streams, is told the process id of the kernel and, when that has ended, its exit code. A client
that goes away takes its kernel along. The end of standard input or of the parent process, or SIGTERM, ends all kernels
and the server, which removes the folder of the socket.

A kernel is a process of its own, which begins with a copy of the memory of this one: nothing that a notebook does can
reach another. What is prepared here must therefore be the same for every notebook, must not hide from a notebook's list
of files read what it depends on, and must leave no file open: kernels would share the place where they read.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import selectors
import shutil
import signal
import socket
import sys
import threading

# What a kernel imports while it starts, and the libraries that notebooks use, some of them inside functions.
KERNEL = (
    "IPython.core.completerlib",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "comm",
    "ipykernel.control",
    "ipykernel.debugger",
    "ipykernel.displayhook",
    "ipykernel.heartbeat",
    "ipykernel.iostream",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.shellchannel",
    "ipykernel.zmqshell",
    "matplotlib_inline.config",
    "tornado.platform.asyncio",
    "sqlite3",
)
LIBRARIES = (
    "PIL.PngImagePlugin",
    "babel.messages.pofile",
    "ipywidgets",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "seaborn",
)
NOT_FOR_NOTEBOOKS = ("wuhan.__main__", "wuhan.execution", "wuhan.text.fonts", "wuhan.site")
INLINE = "matplotlib_inline.backend_inline"
SIZE = 1 << 20  # of a request, in bytes
SELDOM = 100_000, 50, 50  # a notebook ends soon: to look for garbage in it as often as usual takes a tenth of its time
PATIENCE = 1.0  # seconds between looks at the parent process


def preload() -> dict[str, str]:
    """Import what notebooks import and read every table; the variables that this added to the environment.

    Raises ``RuntimeError`` where a fork would not be safe.
    """
    before = set(os.environ)
    os.environ["MPLBACKEND"] = f"module://{INLINE}"  # as a kernel does before any cell runs
    for name in KERNEL:
        importlib.import_module(name)
    from IPython.core.shellapp import InteractiveShellApp

    InteractiveShellApp().init_path()  # from here on a kernel finds modules in its folder, too
    for name in LIBRARIES:
        importlib.import_module(name)
    import wuhan

    for module in pkgutil.walk_packages(wuhan.__path__, "wuhan."):
        if not module.name.startswith(NOT_FOR_NOTEBOOKS):
            importlib.import_module(module.name)
    read_tables()
    as_in_a_kernel()
    if threading.active_count() > 1 or len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("a library started a thread, which no fork has")
    return {name: value for name, value in os.environ.items() if name not in before}


def read_tables() -> None:
    """Keep every table as it is parsed, and every catalogue of translations, of which a notebook notes each message.

    The caches of tables go by content, and a notebook still reads the files itself. No other cache of what is in a
    table may be filled: it would hide from a notebook's list what it depends on.
    """
    from wuhan.evidence import package
    from wuhan.text import language, parameters

    try:
        for code in language.LANGUAGES:
            language.catalogue(code)
        for name in package.tables():
            package.read(name)
        parameters.years_covered(package.DATA)
    except (package.DataError, OSError, ValueError):
        pass  # the notebook that reads the file says what is wrong with it


def as_in_a_kernel() -> None:
    """Undo what modules found because they were not imported in a kernel."""
    import pandas as pd

    pd.set_option("display.max_columns", 20)  # 0 in a terminal, which pandas takes for granted without IPython
    sys.modules.pop(INLINE, None)  # it looks for the kernel when it is imported
    sys.path.remove("")  # a kernel adds it once it has started


class Server:
    """Kernels by their process id, each with the connection of its client; ``door`` is where clients connect."""

    def __init__(self, door: socket.socket, parent: int):
        self.folder = os.path.dirname(door.getsockname())
        self.parent = parent
        self.clients: dict[int, socket.socket] = {}
        self.signals = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self.signals[1])
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, lambda number, frame: None)  # read from the pipe
        self.waiting = selectors.DefaultSelector()
        for source, react in ((door, self.welcome), (self.signals[0], self.hear), (0, self.hear)):
            self.waiting.register(source, selectors.EVENT_READ, react)

    def serve(self) -> dict | None:
        """Answer until the end, then None. In the process of a kernel this returns what was asked for."""
        try:
            while os.getppid() == self.parent:
                for key, _events in self.waiting.select(PATIENCE):
                    key.data(key.fileobj)
        except Fork as fork:
            return fork.request
        except EOFError:
            pass  # all is to end
        self.end()
        return None

    def welcome(self, door: socket.socket) -> None:
        self.waiting.register(door.accept()[0], selectors.EVENT_READ, self.answer)

    def answer(self, client: socket.socket) -> None:
        """Fork a kernel for a request; end the kernel of a client that is gone."""
        try:
            request, streams, _flags, _address = socket.recv_fds(client, SIZE, 3)
        except OSError:
            request, streams = b"", []
        if not request:
            return self.part(client)
        kernel = os.fork()
        if kernel == 0:
            self.leave(streams)
            raise Fork(json.loads(request))
        for stream in streams:
            os.close(stream)
        self.clients[kernel] = client
        tell(client, kernel)

    def part(self, client: socket.socket) -> None:
        self.waiting.unregister(client)
        client.close()
        for kernel in [kernel for kernel, other in self.clients.items() if other is client]:
            del self.clients[kernel]
            kill(kernel)

    def hear(self, source: int) -> None:
        """Act on signals and on the end of standard input. Raises ``EOFError`` when all is to end."""
        heard = os.read(source, SIZE)
        if not heard or signal.SIGTERM in heard:
            raise EOFError
        while self.reap(os.WNOHANG):
            pass

    def reap(self, options: int = 0) -> bool:
        """Tell the client of a kernel that ended how it ended; False when there is none."""
        try:
            kernel, status = os.waitpid(-1, options)
        except ChildProcessError:
            return False
        client = self.clients.pop(kernel, None)
        if client:
            code = os.waitstatus_to_exitcode(status)
            tell(client, code if code >= 0 else 128 - code)
            self.waiting.unregister(client)
            client.close()
        return kernel > 0

    def end(self) -> None:
        """End all kernels with their children, wait until they have ended, and leave nothing."""
        for kernel in self.clients:
            kill(kernel)
        while self.reap():
            pass
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self, streams: list[int]) -> None:
        """In the process of a kernel: give up what belongs to the server, take the client's standard streams."""
        os.setsid()
        signal.set_wakeup_fd(-1)
        for heard in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(heard, signal.SIG_DFL)
        waiting = [key.fileobj for key in self.waiting.get_map().values() if isinstance(key.fileobj, socket.socket)]
        self.waiting.close()
        for client in waiting:  # the door is among them
            client.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        for number in (*self.signals, *streams):
            os.close(number)


class Fork(Exception):
    """This is the process of a new kernel."""

    def __init__(self, request: dict):
        super().__init__(request)
        self.request = request


def tell(client: socket.socket, number: int) -> None:
    try:
        client.send(json.dumps(number).encode())
    except OSError:
        pass  # it is gone, which is read next


def kill(kernel: int) -> None:
    """End a kernel with its children; one that was forked just now leads no group yet."""
    try:
        os.killpg(kernel, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(kernel, signal.SIGKILL)  # it is not reaped yet, so no other process has its number


def be_kernel(request: dict, added: dict[str, str]) -> None:
    """Run the kernel that was asked for until it is shut down, as ``python -m ipykernel_launcher`` would."""
    import tempfile

    import ipykernel_launcher
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(added | request["environment"])
    os.chdir(request["folder"])
    sys.argv[:] = [ipykernel_launcher.__file__, *request["arguments"]]
    tempfile.tempdir = None  # the TMPDIR of this kernel
    gc.set_threshold(*SELDOM)
    np.random.seed()  # as in a new process; `random` does so by itself
    IPKernelApp.launch_instance([*sys.argv[1:], f"--IPKernelApp.parent_handle={os.getppid()}"])


def main(door: str) -> None:
    """Serve kernels; in the process of each, be it."""
    parent = os.getppid()
    del sys.path[0]  # the folder of this file
    added = preload()
    gc.collect()
    gc.freeze()  # a collection in a kernel leaves the memory shared
    try:
        os.write(1, b".")
    except BrokenPipeError:
        pass  # the parent process has ended, which is seen next
    request = Server(socket.socket(fileno=int(door)), parent).serve()
    if request:
        be_kernel(request, added)


if __name__ == "__main__":
    main(sys.argv[1])
