"""What the operator wants of plugins: whom to trust, what must and must not run, how they are set up."""

import os
import shutil
import subprocess
import tempfile

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from daemon import PATIENCE, PROGRAMS, Daemon, eventually
from folder import ACTIVE, DISABLED, REFUSED, FolderTestCase

Code = grpc.StatusCode


def duikou(*arguments):
    """Runs the command line; it must go well."""
    subprocess.run([os.path.join(PROGRAMS, "duikou"), *arguments], check=True, capture_output=True)


class WithAudit(FolderTestCase):
    def audit(self, event):
        """What the audit says of an event, the newest first."""
        method = self.client.method("duikou.v1.Audit", "ListAuditEntries")
        entries = method(method.request(page_size=1000), timeout=PATIENCE).entries
        return [f"{entry.object}: {entry.reason}" for entry in entries if entry.event == event]


class Signed(WithAudit):
    @classmethod
    def setUpClass(cls):
        cls.keys = tempfile.mkdtemp(prefix="duikou-keys-")
        cls.addClassCleanup(shutil.rmtree, cls.keys)
        for name in ["office", "stranger"]:
            duikou("plugin", "keygen", name, "--folder", cls.keys)
        cls.arguments = ["--plugin-trust", "signed", "--plugin-keys", f"office:{cls.keys}/office.pub"]
        super().setUpClass()

    def sign(self, file, name="office"):
        duikou("plugin", "sign", "--signing-key", os.path.join(self.keys, f"{name}.key"), file)
        return f"{file}.sig"

    def test_files_are_used_and_others_refused_with_three_sentences(self):
        good = self.build("greet")
        sentences = {}
        for name in ["unsigned", "tampered", "stranger", "signed"]:
            file = shutil.copy(good, os.path.join(self.built, f"{name}.so"))
            if name != "unsigned":
                signature = self.sign(file, "stranger" if name == "stranger" else "office")
                shutil.copy(signature, self.path(f"{name}.so.sig"))
            if name == "tampered":
                with open(file, "ab") as end:
                    end.write(b"\0")
            self.drop(file)
            state = ACTIVE if name == "signed" else REFUSED
            plugin = self.assert_becomes(f"{name}.so", state)
            sentences[name] = plugin.reason
        self.assertIn("not signed", sentences["unsigned"])
        self.assertIn("changed after office had signed", sentences["tampered"])
        self.assertIn("not trusted here; trusted are: office", sentences["stranger"])
        self.assertEqual(self.plugin("signed.so").signer, "office")
        self.assertTrue(eventually(lambda: len(self.audit("plugin-refused")) >= 3))
        refused = "\n".join(self.audit("plugin-refused"))
        for name in ["unsigned", "tampered", "stranger"]:
            self.assertIn(f"{name}.so: ", refused)
            self.assertIn(sentences[name][:40], refused)
        loaded = self.audit("plugin-loaded")[0]
        self.assertIn("signed by office", loaded)
        self.assertIn("policy signed", loaded)
        self.assertIn(self.plugin("signed.so").sha256, loaded)

    def test_a_signature_that_comes_later_is_enough(self):
        place = self.drop(self.build("greet"), "greet.so")
        self.assert_becomes("greet.so", REFUSED)
        self.sign(place)
        self.assertEqual(self.assert_becomes("greet.so", ACTIVE).signer, "office")

    def test_an_unsigned_file_cannot_be_installed_and_changes_nothing(self):
        good = self.build("greet")
        self.sign(good)
        duikou("--host", self.daemon.address, "plugin", "install", good)
        generation = self.assert_becomes("cn.example.greet.so", ACTIVE).generation
        os.remove(f"{good}.sig")
        with self.assertRaises(subprocess.CalledProcessError) as caught:
            duikou("--host", self.daemon.address, "plugin", "install", good)
        self.assertIn(b"not signed", caught.exception.stderr)
        self.assertEqual(self.plugin("cn.example.greet.so").generation, generation)
        self.assertEqual(sorted(os.listdir(self.daemon.plugins)), ["cn.example.greet.so", "cn.example.greet.so.sig"])


class Owned(FolderTestCase):
    def test_files_that_others_may_write_are_refused_until_that_is_mended(self):
        place = self.drop(self.build("greet"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)
        os.remove(place)
        self.assert_goes("greet.so")
        self.drop(self.build("greet"), ".greet.so")
        os.chmod(self.path(".greet.so"), 0o666)
        os.rename(self.path(".greet.so"), place)
        self.assertIn("chmod go-w", self.assert_becomes("greet.so", REFUSED).reason)
        os.chmod(place, 0o644)
        self.assert_becomes("greet.so", ACTIVE)

    def test_folders_that_others_may_write_are_refused(self):
        os.chmod(self.daemon.plugins, 0o777)
        try:
            self.drop(self.build("greet"), "greet.so")
            self.assertIn("chmod go-w", self.assert_becomes("greet.so", REFUSED).reason)
        finally:
            os.chmod(self.daemon.plugins, 0o755)

    def test_files_of_other_users_are_refused(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give files away")
        self.drop(self.build("greet"), ".greet.so")
        os.chown(self.path(".greet.so"), 12345, -1)
        os.rename(self.path(".greet.so"), self.path("greet.so"))
        self.assertIn("12345", self.assert_becomes("greet.so", REFUSED).reason)


class Wanted(WithAudit):
    arguments = ["--required-plugins", "cn.example.greet", "--disabled-plugins", "cn.example.fail"]

    def health(self):
        stub = health_pb2_grpc.HealthStub(self.client.channel)
        return stub.Check(health_pb2.HealthCheckRequest(), timeout=PATIENCE).status

    def test_the_daemon_is_ready_with_the_plugins_that_it_requires(self):
        serving = health_pb2.HealthCheckResponse.SERVING
        self.assertNotEqual(self.health(), serving)
        listing = self.client.method("duikou.v1.Plugins", "ListPlugins")(timeout=PATIENCE)
        self.assertEqual(list(listing.missing), ["cn.example.greet"])
        self.drop(self.build("greet"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)
        self.assertEqual(self.health(), serving)

    def test_a_plugin_that_the_configuration_disables_stays_so(self):
        self.drop(self.build("fail"), "fail.so")
        self.assert_becomes("fail.so", DISABLED)
        enable = self.client.method("duikou.v1.Plugins", "EnablePlugin")
        error = self.assert_fails(Code.FAILED_PRECONDITION, enable, enable.request(id="cn.example.fail"))
        self.assertIn("disabled-plugins", error.details())

    def test_a_plugin_is_disabled_and_enabled_by_call_and_by_a_file_in_the_folder(self):
        self.drop(self.build("greet"), "greet.so")
        generation = self.assert_becomes("greet.so", ACTIVE).generation
        for disable, enable in [(self.call("Disable"), self.call("Enable")), (self.write, self.unwrite)]:
            disable()
            self.assert_becomes("greet.so", DISABLED)
            raw = self.client.raw("/cn.example.greet.Methods/Greet")
            self.assertIn("disabled", self.assert_fails(Code.UNIMPLEMENTED, raw, b"").details())
            enable()
            self.assertEqual(self.assert_becomes("greet.so", ACTIVE).generation, generation)
            self.assertEqual(self.greets(), "1.0.0")
        self.assertTrue(eventually(lambda: self.audit("plugin-disabled")))

    def call(self, name):
        method = self.client.method("duikou.v1.Plugins", f"{name}Plugin")
        return lambda: method(method.request(id="cn.example.greet"), timeout=PATIENCE)

    def write(self):
        with open(self.path(".disabled"), "w", encoding="utf-8") as file:
            file.write("# 暂停使用\ncn.example.greet\n")

    def unwrite(self):
        os.remove(self.path(".disabled"))


class SetUp(FolderTestCase):
    @classmethod
    def setUpClass(cls):
        cls.etc = tempfile.mkdtemp(prefix="duikou-etc-")
        cls.addClassCleanup(shutil.rmtree, cls.etc)
        cls.file = os.path.join(cls.etc, "duikoud.yaml")
        cls.configure("plugin: {}\n")
        cls.arguments = ["--config", cls.file]
        super().setUpClass()

    @classmethod
    def configure(cls, text):
        with open(f"{cls.file}.new", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(f"{cls.file}.new", cls.file)

    def said(self):
        client = self.daemon.connect()
        self.addCleanup(client.close)
        answer = client.plugin("stays", "Say")(timeout=PATIENCE)
        return (answer.least_stars, answer.api_key)

    def test_a_plugin_is_told_what_its_section_says_and_anew_when_that_changes(self):
        secret = os.path.join(self.etc, "key")
        with open(secret, "w", encoding="utf-8") as file:
            file.write("geheim-1\n")
        self.configure(f"plugin:\n  cn.example.stays:\n    least_stars: 3\n    api_key: {{file: {secret}}}\n")
        self.drop(self.build("stays"), "stays.so")
        self.drop(self.build("greet"), "greet.so")
        other = self.assert_becomes("greet.so", ACTIVE).generation
        first = self.assert_becomes("stays.so", ACTIVE).generation
        self.assertTrue(eventually(lambda: self.said() == (3, "geheim-1")), f"{self.said()}")

        with open(secret, "w", encoding="utf-8") as file:
            file.write("geheim-2\n")
        self.assertTrue(eventually(lambda: self.said() == (3, "geheim-2")), f"{self.said()}")
        self.configure("plugin:\n  cn.example.stays:\n    least_stars: 4\n")
        self.assertTrue(eventually(lambda: self.said() == (4, "")), f"{self.said()}")
        self.assertGreater(self.plugin("stays.so").generation, first)
        self.assertEqual(self.plugin("greet.so").generation, other)
        self.assertNotIn("geheim", self.daemon.log())

    def test_a_wrong_section_changes_nothing_and_names_its_line(self):
        self.configure("plugin:\n  cn.example.stays:\n    least_stars: 2\n")
        self.drop(self.build("stays"), "stays.so")
        self.assert_becomes("stays.so", ACTIVE)
        self.assertTrue(eventually(lambda: self.said() == (2, "")))
        for text, word in [
            ("least_stars: many", "least_stars"),
            ("lest_stars: 3", "least_stars"),
            ("least_stars: 9", "create"),
        ]:
            self.configure(f"# wrong\nplugin:\n  cn.example.stays:\n    {text}\n")
            said = lambda: self.plugin("stays.so").replacement_reason
            self.assertTrue(eventually(lambda: word in said()), said())
            if word != "create":
                self.assertIn("line 4", said())
            self.assertEqual(self.said(), (2, ""))
        self.configure("plugin:\n  cn.example.stays:\n    least_stars: 1\n")
        self.assertTrue(eventually(lambda: self.said() == (1, "")))

    def test_the_schema_is_printed(self):
        self.drop(self.build("stays"), "stays.so")
        plugin = self.assert_becomes("stays.so", ACTIVE)
        self.assertEqual(plugin.configuration_type, "cn.example.stays.settings")
        self.assertIn('"least_stars"', plugin.configuration_schema)


class Restart(FolderTestCase):
    def test_what_was_disabled_stays_disabled(self):
        self.drop(self.build("greet"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)
        disable = self.client.method("duikou.v1.Plugins", "DisablePlugin")
        disable(disable.request(id="cn.example.greet"), timeout=PATIENCE)
        again = Daemon()
        try:
            shutil.copy(self.path("greet.so"), again.plugins)
            shutil.copy(
                os.path.join(self.daemon.folder, "data", "disabled-plugins"),
                os.path.join(again.folder, "data"),
            )
            client = again.connect()
            listed = client.method("duikou.v1.Plugins", "ListPlugins")
            states = lambda: [plugin.state for plugin in listed(timeout=PATIENCE).plugins]
            self.assertTrue(eventually(lambda: states() == [DISABLED]), f"{states()}")
            client.close()
        finally:
            again.stop()
        enable = self.client.method("duikou.v1.Plugins", "EnablePlugin")
        enable(enable.request(id="cn.example.greet"), timeout=PATIENCE)
