"""Plugins are dropped in, replaced and taken away while the daemon serves: it is told nothing."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time

import grpc

from daemon import Daemon, eventually
from folder import ACTIVE, ARRIVING, REFUSED, SHADOWED, FolderTestCase, contents, junk

Code = grpc.StatusCode


class Arrival(FolderTestCase):
    def test_by_rename_is_live_and_announced_once(self):
        watch = self.client.method("duikou.v1.Plugins", "WatchPlugins")(timeout=300)
        self.addCleanup(watch.cancel)
        self.drop(self.build("greet"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)
        self.assertEqual(self.greets(), "1.0.0")
        self.assertIn("cn.example.greet.Methods", self.client.services())
        os.remove(self.path("greet.so"))
        self.assert_goes("greet.so")
        changes = []
        for message in watch:
            if message.plugin.state != ARRIVING:
                changes.append(message.change)
            if message.change == 5:
                break
        self.assertEqual(changes, [2, 5])
        self.assertEqual(self.told("plugin loaded"), 1)

    def test_in_pieces_with_pauses_is_live_when_it_is_whole(self):
        whole = contents(self.build("greet"))
        quarter = len(whole) // 4
        for number in range(4):
            # Closed in between: nobody has it open, and still it is not whole.
            with open(self.path("greet.so"), "ab") as file:
                end = len(whole) if number == 3 else (number + 1) * quarter
                file.write(whole[number * quarter : end])
            if number < 3:
                time.sleep(0.3)
                self.assert_becomes("greet.so", ARRIVING)
        self.assert_becomes("greet.so", ACTIVE)
        self.assertEqual(self.told("plugin not used"), 0)

    def test_while_it_is_held_open_is_waited_for(self):
        whole = contents(self.build("greet"))
        with open(self.path("greet.so"), "wb") as file:
            file.write(whole)
            file.flush()
            time.sleep(0.5)
            self.assert_becomes("greet.so", ARRIVING)
        self.assert_becomes("greet.so", ACTIVE)

    def test_as_a_link_and_under_a_second_name_is_live(self):
        built = self.build("greet")
        os.symlink(built, self.path("greet.so"))
        self.assert_becomes("greet.so", ACTIVE)
        os.link(built, self.path("greet-again.so"))
        self.assert_becomes("greet-again.so", ACTIVE)
        self.assertIn("same file", self.assert_becomes("greet.so", SHADOWED).reason)
        # What the link leads to changes; its folder does not.
        os.remove(self.path("greet-again.so"))
        self.build("greet", VERSION="1.5.0")
        self.assertTrue(eventually(lambda: self.plugin("greet.so").version == "1.5.0"))

    def test_of_fifty_at_once_takes_all_of_them(self):
        source = contents(self.build("greet"))
        for number in range(50):
            renamed = source.replace(b"cn.example.greet", b"cn.example.gre%02d" % number)
            row_ids = {b"\x01\x70\xee\x76": 2 * number, b"\x02\x70\xee\x76": 2 * number + 1}
            for old, new in row_ids.items():
                renamed = renamed.replace(old, bytes([new, 0x71, 0xEE, 0x76]))
            with open(self.path(f".{number}.so"), "wb") as file:
                file.write(renamed)
        for number in range(50):
            os.rename(self.path(f".{number}.so"), self.path(f"{number}.so"))
        everything = {f"{number}.so": ACTIVE for number in range(50)}
        self.assertTrue(eventually(lambda: self.listed() == everything), f"{self.listed()}")
        self.assertEqual(len([name for name in self.client.services() if ".gre" in name]), 50)


class Replacement(FolderTestCase):
    def test_written_over_the_old_one_keeps_that_until_it_is_whole(self):
        self.drop(self.build("greet", VERSION="1.0.0"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)
        new = contents(self.build("greet", VERSION="1.2.0"))
        with open(self.path("greet.so"), "wb") as file:
            for start in range(0, len(new), 5000):
                file.write(new[start : start + 5000])
                file.flush()
                time.sleep(0.1)
                self.assertEqual(self.greets(), "1.0.0")
        self.assertTrue(eventually(lambda: self.greets() == "1.2.0"))
        self.assertEqual(self.told("plugin not used"), 0)

    def test_that_is_broken_leaves_the_old_one_and_says_why(self):
        good = self.build("greet", VERSION="1.0.0")
        self.drop(good, "greet.so")
        generation = self.assert_becomes("greet.so", ACTIVE).generation
        whole = contents(good)
        other_note = whole.replace(b"cn.example.greet\x001.0.0", b"cn.example.other\x001.0.0")
        for broken, word in [
            (b"no plugin at all", "ELF"),
            (whole[: len(whole) // 2], "still being copied"),
            (whole.replace(b"Duikou\x00", b"duikou\x00"), "no note"),
            (other_note, "its note says"),
        ]:
            with open(self.path(".broken"), "wb") as file:
                file.write(broken)
            os.rename(self.path(".broken"), self.path("greet.so"))
            said = lambda: self.plugin("greet.so").replacement_reason
            self.assertTrue(eventually(lambda: word in said()), f"{word}: {said()}")
            self.assertEqual(self.plugin("greet.so").generation, generation)
            self.assertEqual(self.greets(), "1.0.0")
        self.drop(self.build("greet", VERSION="1.1.0"), "greet.so")
        self.assertTrue(eventually(lambda: self.greets() == "1.1.0"))
        self.assertEqual(self.plugin("greet.so").replacement_reason, "")

    def test_by_the_same_contents_or_another_name_goes_on(self):
        self.drop(self.build("greet"), "greet.so")
        generation = self.assert_becomes("greet.so", ACTIVE).generation
        os.utime(self.path("greet.so"))
        os.rename(self.path("greet.so"), self.path("renamed.so"))
        self.assertEqual(self.assert_becomes("renamed.so", ACTIVE).generation, generation)
        self.assert_goes("greet.so")
        self.assertEqual(self.greets(), "1.0.0")

    def test_of_one_id_by_two_files_uses_the_higher_version(self):
        self.drop(self.build("greet", VERSION="1.10.0"), "a.so")
        self.assert_becomes("a.so", ACTIVE)
        self.drop(self.build("greet", VERSION="1.9.0"), "b.so")
        self.assertIn("1.10.0", self.assert_becomes("b.so", SHADOWED).reason)
        self.assertEqual(self.greets(), "1.10.0")
        os.remove(self.path("a.so"))
        self.assert_becomes("b.so", ACTIVE)
        self.assertEqual(self.greets(), "1.9.0")

    def test_lets_a_stream_end_on_what_it_began_with(self):
        self.drop(self.build("stream"), "stream.so")
        self.assert_becomes("stream.so", ACTIVE)
        client = self.daemon.connect()
        self.addCleanup(client.close)
        stream = client.plugin("stream", "Stream")
        messages = stream(stream.request(pieces=100, bytes=10, pause=20), timeout=300)
        next(messages)
        os.remove(self.path("stream.so"))
        self.assert_goes("stream.so")
        self.assertEqual(len(list(messages)), 99)
        self.assertEqual(messages.code(), Code.OK)


class Drained(FolderTestCase):
    arguments = ["--drain", "1"]

    def test_calls_have_their_time_and_no_more(self):
        self.drop(self.build("stream"), "stream.so")
        self.assert_becomes("stream.so", ACTIVE)
        client = self.daemon.connect()
        self.addCleanup(client.close)
        stream = client.plugin("stream", "Stream")
        messages = stream(stream.request(pieces=10_000, bytes=10, pause=20), timeout=300)
        next(messages)
        os.remove(self.path("stream.so"))
        self.assert_goes("stream.so")
        error = self.assert_fails(Code.UNAVAILABLE, lambda **_: list(messages))
        self.assertIn("replaced or removed", error.details())


class Watched(FolderTestCase):
    @classmethod
    def setUpClass(cls):
        settings = tempfile.NamedTemporaryFile("w", suffix=".yaml")
        cls.addClassCleanup(settings.close)
        settings.write("calls-per-client: 4\n")
        settings.flush()
        cls.arguments = ["--config", settings.name]
        super().setUpClass()

    def test_by_clients_that_come_and_go_a_call_is_free_again(self):
        for _ in range(12):
            watch = self.client.method("duikou.v1.Plugins", "WatchPlugins")(timeout=300)
            self.addCleanup(watch.cancel)
            self.drop(self.build("greet"), "greet.so")
            self.assertTrue(any(message.plugin.state == ACTIVE for message in watch))
            watch.cancel()
            os.remove(self.path("greet.so"))

    def test_until_the_daemon_stops_the_watch_does_not_hold_it_up(self):
        daemon = Daemon()
        client = daemon.connect()
        try:
            shutil.copy(self.build("greet"), daemon.plugins)
            watch = client.method("duikou.v1.Plugins", "WatchPlugins")(timeout=300)
            self.assertTrue(any(message.plugin.state == ACTIVE for message in watch))
        finally:
            self.assertEqual(daemon.stop(), 0)
        self.assertFalse(any("cancelled" in line for line in daemon.lines()))
        client.close()


class Nuisance(FolderTestCase):
    """Nothing bad comes of what is no plugin, and it is explained once."""

    def setUp(self):
        super().setUp()
        self.drop(self.build("greet"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)

    def assert_harmless(self, name, word):
        plugin = self.assert_becomes(name, REFUSED)
        self.assertIn(word, plugin.reason)
        self.assertEqual(self.greets(), "1.0.0")
        self.assertEqual(self.told(f"plugins/{name} "), 1, self.daemon.log(self.log_start))

    def test_by_a_pipe(self):
        os.mkfifo(self.path("pipe.so"))
        self.assert_harmless("pipe.so", "a pipe")

    def test_by_a_folder(self):
        os.mkdir(self.path("folder.so"))
        self.assert_harmless("folder.so", "a folder")

    def test_by_a_socket(self):
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self.path("socket.so"))
            self.assert_harmless("socket.so", "a socket")

    def test_by_a_device(self):
        os.symlink("/dev/zero", self.path("device.so"))
        self.assert_harmless("device.so", "a device")

    def test_by_a_link_that_leads_nowhere_until_it_leads_somewhere(self):
        target = os.path.join(self.built, "later.so")
        os.symlink(target, self.path("link.so"))
        self.assert_harmless("link.so", "leads nowhere")
        shutil.copy(self.build("stream"), target)
        self.assert_becomes("link.so", ACTIVE)
        os.remove(target)

    def test_by_a_link_to_itself(self):
        os.symlink(self.path("round.so"), self.path("round.so"))
        self.assert_harmless("round.so", "itself")

    def test_by_a_link_out_of_the_folder_to_what_is_no_plugin(self):
        os.symlink("/etc/passwd", self.path("out.so"))
        self.assert_harmless("out.so", "ELF")

    def test_by_a_library_that_is_no_plugin(self):
        library = subprocess.run(["cc", "-print-file-name=libm.so.6"], capture_output=True, text=True)
        shutil.copy(library.stdout.strip(), self.path("libm.so"))
        self.assert_harmless("libm.so", "no note")

    def test_by_a_file_of_300_mib(self):
        with open(self.path("large.so"), "wb") as file:
            file.truncate(300 << 20)
        self.assert_harmless("large.so", "larger than 256 MiB")

    def test_by_a_thousand_files_of_junk(self):
        for number in range(1000):
            with open(self.path(f"junk{number}.so"), "wb") as file:
                file.write(junk(number))
        is_told = lambda: len([1 for state in self.listed().values() if state in (REFUSED, ARRIVING)]) == 1000
        self.assertTrue(eventually(is_told), f"{len(self.listed())}")
        self.assertEqual(self.greets(), "1.0.0")
        names = re.findall(r"plugins/(junk\d+\.so) ", self.daemon.log(self.log_start))
        self.assertEqual(len(names), len(set(names)), "a file was explained twice")

    def test_by_the_folder_that_is_removed_and_made_again(self):
        # At once: files that go before their folder does are removed plugins.
        os.rename(self.daemon.plugins, self.daemon.plugins + ".away")
        shutil.rmtree(self.daemon.plugins + ".away")
        time.sleep(0.3)
        self.assertEqual(self.greets(), "1.0.0")
        os.mkdir(self.daemon.plugins)
        self.assert_goes("greet.so")
        self.drop(self.build("greet", VERSION="3.0.0"), "greet.so")
        self.assert_becomes("greet.so", ACTIVE)
        self.assertEqual(self.greets(), "3.0.0")

    def test_by_the_folder_that_is_away_for_a_while(self):
        away = self.daemon.plugins + ".away"
        os.rename(self.daemon.plugins, away)
        time.sleep(0.7)
        self.assertEqual(self.greets(), "1.0.0")
        os.rename(away, self.daemon.plugins)
        self.drop(self.build("greet", VERSION="1.1.0"), "greet.so")
        self.assertTrue(eventually(lambda: self.greets() == "1.1.0"))
