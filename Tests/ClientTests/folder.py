"""A plugin folder of a running daemon, and what the daemon says of it."""

import os
import random
import shutil

from daemon import PATIENCE, DaemonTestCase, compile_plugin, eventually

ACTIVE, SHADOWED, REFUSED, QUARANTINED, ARRIVING, DISABLED = range(1, 7)


class FolderTestCase(DaemonTestCase):
    """Tests in which files come and go, without a word to the daemon. Each begins with an empty folder."""

    def setUp(self):
        self.built = os.path.join(self.daemon.folder, "built")
        os.makedirs(self.built, exist_ok=True)
        self.addCleanup(self.empty)

    def empty(self):
        os.makedirs(self.daemon.plugins, exist_ok=True)
        for name in os.listdir(self.daemon.plugins):
            path = os.path.join(self.daemon.plugins, name)
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)
        self.assertTrue(eventually(lambda: self.listed() == {}), f"{self.listed()}")

    def path(self, name):
        return os.path.join(self.daemon.plugins, name)

    def build(self, name, target=None, **definitions):
        """A plugin that is not in the folder."""
        return compile_plugin(name, self.built, target, **definitions)

    def drop(self, file, name=None):
        """Puts a file in at once."""
        place = self.path(name or os.path.basename(file))
        shutil.copy(file, f"{place}.part")
        os.rename(f"{place}.part", place)
        return place

    def plugins_listed(self):
        return self.client.method("duikou.v1.Plugins", "ListPlugins")(timeout=PATIENCE).plugins

    def listed(self):
        """The states of the files, by their names."""
        return {os.path.basename(plugin.path): plugin.state for plugin in self.plugins_listed()}

    def plugin(self, name):
        """What is said of a file; None where nothing is."""
        for plugin in self.plugins_listed():
            if os.path.basename(plugin.path) == name:
                return plugin
        return None

    def assert_becomes(self, name, state):
        """Waits for a file to be in a state; returns what is said of it."""
        is_so = lambda: (self.plugin(name) is not None) and self.plugin(name).state == state
        self.assertTrue(eventually(is_so), f"{name}: {self.plugin(name)}")
        return self.plugin(name)

    def assert_goes(self, name):
        self.assertTrue(eventually(lambda: self.plugin(name) is None), f"{self.plugin(name)}")

    def greets(self):
        """The version of the plugin that greets, by fresh reflection."""
        client = self.daemon.connect()
        self.addCleanup(client.close)
        return client.plugin("greet", "Greet")(timeout=PATIENCE).version

    def told(self, text):
        """How often the log says something since the test has begun."""
        return len([line for line in self.daemon.lines(self.log_start) if text in line])


def contents(path):
    """The bytes of a file."""
    with open(path, "rb") as file:
        return file.read()


def junk(number):
    """Bytes that are no plugin, each time the same ones."""
    source = random.Random(number)
    kind = number % 3
    if kind == 0:
        return source.randbytes(source.randrange(2000))
    if kind == 1:
        return "不是插件\n".encode() * source.randrange(50)
    return b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + source.randbytes(source.randrange(300))
