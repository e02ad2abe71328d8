"""How many messages a call has, how long they are, and what travels beside them."""

import unittest

import grpc

from daemon import PATIENCE, DaemonTestCase, known_defect
from test_fields import field

Code = grpc.StatusCode
LIMIT = 4 << 20


class Metadata(DaemonTestCase):
    plugins = ["echo", "fail", "stream"]

    def seen(self, metadata, **options):
        """The headers that the plugin sees."""
        echo = self.client.plugin("echo", "Echo")
        answer = echo(metadata=metadata, timeout=PATIENCE, **options)
        return [
            (header.name, header.value if header.name.endswith("-bin") else header.value.decode())
            for header in answer.header
        ]

    def test_of_the_client_reaches_the_plugin(self):
        sent = [("x-language", "zh"), ("x-twice", "1"), ("x-twice", "2"), ("x-empty", "")]
        self.assertEqual(sorted(self.seen(sent)), sorted(sent))

    def test_that_is_binary_reaches_the_plugin_and_comes_back(self):
        echo = self.client.plugin("echo", "Echo")
        for value in [bytes(range(256)), b"", b"a"]:
            with self.subTest(value):
                sent = [("x-back-image-bin", value)]
                self.assertEqual(self.seen(sent), sent)
                _, call = echo.call.with_call(echo.request(), timeout=PATIENCE, metadata=sent)
                self.assertIn(("image-bin", value), list(call.trailing_metadata()))

    def test_of_the_protocol_stays_with_the_daemon(self):
        self.assertEqual(self.seen([]), [])
        self.assertEqual(self.seen([("user-agent", "test"), ("x-a", "b")]), [("x-a", "b")])

    def test_with_credentials_stays_with_the_daemon(self):
        self.assertEqual(self.seen([("authorization", "Bearer secret")]), [])
        self.assertEqual(
            self.seen([("authorization", "Basic c2VjcmV0"), ("x-a", "b")]), [("x-a", "b")]
        )

    def test_with_other_credentials_stays_with_the_daemon(self):
        for name in ["cookie", "proxy-authorization"]:
            with self.subTest(name):
                self.assertEqual(self.seen([(name, "secret")]), [])

    def test_of_fifteen_kib_reaches_the_plugin(self):
        ((_, value),) = self.seen([("x-long", "a" * 15000)])
        self.assertEqual(len(value), 15000)

    @known_defect("headers over 16 KiB end the connection, with all the calls on it")
    def test_that_is_too_long_ends_its_own_call_alone(self):
        client = self.daemon.connect()
        self.addCleanup(client.close)
        stream = client.plugin("stream", "Stream")
        call = stream(stream.request(pieces=20, bytes=10, pause=20), timeout=PATIENCE)
        next(call)
        with self.assertRaises(grpc.RpcError):
            client.raw("/cn.example.echo.Methods/Echo")(
                b"", metadata=[("x-long", "a" * 20000)], timeout=PATIENCE
            )
        self.assertEqual(len(list(call)), 19)

    def test_of_the_answer_names_the_plugin_and_the_time_it_took(self):
        echo = self.client.plugin("echo", "Echo")
        _, call = echo.call.with_call(echo.request(), timeout=PATIENCE)
        self.assertEqual(dict(call.initial_metadata())["duikou-plugin"], "cn.example.echo 1.0.0")
        elapsed = int(dict(call.trailing_metadata())["duikou-elapsed-ns"])
        self.assertTrue(0 < elapsed < PATIENCE * 1e9)

    def test_of_the_answer_has_the_plugins_own_trailers(self):
        echo = self.client.plugin("echo", "Echo")
        sent = [("x-back-note", "a b"), ("x-back-twice", "1"), ("x-back-twice", "2")]
        _, call = echo.call.with_call(echo.request(), timeout=PATIENCE, metadata=sent)
        trailers = list(call.trailing_metadata())
        for name, value in sent:
            self.assertIn((name.removeprefix("x-back-"), value), trailers)

    def test_that_no_trailer_may_have_fails_the_call(self):
        echo = self.client.plugin("echo", "Echo")
        for name in ["x-back-grpc-status", "x-back-duikou-plugin"]:
            error = self.assert_fails(
                Code.INTERNAL, lambda **_: echo(timeout=PATIENCE, metadata=[(name, "0")])
            )
            self.assertIn("trailer", error.details())
        error = self.assert_fails(
            Code.RESOURCE_EXHAUSTED,
            lambda **_: echo(timeout=PATIENCE, metadata=[("x-back-a", "b" * 4090)]),
        )
        self.assertIn("4096", error.details())

    def test_of_a_stream_names_the_plugin_before_its_first_row(self):
        stream = self.client.plugin("stream", "Stream")
        call = stream(stream.request(pieces=2, bytes=10), timeout=PATIENCE)
        self.assertEqual(dict(call.initial_metadata())["duikou-plugin"], "cn.example.stream 1.0.0")
        self.assertEqual(len(list(call)), 2)
        self.assertGreater(int(dict(call.trailing_metadata())["duikou-elapsed-ns"]), 0)

    def test_of_a_failed_call_names_the_plugin(self):
        fail = self.client.plugin("fail", "Fail")
        error = self.assert_fails(Code.NOT_FOUND, fail, fail.request(code=5))
        self.assertEqual(dict(error.initial_metadata())["duikou-plugin"], "cn.example.fail 2.0.0")


class Messages(DaemonTestCase):
    plugins = ["fail", "copy", "stream"]

    def test_must_be_one(self):
        cases = {
            0: "the call ended without a request",
            2: "the method takes one message",
            3: "the method takes one message",
        }
        for path in ["/cn.example.fail.Methods/Fail", "/cn.example.stream.Methods/Stream"]:
            for count, words in cases.items():
                with self.subTest(path, count=count):
                    call = self.client.raw(path, "stream_stream")
                    error = self.assert_fails(Code.INVALID_ARGUMENT, call, iter([b""] * count))
                    self.assertIn(words, error.details())

    def test_of_four_mib_are_taken(self):
        raw = self.client.raw("/cn.example.fail.Methods/Fail")
        body = LIMIT - len(field(50, 2, b"")) - 3
        message = field(50, 2, bytes(body))
        self.assertEqual(len(message), LIMIT)
        self.assertEqual(raw(message, timeout=PATIENCE), b"")

    def test_over_four_mib_are_refused_with_a_sentence(self):
        raw = self.client.raw("/cn.example.fail.Methods/Fail")
        error = self.assert_fails(Code.RESOURCE_EXHAUSTED, raw, bytes(5 << 20))
        self.assertIn(str(LIMIT), error.details())

    def test_over_four_mib_leave_the_connection_and_other_calls_alone(self):
        stream = self.client.plugin("stream", "Stream")
        other = stream(stream.request(pieces=20, bytes=10, pause=20), timeout=PATIENCE)
        next(other)
        raw = self.client.raw("/cn.example.fail.Methods/Fail")
        for size in [LIMIT + 10, 5 << 20, 64 << 20]:
            with self.assertRaises(grpc.RpcError) as caught:
                raw(bytes(size), timeout=PATIENCE)
            self.assertIn(
                caught.exception.code(),
                [Code.RESOURCE_EXHAUSTED, Code.CANCELLED, Code.INTERNAL],
            )
            self.assertEqual(raw(b"", timeout=PATIENCE), b"")
        self.assertEqual(len(list(other)), 19)

    def test_that_are_compressed_are_refused_as_the_protocol_has_it(self):
        fail = self.client.plugin("fail", "Fail")
        error = self.assert_fails(
            Code.UNIMPLEMENTED,
            fail.call,
            fail.request(message="x" * 5000),
            compression=grpc.Compression.Gzip,
        )
        self.assertIn("gzip", error.details())

    def test_of_an_answer_may_be_longer_than_those_of_a_request(self):
        """Tables that a client takes with a limit of its own."""
        client = self.daemon.connect(("grpc.max_receive_message_length", -1))
        self.addCleanup(client.close)
        tables = client.plugin("copy", "CopyTables")
        request = tables.request()
        for _ in range(60):
            request.sample.add(name="旗" * 21000)
        answer = tables(request, timeout=PATIENCE)
        self.assertEqual(len(answer.sample_copy), 60)

    def test_without_a_message_but_with_a_cut_frame_are_refused(self):
        fail = self.client.plugin("fail", "Fail")
        raw = self.client.raw(fail.path)
        for bad in [b"\x08", b"\x12\x05ab", b"\x0b", b"\x00\x00", b"\xff" * 11]:
            with self.subTest(bad):
                self.assert_fails(Code.INVALID_ARGUMENT, raw, bad)


class Sentences(DaemonTestCase):
    """Messages of plugins are text from somebody else."""

    plugins = ["fail"]

    def test_arrive_as_one_line_with_all_other_characters(self):
        fail = self.client.plugin("fail", "Fail")
        messages = {
            "a\r\nb": "a  b",
            "\x00\x01\x7f": "   ",
            "100%25 %zz %": "100%25 %zz %",
            "𠮷\u202e\u2028": "𠮷\u202e ",
            " a ": " a ",
        }
        for message, told in messages.items():
            with self.subTest(message):
                error = self.assert_fails(
                    Code.ABORTED, fail, fail.request(code=10, message=message)
                )
                self.assertEqual(error.details(), told)

    def test_that_are_too_long_end_with_a_whole_character(self):
        fail = self.client.plugin("fail", "Fail")
        error = self.assert_fails(Code.ABORTED, fail, fail.request(code=10, message="长" * 1000))
        self.assertEqual(error.details().strip("长"), "")

    def test_cannot_forge_lines_of_the_log(self):
        fail = self.client.plugin("fail", "Fail")
        forged = "2026-01-01T00:00:00+0000 info duikoud: forged"
        start = len(self.daemon.lines())
        self.assert_fails(
            Code.ABORTED, fail, fail.request(code=10, message=f"a\n{forged}"), timeout=PATIENCE
        )
        self.assertFalse(any(line.startswith(forged) for line in self.daemon.lines(start)))


if __name__ == "__main__":
    unittest.main()
