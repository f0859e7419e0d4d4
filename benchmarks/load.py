"""Asking a server for pages as fast as it gives them, from a few processes with one connection each."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

Header = dict[str, str]


class Connection:
    """One kept connection; it reads answers that tell their length."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waiting = b""

    def ask(self, address: str, headers: Header | None = None) -> tuple[int, bytes, bytes]:
        """Status, head and body of one answer."""
        said = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{said}\r\n"
        self.socket.sendall(request.encode())
        head = self.until(b"\r\n\r\n")
        status = int(head[9:12])
        lowered = head.lower()
        if b"transfer-encoding: chunked" in lowered:
            return status, head, self.chunks()
        _before, found, after = lowered.partition(b"content-length:")
        length = int(after.split(b"\r\n", 1)[0]) if found and status != 304 else 0
        return status, head, self.exactly(length)

    def until(self, mark: bytes) -> bytes:
        """All that comes before the mark; the mark itself is dropped."""
        while mark not in self.waiting:
            self.more()
        head, _mark, self.waiting = self.waiting.partition(mark)
        return head

    def exactly(self, length: int) -> bytes:
        while len(self.waiting) < length:
            self.more()
        body, self.waiting = self.waiting[:length], self.waiting[length:]
        return body

    def chunks(self) -> bytes:
        body = b""
        while size := int(self.until(b"\r\n"), 16):
            body += self.exactly(size)
            self.until(b"\r\n")
        self.until(b"\r\n")
        return body

    def more(self) -> None:
        got = self.socket.recv(262_144)
        if not got:
            raise ConnectionError("The server closed the connection.")
        self.waiting += got

    def close(self) -> None:
        self.socket.close()


def latencies(port: int, addresses: Sequence[str], headers: Header | None = None) -> list[float]:
    """Milliseconds for each address, one after the other over one connection; anything but 200 is an error."""
    connection, taken = Connection(port), []
    for address in addresses:
        began = time.perf_counter()
        status, _head, _body = connection.ask(address, headers)
        taken.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise RuntimeError(f"{address} answered {status}")
    connection.close()
    return taken


def hammer(port: int, address: str, headers: Header, seconds: float) -> tuple[int, int]:
    """How many answers one connection gets in so many seconds, and the status of the last."""
    connection, count, status = Connection(port), 0, 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        status, _head, _body = connection.ask(address, headers)
        count += 1
    connection.close()
    return count, status


def per_second(port: int, address: str, headers: Header, wanted: int, seconds: float = 4.0, hands: int = 4) -> float:
    """Answers per second to several connections at once; the last status of each must be the wanted one."""
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn")) as pool:
        list(pool.map(hammer, [port] * hands, [address] * hands, [headers] * hands, [0.2] * hands))
        got = list(pool.map(hammer, [port] * hands, [address] * hands, [headers] * hands, [seconds] * hands))
    if {status for _count, status in got} != {wanted}:
        raise RuntimeError(f"{address} answered {got}")
    return sum(count for count, _status in got) / seconds
