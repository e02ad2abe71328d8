"""Plugins come and go while the daemon runs: SIGHUP makes it look through its folders again."""

import glob
import os
import signal
import threading
import time
import unittest

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from daemon import PATIENCE, Daemon, DaemonTestCase, compile_plugin, eventually

Code = grpc.StatusCode
GREET = "/cn.example.greet.Methods/Greet"


class Reload(DaemonTestCase):
    plugins = ["stream"]

    def setUp(self):
        self.greet = None
        self.addCleanup(self.remove)

    def drop_in(self, version="1.0.0", target=None):
        compile_plugin("greet", self.daemon.plugins, target, VERSION=version)
        self.daemon.reload()

    def remove(self, reload=True):
        for name in os.listdir(self.daemon.plugins):
            if "greet" in name:
                os.remove(os.path.join(self.daemon.plugins, name))
        if reload:
            self.daemon.reload()

    def call(self, client=None):
        """The version of the plugin that answers, by fresh reflection."""
        client = client or self.daemon.connect()
        self.addCleanup(client.close)
        return client.plugin("greet", "Greet")(timeout=PATIENCE).version

    def health(self, service="cn.example.greet"):
        stub = health_pb2_grpc.HealthStub(self.client.channel)
        return stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE).status

    def stream(self, pieces=200, pause=20):
        stream = self.client.plugin("stream", "Stream")
        return stream(stream.request(pieces=pieces, bytes=100, pause=pause), timeout=300)

    def test_lets_a_plugin_come_and_go_during_a_stream(self):
        service = "cn.example.greet.Methods"
        stream = self.stream()
        next(stream)
        self.assertNotIn(service, self.client.services())
        error = self.assert_fails(Code.UNIMPLEMENTED, self.client.raw(GREET), b"")

        self.drop_in()
        self.assertIn(service, self.client.services())
        self.assertEqual(self.call(), "1.0.0")
        self.assertEqual(self.health(), health_pb2.HealthCheckResponse.SERVING)

        self.remove()
        self.assertNotIn(service, self.client.services())
        error = self.assert_fails(Code.UNIMPLEMENTED, self.client.raw(GREET), b"")
        self.assertIn("the plugin cn.example.greet was removed", error.details())
        with self.assertRaises(grpc.RpcError) as caught:
            self.health()
        self.assertEqual(caught.exception.code(), Code.NOT_FOUND)

        self.assertEqual(len(list(stream)), 199)
        self.assertEqual(stream.code(), Code.OK)

    def test_lets_a_call_end_on_a_plugin_that_is_removed_meanwhile(self):
        stream = self.stream()
        next(stream)
        library = os.path.join(self.daemon.plugins, "libstream.so")
        os.rename(library, library + ".away")
        try:
            self.daemon.reload()
            raw = self.client.raw("/cn.example.stream.Methods/Stream", "unary_stream")
            error = self.assert_fails(Code.UNIMPLEMENTED, raw, b"")
            self.assertIn("cn.example.stream was removed", error.details())
            self.assertEqual(len(list(stream)), 199)
            self.assertEqual(stream.code(), Code.OK)
        finally:
            os.rename(library + ".away", library)
            self.daemon.reload()
        self.assertEqual(len(list(self.stream(pieces=3, pause=0))), 3)

    def test_takes_the_higher_of_two_versions_and_lets_the_lower_come_back(self):
        self.drop_in("1.0.0")
        self.assertEqual(self.call(), "1.0.0")
        self.drop_in("1.1.0", target="greet-new")
        self.assertEqual(self.call(), "1.1.0")
        os.remove(os.path.join(self.daemon.plugins, "libgreet-new.so"))
        self.daemon.reload()
        self.assertEqual(self.call(), "1.0.0")

    def test_takes_the_new_contents_of_a_file(self):
        self.drop_in("1.0.0")
        self.assertEqual(self.call(), "1.0.0")
        self.drop_in("0.9.0")
        self.assertEqual(self.call(), "0.9.0")

    def test_does_not_use_a_file_that_is_no_plugin_and_keeps_the_others(self):
        self.drop_in()
        bad = os.path.join(self.daemon.plugins, "libgreet-bad.so")
        with open(bad, "wb") as file:
            file.write(b"no library")
        self.daemon.reload()
        listing = self.client.method("duikou.v1.Plugins", "ListPlugins")(timeout=PATIENCE)
        states = {os.path.basename(plugin.path): plugin.state for plugin in listing.plugins}
        self.assertEqual(states, {"libgreet.so": 1, "libgreet-bad.so": 3, "libstream.so": 1})
        self.assertEqual(self.call(), "1.0.0")

    def test_keeps_what_there_was_where_the_folder_cannot_be_read(self):
        self.drop_in()
        away = self.daemon.plugins + ".away"
        os.rename(self.daemon.plugins, away)
        try:
            self.daemon.reload()
            self.assertEqual(self.call(), "1.0.0")
        finally:
            os.rename(away, self.daemon.plugins)

    def test_is_seen_by_those_who_watch_the_plugins_health(self):
        stub = health_pb2_grpc.HealthStub(self.client.channel)
        request = health_pb2.HealthCheckRequest(service="cn.example.greet")
        watch = stub.Watch(request, timeout=PATIENCE)
        self.addCleanup(watch.cancel)
        answer = health_pb2.HealthCheckResponse
        self.assertEqual(next(watch).status, answer.SERVICE_UNKNOWN)
        self.drop_in()
        self.assertEqual(next(watch).status, answer.SERVING)
        self.remove()
        self.assertEqual(next(watch).status, answer.SERVICE_UNKNOWN)

    def test_many_times_in_a_row_leaves_calls_alone(self):
        self.drop_in()
        greet = self.client.plugin("greet", "Greet")
        stream = self.stream(pieces=100, pause=10)
        for _ in range(10):
            self.daemon.reload()
            self.assertEqual(greet(timeout=PATIENCE).version, "1.0.0")
        self.assertEqual(len(list(stream)), 100)

    def test_leaves_no_worker_of_a_removed_plugin_behind(self):
        self.assertEqual(len(list(self.stream(pieces=1, pause=0))), 1)
        for _ in range(3):
            self.drop_in()
            self.assertEqual(self.call(), "1.0.0")
            self.assertGreaterEqual(self.workers(), 1)
            self.remove()
        self.assertTrue(eventually(lambda: self.workers() <= 1), f"{self.workers()} workers")

    def test_in_a_burst_leaves_calls_alone(self):
        self.drop_in()
        failures = []

        def call():
            client = self.daemon.connect()
            greet = client.plugin("greet", "Greet")
            for _ in range(100):
                try:
                    greet(timeout=PATIENCE)
                except grpc.RpcError as error:
                    failures.append(error)
            client.close()

        threads = [threading.Thread(target=call) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(50):
            self.daemon.send(signal.SIGHUP)
            time.sleep(0.02)
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def workers(self):
        """How many processes the daemon has started that are there."""
        count = 0
        for path in glob.glob(f"/proc/{self.daemon.process.pid}/task/*/children"):
            try:
                with open(path, encoding="ascii") as children:
                    count += len(children.read().split())
            except OSError:
                pass  # The thread has ended.
        return count


class Removal(unittest.TestCase):
    """Of a plugin that was there when the daemon began, and that nobody has asked for."""

    def remove_from(self, daemon):
        self.addCleanup(daemon.stop)
        os.remove(os.path.join(daemon.plugins, "libgreet.so"))
        daemon.reload()
        client = daemon.connect()
        self.addCleanup(client.close)
        with self.assertRaises(grpc.RpcError) as caught:
            client.raw(GREET)(b"", timeout=PATIENCE)
        self.assertEqual(caught.exception.code(), Code.UNIMPLEMENTED)
        return caught.exception.details()

    def test_is_told_to_clients_that_come_later(self):
        self.assertIn("cn.example.greet was removed", self.remove_from(Daemon(["greet"])))


if __name__ == "__main__":
    unittest.main()
