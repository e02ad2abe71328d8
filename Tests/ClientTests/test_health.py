"""grpc.health.v1, by its own client."""

import unittest

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from daemon import PATIENCE, Daemon, DaemonTestCase

Status = health_pb2.HealthCheckResponse


class Health(DaemonTestCase):
    plugins = ["crash", "echo", "refuse"]

    def setUp(self):
        self.health = health_pb2_grpc.HealthStub(self.client.channel)

    def check(self, service):
        request = health_pb2.HealthCheckRequest(service=service)
        return self.health.Check(request, timeout=PATIENCE).status

    def watch(self, service):
        request = health_pb2.HealthCheckRequest(service=service)
        call = self.health.Watch(request, timeout=300)
        self.addCleanup(call.cancel)
        return call

    def test_is_that_of_the_daemon_and_of_each_of_its_services(self):
        for service in ["", "duikou.v1.Documents", "duikou.v1.Analyses", "duikou.v1.Plugins"]:
            with self.subTest(service):
                self.assertEqual(self.check(service), Status.SERVING)

    def test_is_that_of_a_plugin_by_its_id_and_by_its_service(self):
        for service in ["cn.example.echo", "cn.example.echo.Methods"]:
            with self.subTest(service):
                self.assertEqual(self.check(service), Status.SERVING)
        for service in ["cn.example.refuse", "cn.example.refuse.Methods"]:
            with self.subTest(service):
                self.assertEqual(self.check(service), Status.NOT_SERVING)

    def test_of_nobody_is_not_found(self):
        for service in ["nobody", "cn.example.nobody", "cn.example.nobody.Methods", ".Methods"]:
            with self.subTest(service):
                request = health_pb2.HealthCheckRequest(service=service)
                error = self.assert_fails(grpc.StatusCode.NOT_FOUND, self.health.Check, request)
                self.assertIn(service, error.details())
                self.assertEqual(next(self.watch(service)).status, Status.SERVICE_UNKNOWN)

    def test_of_a_plugin_changes_with_its_quarantine(self):
        names = ["cn.example.crash", "cn.example.crash.Methods"]
        watches = [self.watch(name) for name in names]
        for watch in watches:
            self.assertEqual(next(watch).status, Status.SERVING)
        crash = self.client.plugin("crash", "Crash")
        request = crash.request(how="HOW_EXIT")
        for _ in range(5):
            self.assert_fails(grpc.StatusCode.UNAVAILABLE, crash, request)
        for name, watch in zip(names, watches):
            self.assertEqual(next(watch).status, Status.NOT_SERVING)
            self.assertEqual(self.check(name), Status.NOT_SERVING)
        self.assertEqual(self.check(""), Status.SERVING)
        self.assertEqual(self.check("cn.example.echo"), Status.SERVING)
        release = self.client.method("duikou.v1.Plugins", "ReleasePlugin")
        release(release.request(id="cn.example.crash"), timeout=PATIENCE)
        for name, watch in zip(names, watches):
            self.assertEqual(next(watch).status, Status.SERVING)
            self.assertEqual(self.check(name), Status.SERVING)

    def test_can_be_watched_by_many(self):
        watches = [self.watch("") for _ in range(50)]
        for watch in watches:
            self.assertEqual(next(watch).status, Status.SERVING)


class Stopping(unittest.TestCase):
    def test_is_told_to_those_who_watch(self):
        daemon = Daemon(["echo"])
        self.addCleanup(daemon.stop)
        client = daemon.connect()
        self.addCleanup(client.close)
        health = health_pb2_grpc.HealthStub(client.channel)
        watches = [
            health.Watch(health_pb2.HealthCheckRequest(service=name), timeout=PATIENCE)
            for name in ["", "cn.example.echo"]
        ]
        for watch in watches:
            self.assertEqual(next(watch).status, Status.SERVING)
        self.assertEqual(daemon.stop(), 0)
        for watch in watches:
            self.assertEqual([answer.status for answer in watch], [Status.NOT_SERVING])


if __name__ == "__main__":
    unittest.main()
