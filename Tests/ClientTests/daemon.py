"""A daemon in a process of its own, over plugins in C that are compiled for it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import grpc

from client import Client

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
PROGRAMS = os.environ.get("DUIKOU_BIN") or os.path.join(REPOSITORY, ".build", "debug")
# How long to wait for what should come at once, on a machine that is busy with other things.
PATIENCE = 60


def known_defect(sentence):
    """Marks a test that fails since the daemon has a defect; one that passes then fails the run."""

    def mark(test):
        test.__doc__ = f"known defect: {sentence}"
        return unittest.expectedFailure(test)

    return mark


def known_defect_at_times(sentence):
    """The same for a test that passes now and then: it is not run."""
    return unittest.skip(f"known defect: {sentence}")


def compile_plugin(name, folder, target=None, **definitions):
    """Compiles plugins/NAME.c, as its author would, and puts it into a folder whole."""
    library = os.path.join(folder, f"lib{target or name}.so")
    unfinished = os.path.join(folder, f".{target or name}.so")
    flags = "-std=c11 -Wall -Wextra -Wpedantic -Werror -shared -fPIC -fvisibility=hidden".split()
    flags += [f'-D{key}="{value}"' for key, value in definitions.items()]
    include = os.path.join(REPOSITORY, "include")
    source = os.path.join(HERE, "plugins", f"{name}.c")
    subprocess.run(["cc", *flags, f"-I{include}", source, "-o", unfinished], check=True)
    os.rename(unfinished, library)
    return library


def eventually(condition, patience=PATIENCE):
    """Whether a condition comes true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


class Daemon:
    """A running daemon; its plugins are those that are named, besides what is dropped in later."""

    def __init__(self, plugins=(), arguments=()):
        self.folder = tempfile.mkdtemp(prefix="duikou-client-")
        self.plugins = os.path.join(self.folder, "plugins")
        os.mkdir(self.plugins)
        self.process = None
        self._log = []
        self._lock = threading.Lock()
        try:
            for name in plugins:
                compile_plugin(name, self.plugins)
            self._start(arguments)
        except BaseException:
            self.stop()
            raise

    def _start(self, arguments):
        data = os.path.join(self.folder, "data")
        self.address = f"unix:{data}/duikou.sock"
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith("DUIKOUD_")
        }
        self.process = subprocess.Popen(
            [os.path.join(PROGRAMS, "duikoud"), "--data", data, "--plugins", self.plugins]
            + list(arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        eventually(lambda: self.has_logged("] serving") or self.process.poll() is not None)
        if not self.has_logged("] serving"):
            raise RuntimeError(f"the daemon does not serve:\n{self.log()}")

    def _read(self):
        with self.process.stderr as output:
            for line in output:
                with self._lock:
                    self._log.append(line.decode("utf-8", "replace").rstrip("\n"))

    def lines(self, start=0):
        """The lines of its log from one on."""
        with self._lock:
            return self._log[start:]

    def log(self, start=0):
        return "\n".join(self.lines(start))

    def has_logged(self, text, start=0):
        return any(text in line for line in self.lines(start))

    def milliseconds(self, method, code, start=0):
        """How long the calls of a method took that ended with a code, as the daemon saw them."""
        found = []
        for line in self.lines(start):
            if f"method={method}" in line and f"code={code}" in line:
                found += [float(text) for text in re.findall(r"\bms=([0-9.]+)", line)]
        return found

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def connect(self, *options):
        """A new client, which the caller closes."""
        return Client(self.address, *options)

    def send(self, number):
        self.process.send_signal(number)

    def reload(self):
        """Lets the daemon look through its plugin folders again, and waits until it has."""
        start = len(self.lines())
        self.send(signal.SIGHUP)
        done = lambda: self.has_logged("plugins looked at again", start) or not self.is_running
        if not eventually(done) or not self.is_running:
            raise AssertionError(f"SIGHUP did not make the daemon load again:\n{self.log(start)}")

    def memory(self, key="RssAnon"):
        """A line of /proc/PID/status, in bytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith(f"{key}:"):
                    return int(line.split()[1]) * 1024
        raise AssertionError(f"the kernel does not tell {key}")

    def stop(self):
        """Stops it as an operator would; returns its exit status."""
        status = None
        if self.process is not None:
            if self.is_running:
                self.send(signal.SIGTERM)
            try:
                status = self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                status = self.process.wait()
            # Workers that are left have the pipe too.
            self._reader.join(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)
        return status


class DaemonTestCase(unittest.TestCase):
    """Tests over one daemon, whose log is printed where one of them fails."""

    plugins = ()
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(cls.plugins, cls.arguments)
        cls.addClassCleanup(cls._stop)
        cls.client = cls.daemon.connect()
        cls.addClassCleanup(cls.client.close)

    @classmethod
    def _stop(cls):
        was_running = cls.daemon.is_running
        status = cls.daemon.stop()
        if not was_running or status != 0:
            raise AssertionError(
                f"the daemon ended with status {status}, "
                f"{'at' if was_running else 'before'} its SIGTERM:\n{cls.daemon.log()}"
            )

    def run(self, result=None):
        count = lambda: len(result.failures) + len(result.errors) if result else 0
        self.log_start, before = len(self.daemon.lines()), count()
        outcome = super().run(result)
        if count() > before:
            print(f"\nThe daemon's log in {self}:", file=sys.stderr)
            print(self.daemon.log(self.log_start), file=sys.stderr)
        return outcome

    def assert_fails(self, code, call, *arguments, **options):
        """Calls and returns the error, which has a code and a message."""
        options.setdefault("timeout", PATIENCE)
        with self.assertRaises(grpc.RpcError) as caught:
            outcome = call(*arguments, **options)
            if hasattr(outcome, "__next__"):
                list(outcome)
        error = caught.exception
        self.assertEqual(error.code(), code, error.details())
        self.assertTrue(error.details(), "an error without a sentence")
        return error
