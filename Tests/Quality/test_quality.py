"""The measure itself."""

import unittest

import annotated
import found
import keys
import quality
from aligned import located
from calibration import Calibration
from patterns import patterned
from score import Score, fallen, scores
from symposium import Symposium


class Keys(unittest.TestCase):
    def test_names_are_the_same_whatever_their_brackets_width_and_script(self):
        self.assertEqual(keys.plain("《京蒙协议（2022—2026年）》"), keys.plain("京蒙协议"))
        self.assertEqual(keys.plain("ＡＢ 1"), "AB1")
        self.assertEqual(keys.plain("北京市文化和旅遊局"), keys.plain("北京市文化和旅游局"))

    def test_annotated_and_found_records_meet(self):
        for one, other in [
            (
                {"type": "person", "fields": {"name": "宋宇"}},
                {"type": "duikou.person", "fields": {"name": "宋宇"}},
            ),
            (
                {"type": "place", "fields": {"division": "150430"}},
                {"type": "duikou.place", "fields": {"code": 150430}},
            ),
            (
                {"type": "agency_group", "fields": {"name": "有关部门"}},
                {"type": "duikou.agency", "fields": {"name": "有关部门"}, "flags": ["generic"]},
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
            (
                {"type": "date_vague", "fields": {"value": "recent"}},
                {"type": "duikou.date", "fields": {"precision": "period"}},
            ),
            (
                {"type": "company", "fields": {"name": "蒙牛集团"}},
                {"type": "duikou.organisation", "fields": {"name": "蒙牛集团", "kind": "company"}},
            ),
            (
                {"type": "slogan", "fields": {"text": "行者易至"}},
                {"type": "duikou.brand", "fields": {"name": "行者易至", "kind": "slogan"}},
            ),
        ]:
            self.assertEqual(annotated.Annotated([one]).keys(), found.Found([other]).keys())

    def test_durations_are_figures_too(self):
        self.assertEqual(
            found.Found([{"type": "duikou.figure", "fields": {"value": 3, "unit": "年"}}]).keys(),
            {"figure": {"3 年"}, "duration": {"3 年"}},
        )
        self.assertEqual(
            annotated.Annotated([{"type": "duration", "fields": {"value": ">P20Y"}}]).keys(), {"duration": {"20 年"}}
        )

    def test_what_has_no_key_is_left_out(self):
        self.assertEqual(annotated.Annotated([{"type": "place", "fields": {"division": "-"}}]).keys(), {})
        self.assertEqual(annotated.Annotated([{"type": "check", "fields": {}}]).keys(), {})

    def test_pairings_that_share_a_number_are_one(self):
        places = [
            {"type": "duikou.place", "index": index, "fields": {"code": code}}
            for index, code in enumerate([110000, 152200, 150500])
        ]
        rows = [
            {
                "type": "duikou.pairing",
                "index": index,
                "fields": {
                    "helper": {"type": "duikou.place", "index": 0},
                    "helped": {"type": "duikou.place", "index": index},
                    "helped_units": 9,
                },
                "evidence": {"start": 0, "end": 9, "text": ""},
                "flags": ["delta"],
            }
            for index in (1, 2)
        ]
        gold = {"helper": "110000", "helped": ["152200", "150500"], "helped_count": 9, "delta": True}
        wanted = annotated.Annotated([{"type": "pairing", "fields": gold}]).keys()["pairing"]
        self.assertEqual(found.Found(places + rows).keys()["pairing"], wanted)
        for row in rows:
            row["flags"] = ["distributive"]
        self.assertEqual(len(found.Found(places + rows).keys()["pairing"]), 2)

    def test_parents_of_annotated_places_are_not_spurious(self):
        wanted = {"place": {"150430", "110000"}}
        seen = {"place": {"150430", "150400", "150000", "110000", "110105"}, "person": {"宋宇"}}
        self.assertEqual(
            quality.without_implied(wanted, seen),
            {"place": {"150430", "110000", "110105"}, "person": {"宋宇"}},
        )


class Alignment(unittest.TestCase):
    def records(self, *spans, speaker="宋宇"):
        person = {"type": "duikou.person", "index": 0, "fields": {"name": speaker}}
        return found.Found([person] + [
            {
                "type": "duikou.commitment",
                "index": index,
                "fields": {"kind": "proposal", "speaker": {"type": "duikou.person", "index": 0}},
                "evidence": {"start": start, "end": end, "text": f"{start}"},
            }
            for index, (start, end) in enumerate(spans)
        ])

    gold = annotated.Annotated([
        {"id": "P1", "type": "person", "fields": {"name": "宋宇"}, "evidence": []},
        {
            "type": "commitment",
            "fields": {"speaker": "P1", "kind": "proposal"},
            "evidence": [{"start": 10, "end": 20}],
        },
    ])

    def test_words_that_overlap_are_the_same_once(self):
        wanted, seen = located(self.gold, self.records((15, 30), (12, 14)))
        self.assertEqual(len(wanted["commitment"] & seen["commitment"]), 1)
        self.assertEqual(len(seen["commitment"] - wanted["commitment"]), 1)

    def test_other_words_or_speakers_are_not(self):
        for records in (self.records((20, 30)), self.records((15, 30), speaker="汪兆龙")):
            wanted, seen = located(self.gold, records)
            self.assertFalse(wanted["commitment"] & seen["commitment"])

    def test_a_type_that_nobody_annotated_is_not_counted(self):
        self.assertEqual(located(annotated.Annotated([]), self.records((1, 2))), ({}, {}))


class Patterns(unittest.TestCase):
    place = {"type": "duikou.place", "index": 0, "fields": {"name": "敖汉旗", "code": 150430}}

    def flow(self, visitors, text="接待"):
        return {
            "type": "duikou.flow",
            "index": visitors,
            "fields": {"to": {"type": "duikou.place", "index": 0}, "visitors": visitors},
            "evidence": {"start": 0, "end": 6, "text": text},
            "flags": ["approximate"],
        }

    def counts(self, content, *records):
        wanted, seen = patterned(content, found.Found([self.place, *records]))
        return {
            kind: (len(keys & seen[kind]), len(seen[kind] - keys), len(keys - seen[kind]))
            for kind, keys in wanted.items()
        }

    def test_references_are_named_and_each_record_fits_one_pattern(self):
        pattern = {"type": "duikou.flow", "fields": {"to": "敖汉旗", "visitors": 5}}
        content = {"exact": True, "types": ["duikou.flow"], "records": [pattern, pattern]}
        self.assertEqual(self.counts(content, self.flow(5), self.flow(6)), {"flow": (1, 1, 1)})

    def test_evidence_and_flags_must_be_the_same_where_they_are_given(self):
        for more, right in [
            ({"evidence": "接待"}, 1), ({"evidence": "游客"}, 0), ({"flags": ["approximate"]}, 1),
            ({"flags": ["delta"]}, 0), ({"fields": {"spending": 3}}, 0),
        ]:
            content = {"records": [{"type": "duikou.flow"} | more]}
            self.assertEqual(self.counts(content, self.flow(5)), {"flow": (right, 0, 1 - right)}, more)

    def test_other_records_are_spurious_where_all_of_their_type_are_named(self):
        other = {"type": "duikou.need", "fields": {}}
        for content, expected in [
            ({"exact": True, "types": ["duikou.flow"], "records": []}, {"flow": (0, 1, 0)}),
            ({"exact": True, "types": ["duikou.place"], "records": []}, {}),
            ({"exact": True, "records": [other]}, {"need": (0, 0, 1)}),
            ({"types": ["duikou.flow"], "records": []}, {}),
        ]:
            self.assertEqual(self.counts(content, self.flow(5)), expected)


class WholeArticle(unittest.TestCase):
    def measured(self, people, spurious, name="00"):
        records = [{"type": "person", "fields": {"name": f"p{index}"}, "evidence": []} for index in range(112)]
        records[0] = {"type": "commitment", "fields": {"kind": "plan"}, "evidence": [{"start": 0, "end": 9}]}
        gold = annotated.Annotated(records)
        wanted = gold.keys() | {"commitment": {key for key, *_ in gold.located("commitment")}}
        seen = {"person": {f"p{index}" for index in range(1, people + 1)} | {f"x{index}" for index in range(spurious)}}
        symposium = Symposium()
        symposium.add(name, gold, wanted, seen | {"place": {"150430"}})
        return symposium

    def test_counts_its_records_and_what_is_spurious_of_their_types(self):
        symposium = self.measured(104, 2)
        self.assertEqual((symposium.annotated, symposium.found, symposium.spurious), (112, 104, 2))

    def test_fails_where_too_few_are_found_or_too_many_are_spurious(self):
        for people, spurious, is_good in [(105, 5, True), (104, 0, False), (111, 6, False)]:
            self.assertEqual(self.measured(people, spurious).failures == [], is_good, (people, spurious))

    def test_is_no_other_article_and_fails_not_where_it_was_not_measured(self):
        self.assertFalse(self.measured(0, 9, name="02").is_measured)
        self.assertEqual(Symposium().failures, [])


class Sureness(unittest.TestCase):
    def test_is_set_beside_what_is_right_of_what_is_annotated(self):
        records = found.Found([
            {"type": "duikou.person", "index": index, "fields": {"name": name}, "confidence": confidence}
            for index, (name, confidence) in enumerate([("宋宇", 0.97), ("宋宇", 0.8), ("王芳", 0.96), ("李明", 0.5)])
        ] + [{"type": "duikou.place", "index": 0, "fields": {"code": 150430}, "confidence": 0.9}])
        calibration = Calibration()
        calibration.add({"person": {"宋宇", "李明"}}, records, records.keys())
        self.assertEqual(
            calibration.cells, [("0.95", "2", "0.965", "0.500"), ("0.00", "1", "0.500", "1.000")])


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
