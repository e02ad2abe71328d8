"""What a row says goes to a plugin and back as it was said."""

import struct
import unittest

import grpc

from daemon import PATIENCE, DaemonTestCase

EXTREMES = {
    "small": [0, 1, -1, 2**31 - 1, -(2**31)],
    "count": [0, 1, 2**32 - 1],
    "large": [0, 1, -1, 2**63 - 1, -(2**63)],
    "total": [0, 1, 2**63, 2**64 - 1],
    "ratio": [0.0, -0.0, 1.5, -1e308, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308],
    "name": ["", "a", "敖汉旗", "𠮷野家\u0000\u200b", "旗" * 21845],
    "data": [b"", b"\x00", bytes(range(256)), b"\xff" * 65536],
    "mood": [-1, 7],
    "grade": [1, 2],
    "epoch": [1, 2**40, 2**63 - 1, -(2**63)],
    "code": [1, 2**32 - 1],
}


def field(number, kind, value):
    """A field on the wire; a number or bytes."""

    def varint(value):
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes(out) + bytes([value])

    tag = varint(number << 3 | kind)
    if kind == 0:
        return tag + varint(value)
    return tag + (varint(len(value)) if kind == 2 else b"") + value


class Fields(DaemonTestCase):
    plugins = ["copy"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copy = cls.client.plugin("copy", "Copy")
        cls.tables = cls.client.plugin("copy", "CopyTables")
        cls.each = cls.client.plugin("copy", "CopyEach")

    def in_three_ways(self, sample):
        """The copies of a row: as a row, in a table, in a stream of rows."""
        yield "row", self.copy(sample, timeout=PATIENCE)
        request = self.tables.request(sample=[sample])
        (row,) = self.tables(request, timeout=PATIENCE).sample_copy
        yield "table", row
        (row,) = self.each(self.each.request(sample=[sample]), timeout=PATIENCE)
        yield "stream", row

    def assert_same(self, copied, sample):
        self.assertEqual(copied.SerializeToString(), sample.SerializeToString())

    def test_that_are_not_stated_stay_so(self):
        for way, copied in self.in_three_ways(self.copy.request()):
            with self.subTest(way):
                self.assertEqual(copied.ListFields(), [])

    def test_come_back_as_they_were_up_to_the_extremes(self):
        for name, values in EXTREMES.items():
            for value in values:
                sample = self.copy.request(**{name: value})
                for way, copied in self.in_three_ways(sample):
                    with self.subTest(field=name, value=repr(value)[:40], way=way):
                        got = getattr(copied, name)
                        self.assertEqual(got, value)
                        if name == "ratio":
                            self.assertEqual(struct.pack("d", got), struct.pack("d", value))
                        if copied.DESCRIPTOR.fields_by_name[name].has_presence:
                            self.assertTrue(copied.HasField(name))

    def test_tell_a_zero_and_an_empty_text_from_what_is_absent(self):
        stated = {"small": 0, "count": 0, "large": 0, "total": 0, "ratio": 0.0}
        stated |= {"name": "", "data": b""}
        for way, copied in self.in_three_ways(self.copy.request(**stated)):
            with self.subTest(way):
                self.assertEqual({f.name for f, _ in copied.ListFields()}, set(stated))
        sample = self.copy.request(small=0, name="x")
        for way, copied in self.in_three_ways(sample):
            with self.subTest(way):
                self.assertEqual({f.name for f, _ in copied.ListFields()}, {"small", "name"})

    def test_that_are_numbers_must_be_finite(self):
        for value in [float("nan"), float("inf"), float("-inf")]:
            with self.subTest(value):
                error = self.assert_fails(
                    grpc.StatusCode.INVALID_ARGUMENT, self.copy, self.copy.request(ratio=value)
                )
                self.assertIn("ratio", error.details())

    def test_that_are_texts_have_at_most_64_kib(self):
        for sample in [{"name": "x" * 65537}, {"data": bytes(65537)}]:
            error = self.assert_fails(
                grpc.StatusCode.INVALID_ARGUMENT, self.copy, self.copy.request(**sample)
            )
            self.assertIn("65536", error.details())

    def test_that_are_texts_must_be_utf8(self):
        path = self.copy.path
        for bad in [b"\xff", b"\xe6\x95", b"\xed\xa0\x80", b"\xc0\x80"]:
            with self.subTest(bad):
                error = self.assert_fails(
                    grpc.StatusCode.INVALID_ARGUMENT, self.client.raw(path), field(6, 2, bad)
                )
                self.assertIn("name is not UTF-8", error.details())

    def test_that_point_into_the_text_lie_on_its_characters(self):
        text = "敖汉旗 Aohan"
        good = [(0, 9), (3, 3), (10, 5), (0, 15)]
        for offset, length in good:
            span = {"offset": offset, "length": length}
            request = self.tables.request(text=text, sample=[{"place": span, "evidence": span}])
            (row,) = self.tables(request, timeout=PATIENCE).sample_copy
            self.assert_same(row, request.sample[0])
        bad = [(1, 3), (0, 4), (0, 16), (2**32 - 1, 2), (100, 1)]
        for offset, length in bad:
            for name in ["place", "evidence"]:
                with self.subTest(name, offset=offset, length=length):
                    span = {"offset": offset, "length": length}
                    request = self.tables.request(text=text, sample=[{name: span}])
                    error = self.assert_fails(
                        grpc.StatusCode.INVALID_ARGUMENT, self.tables, request
                    )
                    self.assertIn(name, error.details())
                    self.assertIn("cn.example.copy.sample", error.details())

    def test_that_point_into_a_text_are_refused_where_there_is_none(self):
        for name in ["place", "evidence"]:
            request = self.copy.request(**{name: {"offset": 0, "length": 1}})
            self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, self.copy, request)

    def test_that_name_rows_name_rows_that_are_there(self):
        own = 0x5A11C0DE
        request = self.tables.request(
            text="敖汉旗",
            sample=[
                {"code": 1, "other": {"index": 1}, "anything": {"type": 1, "index": 0}},
                {"code": 2, "other": {"type": own, "index": 0}, "anything": {"type": own}},
                {"code": 3, "other": {}},
            ],
        )
        first, second, third = self.tables(request, timeout=PATIENCE).sample_copy
        self.assertEqual((first.other.type, first.other.index), (own, 1))
        self.assertEqual((first.anything.type, first.anything.index), (1, 0))
        self.assertEqual((second.other.type, second.other.index), (own, 0))
        self.assertEqual((third.other.type, third.other.index), (own, 0))
        bad = [
            {"other": {"index": 1}},
            {"other": {"index": 2**32 - 1}},
            {"other": {"type": 1, "index": 0}},
            {"anything": {"type": 12345, "index": 0}},
            {"anything": {"index": 0}},
        ]
        for sample in bad:
            with self.subTest(sample):
                request = self.tables.request(text="旗", sample=[sample])
                error = self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, self.tables, request)
                self.assertIn(next(iter(sample)), error.details())

    def test_that_every_row_has_come_back_as_well(self):
        request = self.tables.request(
            text="旗",
            sample=[
                {"confidence": 1_000_000, "flags": 255, "document": 1, "evidence": {"length": 3}},
                {"confidence": 1, "flags": 2**32 - 1},
                {},
            ],
        )
        rows = self.tables(request, timeout=PATIENCE).sample_copy
        self.assertEqual(len(rows), 3)
        for row, sample in zip(rows, request.sample):
            self.assert_same(row, sample)
        for wrong in [{"confidence": 1_000_001}, {"document": 2}, {"run": 1}]:
            with self.subTest(wrong):
                request = self.tables.request(text="旗", sample=[wrong])
                self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, self.tables, request)

    def test_belong_to_the_documents_that_a_client_describes(self):
        span = lambda offset, length: {"offset": offset, "length": length}
        request = self.tables.request(
            text="敖汉旗奈曼旗",
            document=[{"text": span(0, 9)}, {"text": span(9, 9), "title": "奈曼旗"}],
            sample=[{"document": 2, "evidence": span(9, 3)}],
        )
        (row,) = self.tables(request, timeout=PATIENCE).sample_copy
        self.assertEqual(row.document, 2)

    def test_of_a_newer_client_are_ignored(self):
        unknown = [
            field(40, 0, 2**64 - 1),
            field(41, 1, bytes(8)),
            field(42, 2, b"\xff whatever"),
            field(43, 5, bytes(4)),
            field(44, 3, b"") + field(1, 0, 7) + field(44, 4, b""),
            field(2**29 - 1, 0, 1),
        ]
        # Numbers that are known, in a way that is not their own.
        of_another_kind = [field(1, 2, b"\x01"), field(6, 0, 1)]
        known = self.copy.request(small=-5, name="旗", code=9).SerializeToString()
        raw = self.client.raw(self.copy.path)
        for extra in unknown + of_another_kind:
            with self.subTest(extra):
                answer = raw(extra + known + extra, timeout=PATIENCE)
                self.assertEqual(answer, known)
        raw = self.client.raw(self.tables.path)
        row = field(0x5A11C0DE & 0x1FFFFFFF, 2, known)
        for extra in unknown:
            answer = raw(extra + row + extra, timeout=PATIENCE)
            copied = self.tables.response.FromString(answer)
            self.assertEqual(copied.sample_copy[0].code, 9)

    def test_that_stand_twice_count_as_the_last_of_them(self):
        raw = self.client.raw(self.copy.path)
        answer = raw(field(1, 0, 1) + field(6, 2, b"a") + field(1, 0, 2) + field(6, 2, b"b"))
        copied = self.copy.response.FromString(answer)
        self.assertEqual((copied.small, copied.name), (2, "b"))

    def test_of_an_enum_may_have_a_value_without_a_name(self):
        for way, copied in self.in_three_ways(self.copy.request(mood=99, grade=77)):
            with self.subTest(way):
                self.assertEqual((copied.mood, copied.grade), (99, 77))

    def test_of_ten_thousand_rows_come_back_in_their_order(self):
        request = self.tables.request()
        for index in range(10_000):
            request.sample.add(code=index + 1, name=f"第{index}行", other={"index": index // 2})
        rows = self.tables(request, timeout=PATIENCE).sample_copy
        self.assertEqual([row.code for row in rows], list(range(1, 10_001)))
        self.assertEqual(rows[9999].name, "第9999行")
        rows = list(self.each(self.each.request(sample=request.sample), timeout=PATIENCE))
        self.assertEqual([row.code for row in rows], list(range(1, 10_001)))

    def test_are_not_needed_in_an_empty_message(self):
        self.assertEqual(self.client.raw(self.copy.path)(b"", timeout=PATIENCE), b"")
        self.assertEqual(self.client.raw(self.tables.path)(b"", timeout=PATIENCE), b"")
        each = self.client.raw(self.each.path, "unary_stream")
        self.assertEqual(list(each(b"", timeout=PATIENCE)), [])


if __name__ == "__main__":
    unittest.main()
