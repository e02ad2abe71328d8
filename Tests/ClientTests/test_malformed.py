"""Bytes that are no messages, or messages that say nonsense, are refused and nothing else."""

import random
import unittest

import grpc

from daemon import PATIENCE, DaemonTestCase
from test_fields import field

Code = grpc.StatusCode
ALLOWED = {Code.OK, Code.INVALID_ARGUMENT, Code.RESOURCE_EXHAUSTED}
COUNT = 2000
TABLE = 0x5A11C0DE & 0x1FFFFFFF


class Malformed(DaemonTestCase):
    plugins = ["copy"]
    arguments = ["--access-log", "off"]

    def setUp(self):
        # The same every time; a failure names the message.
        self.random = random.Random(20181201)

    def some_bytes(self, longest=40):
        return self.random.randbytes(self.random.randrange(longest))

    def some_number(self):
        return self.random.choice([0, 1, 7, 2**31, 2**32 - 1, 2**63, 2**64 - 1])

    def some_row(self):
        """A row with fields of known numbers and, mostly, their own kinds."""
        kinds = {1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2, 11: 0, 12: 0, 13: 0}
        kinds |= {63: 0, 64: 2, 65: 0, 66: 0, 67: 0, 68: 0}
        row = b""
        for _ in range(self.random.randrange(6)):
            number, kind = self.random.choice(list(kinds.items()))
            if self.random.random() < 0.1:
                kind = self.random.choice([0, 1, 2, 5])
            if kind == 0:
                value = self.some_number()
            elif kind == 2 and number in (8, 9, 10, 64):
                value = field(1, 0, self.some_number()) + field(2, 0, self.some_number())
            elif kind == 2:
                value = self.random.choice([self.some_bytes(), "敖汉旗".encode()])
            else:
                value = self.random.randbytes(8 if kind == 1 else 4)
            row += field(number, kind, value)
        return row

    def some_tables(self):
        message = field(15, 2, self.random.choice(["敖汉旗".encode(), self.some_bytes()]))
        for _ in range(self.random.randrange(4)):
            message += field(self.random.choice([TABLE, TABLE, 1, 2, 16]), 2, self.some_row())
        return message

    def mutated(self, message):
        """The message with bytes changed, cut off, doubled or put in."""
        message = bytearray(message)
        for _ in range(self.random.randrange(4)):
            at = self.random.randrange(len(message) + 1)
            match self.random.randrange(5):
                case 0 if at < len(message):
                    message[at] ^= 1 << self.random.randrange(8)
                case 1 if at < len(message):
                    message[at] = self.random.choice([0, 0x7F, 0x80, 0xFF])
                case 2:
                    del message[at:]
                case 3:
                    message[at:at] = message[at : at + 8]
                case _:
                    message[at:at] = self.some_bytes(6)
        return bytes(message)

    def assert_harmless(self, path, kind, make):
        """Sends many, some at a time, and looks whether the daemon goes on."""
        call = self.client.raw(path, kind)
        seen = {}
        for _ in range(COUNT // 50):
            messages = [make() for _ in range(50)]
            if kind == "unary_unary":
                calls = [call.future(message, timeout=PATIENCE) for message in messages]
            else:
                calls = [call(message, timeout=PATIENCE) for message in messages]
            for message, running in zip(messages, calls):
                if kind == "unary_stream":
                    try:
                        list(running)
                    except grpc.RpcError:
                        pass
                code = running.code()
                seen[code] = seen.get(code, 0) + 1
                self.assertIn(code, ALLOWED, f"{running.details()}: {message.hex()}")
                if code != Code.OK:
                    self.assertTrue(running.details(), message.hex())
        self.assertGreater(seen.get(Code.OK, 0), COUNT // 100, seen)
        self.assertGreater(seen.get(Code.INVALID_ARGUMENT, 0), COUNT // 100, seen)
        self.assertTrue(self.daemon.is_running)
        copy = self.client.plugin("copy", "Copy")
        self.assertEqual(copy(copy.request(code=7), timeout=PATIENCE).code, 7)

    def test_rows_are_refused(self):
        make = lambda: self.mutated(self.some_row())
        self.assert_harmless("/cn.example.copy.Methods/Copy", "unary_unary", make)

    def test_tables_are_refused(self):
        make = lambda: self.mutated(self.some_tables())
        self.assert_harmless("/cn.example.copy.Methods/CopyTables", "unary_unary", make)

    def test_tables_of_a_stream_are_refused(self):
        make = lambda: self.mutated(self.some_tables())
        self.assert_harmless("/cn.example.copy.Methods/CopyEach", "unary_stream", make)

    def test_bytes_without_any_sense_are_refused(self):
        def make():
            is_empty = self.random.random() < 0.1
            return b"" if is_empty else self.random.randbytes(self.random.randrange(200))

        self.assert_harmless("/cn.example.copy.Methods/CopyTables", "unary_unary", make)

    def test_messages_that_mean_much_memory_do_not_keep_it(self):
        """Small on the wire, large as rows."""
        raw = self.client.raw("/cn.example.copy.Methods/CopyTables")
        before = self.daemon.memory()
        rows = field(TABLE, 2, b"") * 200_000
        for _ in range(10):
            self.assertEqual(len(raw(rows, timeout=PATIENCE)), len(rows))
        # The allocator keeps some; all ten would be 600 MiB and more.
        self.assertLess(self.daemon.memory() - before, 300 << 20)

    def test_groups_in_groups_are_refused(self):
        raw = self.client.raw("/cn.example.copy.Methods/Copy")
        for depth in [101, 100_000]:
            message = field(50, 3, b"") * depth + field(50, 4, b"") * depth
            self.assert_fails(Code.INVALID_ARGUMENT, raw, message)

    def test_questions_of_reflection_end_that_stream_alone(self):
        raw = self.client.raw(
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "stream_stream"
        )
        for _ in range(200):
            message = self.mutated(field(3, 2, b"cn.example.copy.Sample") + self.some_bytes(20))
            try:
                list(raw(iter([message]), timeout=PATIENCE))
            except grpc.RpcError as error:
                self.assertIn(error.code(), [Code.INTERNAL, Code.INVALID_ARGUMENT])
        self.assertIn("cn.example.copy.Methods", self.client.services())


if __name__ == "__main__":
    unittest.main()
