"""A client by hand that names a deadline and keeps waiting when it has passed.

gRPC's own clients hang up at their deadline, so that what the daemon does by itself is not seen.
"""

import socket
import struct
import time

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, PING = 0, 1, 4, 6
END_STREAM = ACK = 1
END_HEADERS = 4


def _frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def _header(name, value):
    """A literal of HPACK that is in no table; at most 126 bytes each."""
    name, value = name.encode(), value.encode()
    return b"\x00" + bytes([len(name)]) + name + bytes([len(value)]) + value


class PatientClient:
    """One connection for one call."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(address.removeprefix("unix:"))
        self.socket.sendall(PREFACE + _frame(SETTINGS, 0, 0))

    def close(self):
        self.socket.close()

    def _read(self, count):
        got = b""
        while len(got) < count:
            piece = self.socket.recv(count - len(got))
            if not piece:
                raise ConnectionError("the daemon has closed the connection")
            got += piece
        return got

    def call(self, path, message, timeout, patience):
        """Calls; returns how many seconds it took until the daemon ended the call."""
        headers = {
            ":method": "POST",
            ":scheme": "http",
            ":path": path,
            ":authority": "localhost",
            "te": "trailers",
            "content-type": "application/grpc",
            "grpc-timeout": timeout,
        }
        block = b"".join(_header(*header) for header in headers.items())
        body = b"\x00" + struct.pack(">I", len(message)) + message
        start = time.monotonic()
        self.socket.settimeout(patience)
        self.socket.sendall(
            _frame(HEADERS, END_HEADERS, 1, block) + _frame(DATA, END_STREAM, 1, body)
        )
        while True:
            head = self._read(9)
            length = int.from_bytes(head[:3], "big")
            kind, flags, stream = struct.unpack(">BBI", head[3:])
            payload = self._read(length)
            if kind == SETTINGS and not flags & ACK:
                self.socket.sendall(_frame(SETTINGS, ACK, 0))
            elif kind == PING and not flags & ACK:
                self.socket.sendall(_frame(PING, ACK, 0, payload))
            elif stream == 1 and kind in (DATA, HEADERS) and flags & END_STREAM:
                return time.monotonic() - start
            elif stream == 1 and kind == 3:
                code = int.from_bytes(payload, "big")
                raise ConnectionError(f"the daemon has reset the call with {code}")
