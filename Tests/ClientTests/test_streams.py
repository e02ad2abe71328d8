"""Many calls at once, and long streams in bounded memory."""

import threading
import time
import unittest

import grpc

from daemon import PATIENCE, DaemonTestCase

MIB = 1 << 20


class Sampler:
    """The largest value that a function gives while it is watched."""

    def __init__(self, measure):
        self.measure, self.largest = measure, measure()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self._done.wait(0.01):
            self.largest = max(self.largest, self.measure())

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()


class Streams(DaemonTestCase):
    plugins = ["stream", "copy"]

    def setUp(self):
        self.stream = self.client.plugin("stream", "Stream")
        list(self.stream(self.stream.request(pieces=1, bytes=1), timeout=PATIENCE))

    def order(self, **fields):
        return self.stream.request(**fields)

    def test_of_sixty_four_clients_go_on_at_once(self):
        pieces = 20
        calls = [
            self.stream(self.order(pieces=pieces, bytes=1000 + index, pause=5), timeout=300)
            for index in range(64)
        ]
        counts = [0] * len(calls)
        for _ in range(pieces):
            for index, call in enumerate(calls):
                piece = next(call)
                self.assertEqual(len(piece.bytes), 1000 + index)
                self.assertEqual(piece.bytes[0], counts[index])
                counts[index] += 1
        for call in calls:
            self.assertEqual(list(call), [])
            self.assertEqual(call.code(), grpc.StatusCode.OK)

    def test_and_two_hundred_calls_go_over_one_channel_at_once(self):
        copy = self.client.plugin("copy", "Copy")
        calls = [
            copy.call.future(copy.request(code=index + 1, name=f"第{index}次"), timeout=300)
            for index in range(200)
        ]
        for index, call in enumerate(calls):
            self.assertEqual(call.result().code, index + 1)
            self.assertEqual(call.result().name, f"第{index}次")

    def test_and_calls_by_many_threads_and_channels_do_not_mix(self):
        wrong = []

        def run(thread):
            client = self.daemon.connect()
            try:
                copy = client.plugin("copy", "Copy")
                for index in range(50):
                    code = thread * 1000 + index + 1
                    if copy(copy.request(code=code), timeout=PATIENCE).code != code:
                        wrong.append(code)
            except grpc.RpcError as error:
                wrong.append(error)
            finally:
                client.close()

        threads = [threading.Thread(target=run, args=[index]) for index in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_of_100_mib_take_little_of_the_daemons_memory(self):
        total = 100 * MIB
        for bytes_each in [64 << 10, 1 * MIB]:
            with self.subTest(bytes_each=bytes_each):
                before = self.daemon.memory()
                with Sampler(self.daemon.memory) as memory:
                    got = 0
                    order = self.order(pieces=total // bytes_each, bytes=bytes_each)
                    for piece in self.stream(order, timeout=300):
                        got += len(piece.bytes)
                self.assertEqual(got, total)
                self.assertLess(memory.largest - before, 48 * MIB)

    def test_wait_for_a_reader_that_is_slow(self):
        """The plugin stands still in flush, and nothing piles up."""
        before = self.daemon.memory()
        with Sampler(self.daemon.memory) as memory:
            call = self.stream(self.order(pieces=1600, bytes=64 << 10), timeout=300)
            got = len(next(call).bytes)
            time.sleep(2)
            start = len(self.daemon.lines())
            self.assertFalse(self.daemon.milliseconds("Stream", "OK", start))
            for piece in call:
                got += len(piece.bytes)
        self.assertEqual(got, 100 * MIB)
        self.assertLess(memory.largest - before, 48 * MIB)

    def test_of_a_slow_reader_leave_other_calls_alone(self):
        call = self.stream(self.order(pieces=1600, bytes=64 << 10), timeout=300)
        next(call)
        copy = self.client.plugin("copy", "Copy")
        for index in range(100):
            self.assertEqual(copy(copy.request(code=7), timeout=PATIENCE).code, 7)
        call.cancel()

    def test_without_rows_end_well(self):
        self.assertEqual(list(self.stream(self.order(), timeout=PATIENCE)), [])

    def test_of_ten_thousand_small_rows_are_whole(self):
        call = self.stream(self.order(pieces=10_000, bytes=1), timeout=300)
        self.assertEqual([piece.bytes[0] for piece in call], [i & 0xFF for i in range(10_000)])


if __name__ == "__main__":
    unittest.main()
