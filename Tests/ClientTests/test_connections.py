"""Calls that no gRPC library would make end for who makes them, and for nobody else."""

import os
import threading
import time
import unittest

import grpc

from daemon import PATIENCE, Daemon, DaemonTestCase
from patient import PREFACE, PatientClient, framed

PATH = "/cn.example.echo.Methods/Echo"


class Connections(DaemonTestCase):
    plugins = ["echo"]

    def setUp(self):
        self.other = self.client.plugin("echo", "Echo")

    def call(self, path=PATH, body=framed(b""), **headers):
        """Makes a call, however it ends, and looks whether others are served."""
        client = PatientClient(self.daemon.address)
        try:
            return client.call(path, body, PATIENCE, **headers)
        except ConnectionError:
            return None
        finally:
            client.close()
            self.other(timeout=PATIENCE)

    def test_with_strange_paths(self):
        for path in [
            "",
            "/",
            "//",
            "/a",
            "/a/b/c",
            "a/b",
            "*",
            PATH + "/",
            PATH[:-5],
            "/.Methods/x",
        ]:
            with self.subTest(path):
                self.call(path)
        self.call("/cn.例.Methods/做")
        self.call("/" + "a" * 7000 + ".Methods/Do")

    def test_with_strange_headers(self):
        cases = [
            {":path": None},
            {":method": "GET"},
            {"content_type": None},
            {"content_type": "text/html"},
            {"te": None},
            {"grpc_encoding": "gzip"},
            {"grpc_encoding": ""},
            {"grpc_accept_encoding": ",,,x,gzip;q=1"},
            {"x_image_bin": "!!!!"},
            {"x_image_bin": "AAAA,BBBB"},
            {"x_a": b"\xff\xfe"},
            {"x_a": "a\0b"},
            {"x_a": "a\nb"},
            {"x_a": "a" * 9000},
            {"X_A": "a"},
            {"": "a"},
        ]
        cases.append({f"x_{index}": "a" for index in range(1000)})
        for headers in cases:
            with self.subTest(str(headers)[:60]):
                self.call(**headers)

    def test_with_strange_deadlines(self):
        for timeout in ["", "S", "0S", "99999999H", "123456789S", "1x", "+1S", "1 S", "1.5S", "٣S"]:
            with self.subTest(timeout):
                self.call(grpc_timeout=timeout)

    def test_with_frames_of_messages_that_lie(self):
        for body in [
            b"\x01\0\0\0\0",
            b"\x07\0\0\0\0",
            b"\0\xff\xff\xff\xff",
            b"\0\0\0\0\x05a",
            b"\0",
        ]:
            with self.subTest(body):
                self.call(body=body)

    def test_that_are_no_http2(self):
        cases = {
            "noise": os.urandom(300),
            "a second preface": PREFACE,
            "a setting beyond its range": b"\0\0\6\4\0\0\0\0\0\0\5\xff\xff\xff\xff",
            "a window of nothing": b"\0\0\4\x08\0\0\0\0\0\0\0\0\0",
            "a body without headers": b"\0\0\1\0\1\0\0\0\1x",
            "headers that are none": b"\0\0\3\1\5\0\0\0\1\xff\xff\xff",
        }
        for name, noise in cases.items():
            with self.subTest(name):
                client = PatientClient(self.daemon.address)
                client.socket.sendall(noise)
                client.close()
                self.other(timeout=PATIENCE)

    def test_that_are_opened_and_left(self):
        clients = [PatientClient(self.daemon.address) for _ in range(200)]
        self.other(timeout=PATIENCE)
        for client in clients:
            client.close()
        self.other(timeout=PATIENCE)


class IdleStreams(unittest.TestCase):
    """Streams whose client sends nothing more do not hold up the daemon's end."""

    def check(self, path, message):
        daemon = Daemon(arguments=["--drain", "60"])
        client = daemon.connect()
        try:
            sent = threading.Event()

            def messages():
                yield message
                sent.wait(PATIENCE)

            call = client.raw(path, "stream_stream")(messages(), timeout=PATIENCE)
            reader = threading.Thread(target=self.drain, args=[call])
            reader.start()
            time.sleep(0.5)
            start = time.monotonic()
            self.assertEqual(daemon.stop(), 0)
            self.assertLess(time.monotonic() - start, 30)
            sent.set()
            reader.join(PATIENCE)
        finally:
            client.close()
            daemon.stop()

    @staticmethod
    def drain(call):
        try:
            list(call)
        except grpc.RpcError:
            pass

    def test_of_reflection(self):
        self.check("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", b"\x3a\0")

    def test_of_documents(self):
        self.check("/duikou.v1.Documents/PutDocument", b"\x0a\x03\x0a\x01a")


class NegativeDeadline(unittest.TestCase):
    def test_is_no_deadline(self):
        daemon = Daemon(["echo"])
        self.addCleanup(daemon.stop)
        client = PatientClient(daemon.address)
        self.addCleanup(client.close)
        client.call(PATH, framed(b""), PATIENCE, grpc_timeout="-1S")
        self.assertTrue(daemon.is_running)


if __name__ == "__main__":
    unittest.main()
