"""What a client is told of a call that failed: a code, a sentence, and details for programs."""

import unittest

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from daemon import PATIENCE, DaemonTestCase

Code = grpc.StatusCode
BY_NUMBER = {code.value[0]: code for code in Code}


def error_info(error):
    """The google.rpc.ErrorInfo of an error; None where it has none."""
    status = rpc_status.from_call(error)
    for detail in status.details if status else []:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return info
    return None


class Statuses(DaemonTestCase):
    plugins = ["fail", "crash", "lie", "refuse", "start"]
    arguments = ["--call-timeout", "2"]

    def assert_told(self, error, plugin, version, method, **details):
        """That the details name the plugin, and say the same as the status does."""
        status = rpc_status.from_call(error)
        self.assertIsNotNone(status, "no google.rpc.Status")
        self.assertEqual((status.code, status.message), (error.code().value[0], error.details()))
        info = error_info(error)
        self.assertIsNotNone(info, "no google.rpc.ErrorInfo")
        self.assertEqual((info.reason, info.domain), (error.code().name, "duikou.org"))
        expected = {"plugin": f"cn.example.{plugin}", "version": version, "method": method}
        for key, value in (expected | details).items():
            self.assertEqual(info.metadata[key], value)
        return info

    def recover(self):
        """One call that goes well, so that failures in a row do not add up to a quarantine."""
        self.client.plugin("crash", "Crash")(timeout=PATIENCE)

    def test_of_a_plugin_reach_the_client_with_code_and_message(self):
        fail = self.client.plugin("fail", "Fail")
        for number in range(1, 17):
            with self.subTest(BY_NUMBER[number].name):
                message = f"第{number}种错误：找不到“敖汉旗”的记录，请检查文件 100%"
                request = fail.request(code=number, message=message)
                error = self.assert_fails(BY_NUMBER[number], fail, request)
                self.assertEqual(error.details(), message)
                self.assert_told(error, "fail", "2.0.0", "Fail")

    def test_of_a_plugin_without_a_message_get_one(self):
        fail = self.client.plugin("fail", "Fail")
        for number in range(1, 17):
            with self.subTest(BY_NUMBER[number].name):
                error = self.assert_fails(BY_NUMBER[number], fail, fail.request(code=number))
                self.assertIn(BY_NUMBER[number].name, error.details())
                self.assertIn("Fail", error.details())
                self.assert_told(error, "fail", "2.0.0", "Fail")

    def test_that_do_not_exist_become_unknown(self):
        fail = self.client.plugin("fail", "Fail")
        for number in [17, 99, -1, 2**31 - 1, -(2**31)]:
            with self.subTest(number):
                error = self.assert_fails(Code.UNKNOWN, fail, fail.request(code=number))
                self.assert_told(error, "fail", "2.0.0", "Fail")
                error = self.assert_fails(
                    Code.UNKNOWN, fail, fail.request(code=number, message="原因")
                )
                self.assertEqual(error.details(), "原因")

    def test_with_long_messages_arrive(self):
        fail = self.client.plugin("fail", "Fail")
        error = self.assert_fails(Code.NOT_FOUND, fail, fail.request(code=5, message="长" * 20000))
        self.assertTrue(error.details().startswith("长" * 100), error.details()[:200])

    def test_come_behind_what_a_stream_has_sent(self):
        late = self.client.plugin("fail", "FailLate")
        for _ in range(50):
            self.assertEqual(len(self.rows_before_failure(late)), 1)
        call = late(late.request(code=9, message="后来失败"), timeout=PATIENCE)
        rows = []
        with self.assertRaises(grpc.RpcError) as caught:
            for row in call:
                rows.append(row)
        self.assertEqual(len(rows), 1)
        self.assertEqual(caught.exception.code(), Code.FAILED_PRECONDITION)
        self.assertEqual(caught.exception.details(), "后来失败")
        self.assert_told(caught.exception, "fail", "2.0.0", "FailLate")

    @staticmethod
    def rows_before_failure(late):
        rows = []
        try:
            for row in late(late.request(code=9), timeout=PATIENCE):
                rows.append(row)
        except grpc.RpcError:
            pass
        return rows

    def test_say_that_a_plugin_owes_one_row(self):
        give = self.client.plugin("fail", "Give")
        self.assertEqual(give(give.request(code=1), timeout=PATIENCE).ListFields(), [])
        for count in [0, 2, 1000]:
            with self.subTest(count):
                error = self.assert_fails(Code.INTERNAL, give, give.request(code=count))
                self.assertIn(f"gave {count}", error.details())
                self.assert_told(error, "fail", "2.0.0", "Give")

    def test_say_how_a_worker_ended(self):
        crash = self.client.plugin("crash", "Crash")
        cases = {
            "HOW_SEGMENTATION": ("SIGSEGV", {"signal": "SIGSEGV"}),
            "HOW_ABORT": ("SIGABRT", {"signal": "SIGABRT"}),
            "HOW_EXIT": ("status 3", {}),
        }
        for how, (word, details) in cases.items():
            with self.subTest(how):
                error = self.assert_fails(Code.UNAVAILABLE, crash, crash.request(how=how))
                self.assertIn("cn.example.crash/Crash", error.details())
                self.assertIn(word, error.details())
                self.assert_told(error, "crash", "1.0.0", "Crash", **details)
                self.recover()

    def test_name_the_function_that_crashed(self):
        crash = self.client.plugin("crash", "Crash")
        error = self.assert_fails(Code.UNAVAILABLE, crash, crash.request(how="HOW_SEGMENTATION"))
        info = self.assert_told(error, "crash", "1.0.0", "Crash")
        self.assertIn("crash", info.metadata["symbol"])
        self.recover()

    def test_say_that_a_plugin_did_not_end_in_time(self):
        crash = self.client.plugin("crash", "Crash")
        error = self.assert_fails(Code.DEADLINE_EXCEEDED, crash, crash.request(how="HOW_LOOP"))
        self.assertIn("cn.example.crash/Crash", error.details())
        self.assert_told(error, "crash", "1.0.0", "Crash")
        self.recover()

    def test_say_that_a_plugin_took_more_than_it_may(self):
        lie = self.client.plugin("lie", "Lie")
        for what in ["ROWS", "STRINGS", "SCRATCH"]:
            with self.subTest(what):
                error = self.assert_fails(
                    Code.RESOURCE_EXHAUSTED, lie, lie.request(what=f"WHAT_{what}")
                )
                self.assert_told(error, "lie", "1.0.0", "Lie")

    def test_say_what_is_wrong_with_rows_that_a_plugin_gave(self):
        lie = self.client.plugin("lie", "Lie")
        cases = {
            "BAD_TEXT": "name is not UTF-8",
            "SPAN_BEYOND": "the evidence ends at byte 1000 of a text of 0",
            "NO_NUMBER": "ratio is not a finite number",
            "REF_TO_NOBODY": "other names row 98",
            "LONG_TEXT": "name has 131072 bytes",
        }
        for what, words in cases.items():
            with self.subTest(what):
                error = self.assert_fails(Code.DATA_LOSS, lie, lie.request(what=f"WHAT_{what}"))
                self.assertIn(words, error.details())
                self.assertIn("cn.example.lie.claim", error.details())
                self.assert_told(error, "lie", "1.0.0", "Lie")
                lie(timeout=PATIENCE)

    def test_say_that_a_plugin_wrote_what_it_had_not_declared(self):
        lie = self.client.plugin("lie", "Lie")
        error = self.assert_fails(Code.INTERNAL, lie, lie.request(what="WHAT_UNDECLARED"))
        self.assert_told(error, "lie", "1.0.0", "Lie")

    def test_say_which_methods_there_are(self):
        raw = self.client.raw("/cn.example.fail.Methods/Nothing")
        error = self.assert_fails(Code.UNIMPLEMENTED, raw, b"")
        for word in ["cn.example.fail.Methods", "Nothing", "Fail, FailLate, Give"]:
            self.assertIn(word, error.details())

    def test_say_that_nobody_has_such_a_method_and_are_logged(self):
        for path in ["/duikou.v1.Documents/Burn", "/shop.v1.Orders/Put", "/a"]:
            with self.subTest(path):
                error = self.assert_fails(Code.UNIMPLEMENTED, self.client.raw(path), b"")
                self.assertTrue(error.details())
        self.assertTrue(self.daemon.has_logged("there is no method", self.log_start))

    def test_are_one_line_of_the_log_whatever_the_client_sends(self):
        get = self.client.raw("/duikou.v1.Documents/GetDocument", "unary_stream")
        name = b"x\n2030-01-01T00:00:00+0000 critical duikoud: forged \x1b[31m"
        self.assert_fails(Code.NOT_FOUND, get, bytes([10, len(name)]) + name)
        self.assertFalse(
            any(line.startswith("2030") for line in self.daemon.lines(self.log_start))
        )
        self.assertFalse(self.daemon.has_logged("\x1b", self.log_start))

    def test_reach_the_client_however_long_its_name_for_something_is(self):
        health = health_pb2_grpc.HealthStub(self.client.channel)
        for length in [20_000, 1_000_000]:
            request = health_pb2.HealthCheckRequest(service="长" * length)
            self.assert_fails(Code.NOT_FOUND, health.Check, request)
            longest = max(len(line) for line in self.daemon.lines(self.log_start))
            self.assertLess(longest, 4000)

    def test_say_that_there_is_no_such_plugin(self):
        raw = self.client.raw("/cn.example.nobody.Methods/Do")
        error = self.assert_fails(Code.UNIMPLEMENTED, raw, b"")
        self.assertIn("no plugin cn.example.nobody is loaded", error.details())

    def test_say_why_a_plugin_is_refused(self):
        raw = self.client.raw("/cn.example.refuse.Methods/Run")
        error = self.assert_fails(Code.UNIMPLEMENTED, raw, b"")
        self.assertIn("the plugin cn.example.refuse is refused", error.details())
        self.assertIn("evidence", error.details())

    def test_say_why_a_plugin_does_not_start(self):
        raw = self.client.raw("/cn.example.start.Methods/Run")
        error = self.assert_fails(Code.UNIMPLEMENTED, raw, b"")
        self.assertIn("the plugin cn.example.start is refused", error.details())

    def test_say_that_a_service_is_nobodys(self):
        for path in ["/no.such.Service/Do", "/duikou.v1.Documents/Nothing", "/Methods/Do"]:
            with self.subTest(path):
                self.assert_fails(Code.UNIMPLEMENTED, self.client.raw(path), b"")

    def test_do_not_lead_to_the_method_behind_all_methods(self):
        raw = self.client.raw("/duikou.internal.PluginMethods/Call")
        self.assert_fails(Code.UNIMPLEMENTED, raw, b"")

    def test_of_bad_requests_have_details_too(self):
        fail = self.client.plugin("fail", "Fail")
        error = self.assert_fails(Code.INVALID_ARGUMENT, self.client.raw(fail.path), b"\xff")
        self.assertIn("the request is no message", error.details())
        self.assert_told(error, "fail", "2.0.0", "Fail")

    def test_of_calls_that_reach_no_plugin_have_details_too(self):
        cases = {
            "/cn.example.fail.Methods/Nothing": b"",
            "/cn.example.nobody.Methods/Do": b"",
            "/cn.example.refuse.Methods/Run": b"",
        }
        for path, request in cases.items():
            with self.subTest(path):
                error = self.assert_fails(Code.UNIMPLEMENTED, self.client.raw(path), request)
                self.assertIsNotNone(error_info(error))


class Quarantine(DaemonTestCase):
    """After five failures in a row."""

    plugins = ["crash"]

    def test_is_told_to_clients_with_what_to_do(self):
        crash = self.client.plugin("crash", "Crash")
        request = crash.request(how="HOW_EXIT")
        for _ in range(5):
            self.assert_fails(Code.UNAVAILABLE, crash, request)
        error = self.assert_fails(Code.FAILED_PRECONDITION, crash)
        self.assertIn("cn.example.crash is quarantined", error.details())
        self.assertIn("duikou plugin release cn.example.crash", error.details())
        info = error_info(error)
        self.assertEqual(info.metadata["plugin"], "cn.example.crash")
        release = self.client.method("duikou.v1.Plugins", "ReleasePlugin")
        release(release.request(id="cn.example.crash"), timeout=PATIENCE)
        crash(timeout=PATIENCE)
        error = self.assert_fails(Code.NOT_FOUND, release, release.request(id="nobody"))
        self.assertIn("nobody", error.details())


if __name__ == "__main__":
    unittest.main()
