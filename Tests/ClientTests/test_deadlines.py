"""Deadlines and cancellations go from the client to the plugin."""

import threading
import time
import unittest

import grpc

from daemon import PATIENCE, DaemonTestCase, eventually
from patient import PatientClient, framed

Code = grpc.StatusCode
# How much later than its deadline a call may end, on a machine that is busy with other things. The daemon
# means to be within 0.1.
GRACE = 3


class Deadlines(DaemonTestCase):
    plugins = ["wait"]
    arguments = ["--call-timeout", "30"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tell = cls.client.plugin("wait", "Tell")
        cls.wait = cls.client.plugin("wait", "Wait")

    def setUp(self):
        # A worker that is there already, and no failures in a row.
        self.tell(timeout=PATIENCE)

    def assert_ended(self, method, codes, seconds, start):
        """That the daemon saw a call end in time."""
        found = lambda: [t for code in codes for t in self.daemon.milliseconds(method, code, start)]
        self.assertTrue(eventually(found), f"no {method} has ended with one of {codes}")
        for milliseconds in found():
            self.assertLess(milliseconds / 1000, seconds + GRACE)

    def test_of_a_client_reach_the_plugin(self):
        for seconds in [5, 10, 25]:
            with self.subTest(seconds):
                left = self.tell(timeout=seconds).left / 1e9
                # Clients round what they send up by a little.
                self.assertLess(left, seconds * 1.05)
                self.assertGreater(left, seconds - GRACE)

    def test_of_the_daemon_hold_where_the_client_has_none_or_a_longer_one(self):
        for timeout in [None, 3600]:
            with self.subTest(timeout):
                answer = self.tell(timeout=timeout)
                self.assertEqual(answer.endless, 0)
                self.assertLessEqual(answer.left / 1e9, 30)
                self.assertGreater(answer.left / 1e9, 30 - GRACE)

    def test_end_calls_for_the_client_and_in_the_daemon(self):
        for seconds in [0.001, 0.01, 0.1, 1]:
            with self.subTest(seconds):
                start, began = len(self.daemon.lines()), time.monotonic()
                request = self.wait.request(milliseconds=25_000)
                self.assert_fails(Code.DEADLINE_EXCEEDED, self.wait, request, timeout=seconds)
                self.assertLess(time.monotonic() - began, seconds + GRACE)
                # A call of a millisecond may not even have reached it.
                if seconds >= 0.1:
                    codes = ["DEADLINE_EXCEEDED", "CANCELLED"]
                    self.assert_ended("Wait", codes, seconds, start)
                self.tell(timeout=PATIENCE)

    def without_hanging_up(self, timeout):
        """A call of a client that goes on waiting; returns how long it took."""
        client = PatientClient(self.daemon.address)
        self.addCleanup(client.close)
        body = framed(self.wait.request(milliseconds=25_000).SerializeToString())
        return client.call(self.wait.path, body, PATIENCE, grpc_timeout=timeout)

    def test_are_kept_by_the_daemon_itself_where_the_client_goes_on_waiting(self):
        for timeout, seconds in [("1m", 0.001), ("10m", 0.01), ("100000u", 0.1), ("1S", 1)]:
            with self.subTest(timeout):
                start = len(self.daemon.lines())
                self.assertLess(self.without_hanging_up(timeout), seconds + GRACE)
                self.assert_ended("Wait", ["DEADLINE_EXCEEDED", "CANCELLED"], seconds, start)
                self.tell(timeout=PATIENCE)

    def test_are_told_as_such(self):
        start = len(self.daemon.lines())
        for _ in range(50):
            self.without_hanging_up("10m")
        self.assertEqual(self.daemon.milliseconds("Wait", "CANCELLED", start), [])

    def test_count_from_the_beginning_of_the_call(self):
        def late():
            time.sleep(3)
            yield b""

        call = self.client.raw(self.tell.path, "stream_unary")
        answer = self.tell.response.FromString(call(late(), timeout=10))
        self.assertLess(answer.left / 1e9, 8)

    def test_end_calls_that_send_no_message(self):
        client = PatientClient(self.daemon.address)
        self.addCleanup(client.close)
        took = client.call(self.tell.path, None, patience=0.1 + GRACE, grpc_timeout="100m")
        self.assertLess(took, 0.1 + GRACE)

    def test_that_are_short_do_not_count_against_the_plugin(self):
        """It had no chance to be in time, so clients cannot bring it into quarantine."""
        request = self.wait.request(milliseconds=25_000)
        for _ in range(12):
            self.assert_fails(Code.DEADLINE_EXCEEDED, self.wait, request, timeout=0.05)
        self.tell(timeout=PATIENCE)
        listing = self.client.method("duikou.v1.Plugins", "ListPlugins")(timeout=PATIENCE)
        self.assertEqual([plugin.state for plugin in listing.plugins], [1])


class Cancellations(DaemonTestCase):
    plugins = ["wait", "stream"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wait = cls.client.plugin("wait", "Wait")
        cls.tell = cls.client.plugin("wait", "Tell")

    def start(self, client):
        """A call that has reached the plugin."""
        before = len(self.daemon.lines())
        wait = client.plugin("wait", "Wait")
        call = wait.call.future(wait.request(milliseconds=50_000), timeout=PATIENCE)
        self.assertTrue(eventually(lambda: self.daemon.has_logged("waiting", before)))
        return call, before

    def test_reach_the_plugin_as_its_cancel_word(self):
        call, start = self.start(self.client)
        call.cancel()
        self.assertEqual(call.code(), Code.CANCELLED)
        self.assertTrue(
            eventually(lambda: self.daemon.has_logged("the cancel word was set", start))
        )
        self.assertTrue(eventually(lambda: self.daemon.milliseconds("Wait", "CANCELLED", start)))
        self.tell(timeout=PATIENCE)

    def test_reach_the_plugin_when_the_client_goes_away(self):
        client = self.daemon.connect()
        call, start = self.start(client)
        client.close()
        self.assertEqual(call.code(), Code.CANCELLED)
        self.assertTrue(
            eventually(lambda: self.daemon.has_logged("the cancel word was set", start))
        )
        self.tell(timeout=PATIENCE)

    def test_of_one_call_leave_the_others_alone(self):
        cancelled, start = self.start(self.client)
        going = self.wait.call.future(self.wait.request(milliseconds=1500), timeout=PATIENCE)
        cancelled.cancel()
        self.assertTrue(
            eventually(lambda: self.daemon.has_logged("the cancel word was set", start))
        )
        self.assertEqual(going.result().endless, 0)

    def cancel_stream(self):
        """Cancels a stream whose plugin waits for room; returns once the daemon has ended it."""
        stream = self.client.plugin("stream", "Stream")
        start = len(self.daemon.lines())
        call = stream(stream.request(pieces=10_000, bytes=65536), timeout=PATIENCE)
        next(call)
        call.cancel()
        has_ended = lambda: self.daemon.has_logged("method=Stream", start)
        self.assertTrue(eventually(has_ended), "the daemon has not ended the call")
        return start

    def test_end_a_stream_that_waits_for_its_reader(self):
        start = self.cancel_stream()
        self.assertTrue(eventually(lambda: self.daemon.has_logged("a flush was refused", start)))
        stream = self.client.plugin("stream", "Stream")
        self.assertEqual(len(list(stream(stream.request(pieces=3), timeout=PATIENCE))), 3)

    def test_of_streams_are_logged_as_such(self):
        for _ in range(20):
            start = self.cancel_stream()
            self.assertTrue(self.daemon.milliseconds("Stream", "CANCELLED", start))

    def test_before_the_message_are_logged_as_such(self):
        start, ready = len(self.daemon.lines()), threading.Event()
        self.addCleanup(ready.set)

        def never():
            ready.wait()
            yield from ()

        call = self.client.raw(self.tell.path, "stream_unary").future(never(), timeout=PATIENCE)
        time.sleep(1)
        call.cancel()
        has_ended = lambda: self.daemon.has_logged("method=Tell", start)
        self.assertTrue(eventually(has_ended), "the daemon has not ended the call")
        self.assertTrue(self.daemon.milliseconds("Tell", "CANCELLED", start))


if __name__ == "__main__":
    unittest.main()
