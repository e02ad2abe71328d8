"""Who may call: certificates, tokens, sockets, limits, and what the audit says of it."""

import hashlib
import os
import socket
import subprocess
import tempfile
import time
import unittest

import grpc
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_status import rpc_status

from client import Client
from daemon import PATIENCE, PROGRAMS, Daemon, DaemonTestCase

Code = grpc.StatusCode
TOKENS = {"reading": "reader", "working": "analyst", "ruling": "operator"}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def duikou(*arguments):
    subprocess.run([os.path.join(PROGRAMS, "duikou"), *arguments], check=True, capture_output=True)


def token_lines():
    return [
        f"{name}:{role}:{hashlib.sha256(name.encode()).hexdigest()}"
        for name, role in TOKENS.items()
    ]


def bearer(token):
    return [("authorization", f"Bearer {token}")]


def audit(client, **fields):
    """The entries of the audit with these fields, the newest first."""
    method = client.method("duikou.v1.Audit", "ListAuditEntries")
    entries = method(timeout=PATIENCE).entries
    return [
        entry
        for entry in entries
        if all(value in str(getattr(entry, name)) for name, value in fields.items())
    ]


def configured(folder, **settings):
    """Arguments that make a daemon read these settings from a file."""
    path = os.path.join(folder, "duikoud.yaml")
    with open(path, "w", encoding="utf-8") as file:
        for name, value in settings.items():
            file.write(f"{name.replace('_', '-')}: {value}\n")
    return ["--config", path]


class Network(DaemonTestCase):
    """A daemon behind TLS, with two authorities: its own, and one that it does not know."""

    plugins = ["echo"]

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.port = free_port()
        for authority in ["own", "other"]:
            path = cls.path(authority)
            duikou("tls", "init", path, "--name", "localhost", "--name", "127.0.0.1")
            for client in ["延庆区", "guest", "stranger"]:
                duikou("tls", "issue", path, client)
        cls.configure()
        super().setUpClass()

    @classmethod
    def configure(cls):
        cls.arguments = configured(
            cls.folder,
            listen=f"0.0.0.0:{cls.port}",
            tls_certificate=cls.path("own", "server.pem"),
            tls_key=cls.path("own", "server.key"),
            tls_client_authority=cls.path("own", "ca.pem"),
            client_certificates="['延庆区:operator', 'guest:reader']",
            tokens=token_lines(),
        )

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.folder, *names)

    @classmethod
    def read(cls, *names):
        with open(cls.path(*names), "rb") as file:
            return file.read()

    def connect(self, client=None, authority="own", trusted="own", host="localhost"):
        """A channel with a client's certificate of an authority."""
        shown = {}
        if client:
            shown["private_key"] = self.read(authority, f"{client}.key")
            shown["certificate_chain"] = self.read(authority, f"{client}.pem")
        credentials = grpc.ssl_channel_credentials(self.read(trusted, "ca.pem"), **shown)
        client = Client(f"{host}:{self.port}", credentials=credentials)
        self.addCleanup(client.close)
        return client

    @staticmethod
    def list_plugins(client, **options):
        return client.raw("/duikou.v1.Plugins/ListPlugins")(b"", timeout=PATIENCE, **options)

    @staticmethod
    def release(client, **options):
        return client.raw("/duikou.v1.Plugins/ReleasePlugin")(
            b"\x0a\x04none", timeout=PATIENCE, **options
        )


class Certificates(Network):
    def test_open_what_their_role_may_do(self):
        client = self.connect("延庆区")
        self.list_plugins(client)
        self.assertTrue(client.plugin("echo", "Echo")(timeout=PATIENCE))
        self.assert_fails(Code.NOT_FOUND, lambda **_: self.release(client))

    def test_are_checked_under_an_address_too(self):
        self.list_plugins(self.connect("延庆区", host="127.0.0.1"))

    def test_of_a_reader_open_no_more(self):
        client = self.connect("guest")
        self.list_plugins(client)
        for path in ["/duikou.v1.Plugins/ReleasePlugin", "/cn.example.echo.Methods/Echo"]:
            error = self.assert_fails(Code.PERMISSION_DENIED, client.raw(path), b"")
            self.assertIn("guest is reader", error.details())
        self.assertTrue(audit(self.client, caller="127.0.0.1", reason="guest is reader"))

    def test_that_are_valid_but_of_nobody_known_are_refused(self):
        error = self.assert_fails(
            Code.PERMISSION_DENIED, lambda **_: self.list_plugins(self.connect("stranger"))
        )
        self.assertIn("client-certificates", error.details())
        entry = audit(self.client, reason="stranger")[0]
        self.assertEqual(entry.event, "call-refused")
        self.assertEqual(entry.object, "duikou.v1.Plugins/ListPlugins")

    def test_of_another_authority_open_nothing(self):
        client = self.connect("延庆区", authority="other")
        self.assert_fails(Code.UNAVAILABLE, lambda **_: self.list_plugins(client))

    def test_must_be_shown(self):
        self.assert_fails(Code.UNAVAILABLE, lambda **_: self.list_plugins(self.connect()))
        self.assert_fails(
            Code.UNAVAILABLE,
            lambda **_: self.list_plugins(self.connect(), metadata=bearer("ruling")),
        )

    def test_of_the_daemon_must_be_of_an_authority_that_the_client_trusts(self):
        client = self.connect("延庆区", trusted="other")
        self.assert_fails(Code.UNAVAILABLE, lambda **_: self.list_plugins(client))

    def test_do_not_count_where_a_token_is_sent(self):
        client = self.connect("延庆区")
        self.assert_fails(
            Code.PERMISSION_DENIED,
            lambda **_: self.release(client, metadata=bearer("reading")),
        )

    def test_are_not_asked_for_in_plain_text(self):
        client = Client(f"127.0.0.1:{self.port}")
        self.addCleanup(client.close)
        self.assert_fails(Code.UNAVAILABLE, lambda **_: self.list_plugins(client))
        self.list_plugins(self.connect("延庆区"))


class Tokens(Network):
    @classmethod
    def configure(cls):
        cls.arguments = configured(
            cls.folder,
            listen=f"0.0.0.0:{cls.port}",
            tls_certificate=cls.path("own", "server.pem"),
            tls_key=cls.path("own", "server.key"),
            tokens=token_lines(),
        )

    def test_open_what_their_role_may_do(self):
        client = self.connect()
        for token in TOKENS:
            self.list_plugins(client, metadata=bearer(token))
        self.assert_fails(
            Code.NOT_FOUND, lambda **_: self.release(client, metadata=bearer("ruling"))
        )
        echo = client.raw("/cn.example.echo.Methods/Echo")
        echo(b"", timeout=PATIENCE, metadata=bearer("working"))
        self.assert_fails(Code.PERMISSION_DENIED, echo, b"", metadata=bearer("reading"))

    def test_are_needed(self):
        client = self.connect()
        error = self.assert_fails(Code.UNAUTHENTICATED, lambda **_: self.list_plugins(client))
        self.assertIn("Bearer", error.details())
        for wrong in [bearer("wrong"), [("authorization", "Basic ruling")], bearer("")]:
            self.assert_fails(
                Code.UNAUTHENTICATED,
                lambda metadata=wrong, **_: self.list_plugins(client, metadata=metadata),
            )

    def test_do_not_reach_plugins_or_the_log(self):
        client = self.connect()
        self.list_plugins(client, metadata=bearer("ruling"))
        self.assert_fails(
            Code.UNAUTHENTICATED,
            lambda **_: self.list_plugins(client, metadata=bearer("a-secret-that-is-wrong")),
        )
        self.assertNotIn("ruling", self.daemon.log())
        self.assertNotIn("a-secret-that-is-wrong", self.daemon.log())
        for entry in audit(self.client):
            self.assertNotIn("a-secret-that-is-wrong", str(entry))


class Readers(Network):
    """What a reader sees is there already."""

    def test_see_what_was_analysed_and_start_nothing(self):
        documents = self.client.method("duikou.v1.Documents", "PutDocument")
        parts = [
            documents.request(header={"uri": "a.txt"}),
            documents.request(chunk="敖汉旗".encode()),
        ]
        put = self.client.channel.stream_unary(
            documents.path,
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=documents.response.FromString,
        )
        document = put(iter(parts), timeout=PATIENCE).id
        reader = self.connect("guest").method("duikou.v1.Analyses", "ListRecords")
        error = self.assert_fails(
            Code.FAILED_PRECONDITION, reader, reader.request(document_id=document)
        )
        self.assertIn("analyst", error.details())
        owner = self.client.method("duikou.v1.Analyses", "ListRecords")
        list(owner(owner.request(document_id=document), timeout=PATIENCE))
        list(reader(reader.request(document_id=document), timeout=PATIENCE))


class Strangers(Network):
    def test_keep_nobody_out_of_the_audit(self):
        client = self.connect("延庆区")
        for index in range(130):
            self.assert_fails(
                Code.UNAUTHENTICATED,
                client.raw(f"/x.y/M{index}"),
                b"",
                metadata=bearer(f"wrong-{index}"),
            )
        reader = self.connect("guest")
        self.assert_fails(Code.PERMISSION_DENIED, lambda **_: self.release(reader))
        owner = self.client.method("duikou.v1.Plugins", "ReleasePlugin")
        for _ in range(3):
            owner(owner.request(id="cn.example.echo"), timeout=PATIENCE)
        self.assertEqual(len(audit(self.client, event="plugin-released")), 3)
        self.assertTrue(audit(self.client, reason="guest is reader"))
        self.assertLess(len(audit(self.client, reason="the token is not known")), 20)

    def test_that_only_connect_are_let_go(self):
        idle = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(300)]
        for connection in idle:
            self.addCleanup(connection.close)
        health = health_pb2_grpc.HealthStub(self.client.channel)
        health.Check(health_pb2.HealthCheckRequest(), timeout=PATIENCE)
        # All of them within the time of a handshake, not only those above the limit.
        for connection in idle:
            connection.settimeout(PATIENCE)
            try:
                self.assertEqual(connection.recv(1), b"")
            except ConnectionResetError:
                pass
        self.list_plugins(self.connect("延庆区"))


class HalfOpen(unittest.TestCase):
    def test_connections_do_not_hold_up_the_end(self):
        with tempfile.TemporaryDirectory() as folder:
            authority = os.path.join(folder, "own")
            duikou("tls", "init", authority, "--name", "localhost")
            port = free_port()
            daemon = Daemon(
                arguments=configured(
                    folder,
                    listen=f"127.0.0.1:{port}",
                    tls_certificate=os.path.join(authority, "server.pem"),
                    tls_key=os.path.join(authority, "server.key"),
                    tls_client_authority=os.path.join(authority, "ca.pem"),
                    drain=120,
                )
            )
            with socket.create_connection(("127.0.0.1", port)):
                time.sleep(0.5)
                start = time.monotonic()
                self.assertEqual(daemon.stop(), 0)
                self.assertLess(time.monotonic() - start, 60)


class Identities(unittest.TestCase):
    """What the daemon does not show to clients, since none would trust it."""

    def test_that_do_not_serve_are_told_at_the_start(self):
        with tempfile.TemporaryDirectory() as folder:
            authority = os.path.join(folder, "own")
            duikou("tls", "init", authority)
            duikou("tls", "issue", authority, "guest")
            os.chmod(os.path.join(authority, "server.key"), 0o644)
            cases = [("guest", "guest", "is for clients"), ("server", "guest", "does not belong")]
            cases += [("server", "server", "chmod 600"), ("none", "server", "cannot be read")]
            for certificate, key, sentence in cases:
                with self.subTest(sentence):
                    arguments = configured(
                        folder,
                        listen=f"127.0.0.1:{free_port()}",
                        tls_certificate=os.path.join(authority, f"{certificate}.pem"),
                        tls_key=os.path.join(authority, f"{key}.key"),
                        tls_client_authority=os.path.join(authority, "ca.pem"),
                    )
                    with self.assertRaises(RuntimeError) as caught:
                        Daemon(arguments=arguments)
                    self.assertIn(sentence, str(caught.exception))

    def test_are_issued_anew_and_for_names_only(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ["", "a b", "host:7070", "延庆", "a..b"]:
                with self.assertRaises(subprocess.CalledProcessError):
                    duikou("tls", "init", folder, "--name", name)
            self.assertEqual(os.listdir(folder), [])
            duikou("tls", "init", folder)
            with self.assertRaises(subprocess.CalledProcessError):
                duikou("tls", "issue", folder, "--server", "--name", "b.example")
            for name in ["server.pem", "server.key"]:
                os.rename(os.path.join(folder, name), os.path.join(folder, f"old-{name}"))
            duikou("tls", "issue", folder, "--server", "--name", "b.example")
            self.assertEqual(os.stat(os.path.join(folder, "server.key")).st_mode & 0o777, 0o600)


class Audit(DaemonTestCase):
    plugins = ["echo"]

    def test_says_what_was_released(self):
        method = self.client.method("duikou.v1.Plugins", "ReleasePlugin")
        method(method.request(id="cn.example.echo"), timeout=PATIENCE)
        entry = audit(self.client, event="plugin-released")[0]
        self.assertEqual((entry.caller, entry.object), ("unix", "cn.example.echo"))

    def test_is_shown_by_the_command_line(self):
        program = subprocess.run(
            [
                os.path.join(PROGRAMS, "duikou"),
                *["--host", self.daemon.address, "audit", "--format", "json"],
            ],
            check=True,
            capture_output=True,
        )
        self.assertIn(b'"entries"', program.stdout)


class Limits(DaemonTestCase):
    plugins = ["echo"]

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        # One call in a second, and not before the next one.
        cls.arguments = configured(folder.name, calls_per_second=1)
        super().setUpClass()

    def test_refuse_with_the_time_after_which_to_try_again(self):
        health = health_pb2_grpc.HealthStub(self.client.channel)
        refused = []
        for _ in range(20):
            try:
                health.Check(health_pb2.HealthCheckRequest(), timeout=PATIENCE)
            except grpc.RpcError as error:
                refused.append(error)
        self.assertTrue(refused)
        error = refused[0]
        self.assertEqual(error.code(), Code.RESOURCE_EXHAUSTED)
        details = {
            detail.TypeName(): detail for detail in rpc_status.from_call(error).details
        }
        info = error_details_pb2.RetryInfo()
        self.assertTrue(details["google.rpc.RetryInfo"].Unpack(info))
        delay = info.retry_delay.seconds + info.retry_delay.nanos / 1e9
        self.assertGreater(delay, 0)
        self.assertLessEqual(delay, 1.001)


class SharedSocket(DaemonTestCase):
    plugins = ["echo"]

    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root can become another user")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)
        cls.socket = os.path.join(folder.name, "shared.sock")
        cls.arguments = configured(
            folder.name, shared_socket=cls.socket, shared_socket_group="nogroup"
        )
        super().setUpClass()

    @staticmethod
    def connects(path, user, group):
        """Whether a process of this user and group can connect, and stay connected."""
        script = (
            "import socket; s = socket.socket(socket.AF_UNIX); "
            f"s.connect({path!r}); s.settimeout(1)\n"
            "try: ended = s.recv(1) == b''\n"
            "except TimeoutError: ended = False\n"
            "except ConnectionResetError: ended = True\n"
            "raise SystemExit(ended)"
        )
        command = ["python3", "-c", script]
        program = subprocess.run(
            command, user=user, group=group, extra_groups=[], capture_output=True
        )
        return program.returncode == 0

    def test_is_open_to_its_group_and_nobody_else(self):
        self.assertTrue(self.connects(self.socket, 12345, "nogroup"))
        self.assertTrue(self.daemon.has_logged("uid=12345"))
        self.assertFalse(self.connects(self.socket, 12345, 12345))

    def test_makes_analysts(self):
        client = Client(f"unix:{self.socket}")
        self.addCleanup(client.close)
        self.assertTrue(client.plugin("echo", "Echo")(timeout=PATIENCE))
        error = self.assert_fails(
            Code.PERMISSION_DENIED, client.raw("/duikou.v1.Plugins/ReleasePlugin"), b""
        )
        self.assertIn("analyst", error.details())

    def test_leaves_the_own_one_to_the_owner_whatever_its_mode(self):
        own = self.daemon.address.removeprefix("unix:")
        for path in [own, os.path.dirname(own), self.daemon.folder]:
            os.chmod(path, 0o777)
        self.addCleanup(os.chmod, own, 0o600)
        self.assertFalse(self.connects(own, 12345, 12345))
        health = health_pb2_grpc.HealthStub(self.client.channel)
        health.Check(health_pb2.HealthCheckRequest(), timeout=PATIENCE)
        self.assertTrue(self.daemon.has_logged("connection refused"))


class Traces(DaemonTestCase):
    plugins = ["echo"]
    arguments = ["--spans", "on"]

    def spans(self, text):
        found = []
        for line in self.daemon.lines(self.log_start):
            if "] span" in line and text in line:
                found.append(dict(part.split("=", 1) for part in line.split() if "=" in part))
        return found

    def test_go_on_through_the_daemon_to_the_plugin(self):
        echo = self.client.plugin("echo", "Echo")
        echo(timeout=PATIENCE, metadata=[("traceparent", f"00-{TRACE}-00f067aa0ba902b7-01")])
        spans = self.spans(TRACE)
        self.assertEqual(len(spans), 2)
        plugin, server = spans
        self.assertEqual(server["parent"], "00f067aa0ba902b7")
        self.assertEqual(plugin["parent"], server["span"])
        self.assertEqual(plugin["duikou.plugin"], "cn.example.echo")
        self.assertEqual(server["rpc.service"], "cn.example.echo.Methods")

    def test_tell_what_a_call_ended_with(self):
        unknown = self.client.raw("/cn.example.echo.Methods/Nothing")
        self.assert_fails(Code.UNIMPLEMENTED, unknown, b"")
        self.assertTrue(self.spans("rpc.grpc.status_code=12"))


if __name__ == "__main__":
    unittest.main()
