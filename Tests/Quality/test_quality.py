"""The measure itself."""

import unittest

import gold
import quality
from score import Score, fallen, scores


class Keys(unittest.TestCase):
    def test_names_are_the_same_whatever_their_brackets_and_width(self):
        self.assertEqual(gold.plain("《京蒙协议（2022—2026年）》"), gold.plain("京蒙协议"))
        self.assertEqual(gold.plain("ＡＢ 1"), "AB1")

    def test_annotated_and_found_records_meet(self):
        for annotated, found in [
            (
                {"type": "person", "fields": {"name": "宋宇"}},
                {"type": "duikou.person", "fields": {"name": "宋宇"}},
            ),
            (
                {"type": "place", "fields": {"division": "150430"}},
                {"type": "duikou.place", "fields": {"code": 150430}},
            ),
            (
                {"type": "figure", "fields": {"value": "2,800", "unit": "万元"}},
                {"type": "duikou.figure", "fields": {"value": 28000000, "unit": "元"}},
            ),
            (
                {"type": "figure", "fields": {"value": "12.5", "unit": "%"}},
                {"type": "duikou.figure", "fields": {"value": 125, "exponent": -1, "unit": "%"}},
            ),
            (
                {"type": "date", "fields": {"value": "2022-07"}},
                {"type": "duikou.date", "fields": {"start": "2022-07-01", "end": "2022-07-31"}},
            ),
        ]:
            self.assertEqual(gold.annotated_keys(annotated), gold.found_keys(found))

    def test_what_has_no_key_is_left_out(self):
        self.assertEqual(gold.annotated_keys({"type": "place", "fields": {"division": "-"}}), [])
        self.assertEqual(gold.annotated_keys({"type": "slogan", "fields": {}}), [])


    def test_parents_of_annotated_places_are_not_spurious(self):
        wanted = {"place": {"150430", "110000"}}
        found = {"place": {"150430", "150400", "150000", "110000", "110105"}, "person": {"宋宇"}}
        self.assertEqual(
            gold.without_implied(wanted, found),
            {"place": {"150430", "110000", "110105"}, "person": {"宋宇"}},
        )


class Scores(unittest.TestCase):
    def test_ratios(self):
        score = Score(right=3, spurious=1, missed=2)
        self.assertAlmostEqual(score.precision, 0.75)
        self.assertAlmostEqual(score.recall, 0.6)
        self.assertAlmostEqual(score.f1, 2 / 3)
        self.assertEqual(Score().cells[3:], ["0.000"] * 3)

    def test_a_type_that_is_not_annotated_in_a_document_does_not_count_there(self):
        result = scores([({"person": {"a"}}, {"person": {"a", "b"}, "place": {"c"}}), ({}, {"person": {"d"}})])
        self.assertEqual(list(result), ["person"])
        self.assertEqual((result["person"].right, result["person"].spurious), (1, 1))

    def test_what_falls_is_told_and_what_rises_is_not(self):
        before = {("A", "person", "F1"): 0.9, ("A", "place", "F1"): 0.5, ("A", "date", "F1"): 0.5}
        now = {("A", "person", "F1"): 0.88, ("A", "place", "F1"): 0.491}
        self.assertEqual(
            fallen(before, now),
            ["A person F1: was 0.900, is 0.880", "A date F1: was 0.500, and is not measured any more"],
        )

    def test_a_table_is_read_as_it_was_written(self):
        parts = {"Fixtures": {"person": Score(3, 1, 2)}, "Annotated articles": {"place": Score(1, 0, 0)}}
        self.assertEqual(
            quality.figures(quality.rendered(parts)),
            {
                ("Fixtures", "person", "precision"): 0.75,
                ("Fixtures", "person", "recall"): 0.6,
                ("Fixtures", "person", "F1"): 0.667,
                ("Annotated articles", "place", "precision"): 1.0,
                ("Annotated articles", "place", "recall"): 1.0,
                ("Annotated articles", "place", "F1"): 1.0,
            },
        )


if __name__ == "__main__":
    unittest.main()
