"""A client by hand, that says what gRPC's own clients cannot be made to say.

Those hang up at their deadline, too, so that what the daemon does by itself is not seen.
"""

import socket
import struct
import time

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RESET, SETTINGS, PING = 0, 1, 3, 4, 6
END_STREAM = ACK = 1
END_HEADERS = 4


def _frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def _text(value):
    """A string literal of HPACK."""
    value = value.encode() if isinstance(value, str) else value
    if len(value) < 127:
        return bytes([len(value)]) + value
    head, rest = b"\x7f", len(value) - 127
    while rest >= 128:
        head, rest = head + bytes([rest % 128 | 128]), rest // 128
    return head + bytes([rest]) + value


def _headers(changes):
    """The block of a request's headers; one that is None is left out."""
    headers = {
        ":method": "POST",
        ":scheme": "http",
        ":path": "/",
        ":authority": "localhost",
        "te": "trailers",
        "content-type": "application/grpc",
    }
    fields = [(name, value) for name, value in (headers | changes).items() if value is not None]
    # Literals that are in no table.
    return b"".join(b"\x00" + _text(name) + _text(value) for name, value in fields)


def framed(message):
    """A message as gRPC sends it."""
    return b"\x00" + struct.pack(">I", len(message)) + message


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

    def send(self, kind, flags, stream, payload):
        self.socket.sendall(_frame(kind, flags, stream, payload))

    def call(self, path, body, patience, **headers):
        """Sends headers and, unless it is None, a body, and waits until the daemon ends the call.

        Returns how many seconds it took. Throws a ConnectionError where the daemon has reset the call or
        closed the connection instead, a TimeoutError where it has done nothing.
        """
        start = time.monotonic()
        self.socket.settimeout(patience)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send(HEADERS, END_HEADERS, 1, _headers({":path": path} | fields))
        if body is not None:
            self.send(DATA, END_STREAM, 1, body)
        while time.monotonic() - start < patience:
            head = self._read(9)
            kind, flags, stream = struct.unpack(">BBI", head[3:])
            payload = self._read(int.from_bytes(head[:3], "big"))
            if kind == SETTINGS and not flags & ACK:
                self.send(SETTINGS, ACK, 0, b"")
            elif kind == PING and not flags & ACK:
                self.send(PING, ACK, 0, payload)
            elif stream == 1 and kind in (DATA, HEADERS) and flags & END_STREAM:
                return time.monotonic() - start
            elif stream == 1 and kind == RESET:
                code = int.from_bytes(payload, "big")
                raise ConnectionError(f"the daemon has reset the call with {code}")
        raise TimeoutError("the daemon has not ended the call")
