"""python -m tests.benchmarks.hammer PORT CONNECTIONS SECONDS PATH [COOKIE]: a light load client.

Plain sockets and one selector in a process of its own, so that it costs little beside the server
on the same machine; it says how much. Each connection asks again as soon as it is answered.
"""

import json
import re
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ROOM = 1 << 20


@dataclass
class Line:
    """One connection and the answer that it waits for."""

    sock: socket.socket
    request: bytes
    asked_at: float = 0.0
    head: bytes = b""
    left: int = -1
    status: bytes = b""
    took: list[float] = field(default_factory=list)

    def ask(self) -> None:
        """Send the request; it fits into any socket's buffer."""
        self.asked_at, self.head, self.left = time.perf_counter(), b"", -1
        self.sock.sendall(self.request)

    def hear(self, room: memoryview) -> bool:
        """Read what has come; tell whether the answer is complete. Raises ConnectionError."""
        got = self.sock.recv_into(room)
        if not got:
            raise ConnectionError("the server closed the connection")
        if self.left < 0:
            self.head += bytes(room[:got])
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.status = self.head[9:12]
            told = LENGTH.search(self.head, 0, end + 2)
            self.left = (int(told[1]) if told else 0) - (len(self.head) - end - 4)
        else:
            self.left -= got
        if self.left:
            return False
        self.took.append(time.perf_counter() - self.asked_at)
        return True


def main(port: int, connections: int, seconds: float, path: str, cookie: str = "") -> None:
    """Ask for so long and print what was answered."""
    more = f"Cookie: {cookie}\r\n" if cookie else ""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{more}\r\n".encode()
    lines = [
        Line(socket.create_connection(("127.0.0.1", port), timeout=10), request)
        for _ in range(connections)
    ]
    spent, began = time.process_time(), time.perf_counter()
    statuses = run(lines, began + seconds)
    took = sorted(one for line in lines for one in line.took)
    lasted = time.perf_counter() - began
    found = {
        "answers": len(took),
        "seconds": lasted,
        "client_cpu_s": time.process_time() - spent,
        "median_s": took[len(took) // 2],
        "p99_s": took[int(len(took) * 0.99)],
        "statuses": statuses,
    }
    sys.stdout.write(json.dumps(found))


def run(lines: list[Line], until: float) -> dict[str, int]:
    """Keep every connection busy until then, and end when all are answered."""
    statuses: dict[str, int] = {}
    room = memoryview(bytearray(ROOM))
    watched = selectors.DefaultSelector()
    for one in lines:
        watched.register(one.sock, selectors.EVENT_READ, one)
        one.ask()
    busy = len(lines)
    while busy:
        for key, _events in watched.select():
            line: Line = key.data
            if not line.hear(room):
                continue
            status = line.status.decode()
            statuses[status] = statuses.get(status, 0) + 1
            if time.perf_counter() < until:
                line.ask()
            else:
                busy -= 1
    return statuses


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:6])
