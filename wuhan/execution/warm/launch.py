"""The command of a warm kernel: ``python -IS launch.py SOCKET -f CONNECTION_FILE …``.

It asks the server behind SOCKET for a kernel, passes signals on to it and ends with its exit code. When this process
ends before, the server ends the kernel; when the server ends before, this process does. Where no server answers, the
kernel starts cold in the place of this process. Only a few modules of the standard library are imported: this runs
once for each notebook.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys

SIZE = 1 << 12  # of an answer, in bytes


def main(path: str, *arguments: str) -> int:
    """Ask for a kernel with ``arguments`` and wait until it ends; its exit code."""
    parent = os.getppid()
    server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        server.connect(path)
        request = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
        socket.send_fds(server, [json.dumps(request).encode()], [0, 1, 2])
        answer = server.recv(SIZE)
    except OSError:  # it has ended, or the environment is larger than a message may be
        answer = b""
    if os.getppid() != parent:
        return 1  # nobody is left to talk to a kernel
    if not answer:
        os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *arguments])
    return follow(server, json.loads(answer))


def follow(server: socket.socket, kernel: int) -> int:
    """Pass signals on to the process group ``kernel`` until the server tells its exit code."""

    def end(number: int) -> None:
        try:
            os.killpg(kernel, number)
        except ProcessLookupError:
            pass

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: end(number))
    try:
        ended = server.recv(SIZE)
    except OSError:
        ended = b""
    if not ended:
        end(signal.SIGKILL)
    return json.loads(ended) if ended else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
