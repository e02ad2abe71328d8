"""Plugins are replaced while clients call them."""

import os
import shutil
import threading
import unittest

import grpc

from daemon import PATIENCE, DaemonTestCase, compile_plugin, eventually

REPLACEMENTS = 200
VERSIONS = ["1.0.0", "1.1.0", "1.0.1", "2.0.0"]


class Caller(threading.Thread):
    """A client that calls without pause until it is stopped."""

    def __init__(self, daemon, is_streaming):
        super().__init__(daemon=True)
        self.client = daemon.connect()
        self.is_streaming = is_streaming
        self.stopped = threading.Event()
        self.calls = 0
        self.versions = set()
        self.failures = []

    def run(self):
        once = self.client.plugin("both", "Once")
        often = self.client.plugin("both", "Often")
        while not self.stopped.is_set():
            try:
                if self.is_streaming:
                    answer = {row.version for row in often(often.request(pieces=20), timeout=PATIENCE)}
                else:
                    answer = {once(timeout=PATIENCE).version}
                if len(answer) != 1:
                    self.failures.append(f"one call was answered by {answer}")
                self.versions |= answer
                self.calls += 1
            except grpc.RpcError as error:
                self.failures.append(f"{error.code()}: {error.details()}")

    def end(self):
        self.stopped.set()
        self.join(PATIENCE)
        self.client.close()


class Replacing(DaemonTestCase):
    plugins = ["both"]
    arguments = ["--access-log", "off"]

    def state(self):
        """The workers, open files, private copies and mappings of the daemon."""
        process = f"/proc/{self.daemon.process.pid}"
        children = 0
        for thread in os.listdir(f"{process}/task"):
            with open(f"{process}/task/{thread}/children", encoding="ascii") as file:
                children += len(file.read().split())
        with open(f"{process}/maps", encoding="ascii") as file:
            maps = len(file.readlines())
        copies = os.path.join(self.daemon.folder, "data", "cache", "plugins")
        return {
            "workers": children,
            "files": len(os.listdir(f"{process}/fd")),
            "copies": len([name for name in os.listdir(copies) if name.endswith(".so")]),
            "maps": maps,
        }

    def is_back_at(self, start, workers):
        """Whether there is no more than at the start, but for what so many workers need."""
        now = self.state()
        return (
            now["workers"] <= workers
            and now["copies"] == start["copies"]
            and now["files"] <= start["files"] + 10 * workers
            and now["maps"] <= start["maps"] + 20 * workers
        )

    def listing(self):
        listed = self.client.method("duikou.v1.Plugins", "ListPlugins")(timeout=PATIENCE)
        return next(plugin for plugin in listed.plugins if plugin.id == "cn.example.both")

    def test_two_hundred_times_under_eight_clients_fails_no_call_and_leaves_nothing(self):
        built = os.path.join(self.daemon.folder, "built")
        os.mkdir(built)
        for version in VERSIONS:
            compile_plugin("both", built, version, VERSION=version)
        place = os.path.join(self.daemon.plugins, "libboth.so")
        start = self.state()
        callers = [Caller(self.daemon, index >= 5) for index in range(8)]
        for caller in callers:
            caller.start()
        self.addCleanup(lambda: [caller.end() for caller in callers])

        memory = 0
        for number in range(REPLACEMENTS):
            version = VERSIONS[(number + 1) % len(VERSIONS)]
            before = self.listing().generation
            shutil.copy(os.path.join(built, f"lib{version}.so"), f"{place}.new")
            os.rename(f"{place}.new", place)
            self.assertTrue(
                eventually(lambda: self.listing().version == version and self.listing().generation > before),
                f"replacement {number} by {version} did not come to be:\n{self.daemon.log()}",
            )
            if number == 50:
                memory = self.daemon.memory()
        for caller in callers:
            caller.end()

        self.assertEqual([failure for caller in callers for failure in caller.failures][:5], [])
        for caller in callers:
            self.assertGreater(caller.calls, REPLACEMENTS // 10)
        self.assertEqual({version for caller in callers for version in caller.versions}, set(VERSIONS))
        # Eight workers of the last generation may wait for calls; of those before nothing is left.
        self.assertTrue(
            eventually(lambda: self.is_back_at(start, workers=8)), f"{start} -> {self.state()}"
        )
        self.assertLess(self.daemon.memory(), memory + (64 << 20))


if __name__ == "__main__":
    unittest.main()
