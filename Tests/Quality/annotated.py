"""The keys of what people have annotated, from the files of the shared gold."""

import json
import re

from keys import amount, division, gathered, pairing, plain

DURATION = re.compile(r"P(\d+)([YMD])")
UNITS = {"Y": "年", "M": "个月", "D": "天"}
# What the annotation calls by other words.
KINDS = {"commitment": "promise"}


def first_day(value):
    """The first day of a date as it was annotated: a year, a month or a day."""
    return value + {4: "-01-01", 7: "-01"}.get(len(value), "")


class Annotated:
    """The records of one document."""

    def __init__(self, records):
        self.records = records
        self.names = {}
        for record in records:
            fields = record["fields"]
            name = fields.get("name") or fields.get("title") or ""
            self.names[record.get("id", "")] = plain(name)

    def name(self, identifier):
        """The name of what an id or a code stands for."""
        return self.names.get(str(identifier), str(identifier))

    def keys(self):
        """The keys by type, but for those of evidence."""
        return gathered(key for record in self.records for key in self.of(record))

    def of(self, record):
        method = getattr(self, record["type"], None)
        return method(record["fields"], record) if method else []

    def document(self, fields, _):
        return [("document", plain(fields["title"]))]

    def boilerplate(self, _, record):
        evidence = record["evidence"][0]
        return [("segment", f"{evidence['start']}-{evidence['end']}")]

    def person(self, fields, _):
        return [("person", plain(fields["name"]))]

    def place(self, fields, _):
        code = division(fields.get("division"))
        return [("place", code)] if code else []

    def agency(self, fields, _):
        return [("agency", plain(fields["name"]))]

    def agency_group(self, fields, _):
        return [("agency_group", plain(fields["name"]))]

    def organisation(self, fields, _):
        return [("organisation", plain(fields["name"]))]

    def company(self, fields, _):
        return [("company", plain(fields["name"]))]

    def position(self, fields, _):
        words = [self.name(fields["person"]), fields["title"], self.name(fields["agency"])]
        return [("position", " ".join(plain(word) for word in words))]

    def region(self, fields, _):
        return [("region", plain(fields["name"]))]

    def place_coref(self, fields, _):
        return [("place_coref", division(fields["resolves_to"]))]

    def date(self, fields, _):
        return [("date", first_day(str(fields["value"]).split("/")[0]))]

    def date_vague(self, *_):
        return [("date_vague", "recent")]

    def duration(self, fields, _):
        match = DURATION.search(fields["value"])
        return [("duration", f"{match[1]} {UNITS[match[2]]}")]

    def agreement(self, fields, _):
        return [("agreement", plain(fields["title"]))]

    def pairing(self, fields, _):
        helped = fields.get("helped")
        helped = [division(code) for code in (helped if isinstance(helped, list) else [helped])]
        helper = division(fields.get("helper"))
        if not helper or not all(helped):
            return []
        return [("pairing", pairing(helper, helped, fields.get("helped_count"), fields.get("delta")))]

    def figure(self, fields, _):
        return [("figure", amount(fields["value"], plain(fields.get("unit"))))]

    def route(self, fields, _):
        return [("route", plain(fields["name"]))]

    def brand(self, fields, _):
        return [("brand", plain(fields["name"]))]

    def slogan(self, fields, _):
        return [("slogan", plain(fields["text"]))]

    def project(self, fields, _):
        return [("project", plain(fields["name"]))]

    def membership(self, fields, _):
        return [("membership", f"{self.name(fields['member'])} {self.name(fields['organisation'])}")]

    def located(self, kind):
        """The records of a type that are the same where their evidence is: (key, kind, speaker, spans)."""
        return [words for _, words in self.indexed(kind)]

    def located_at(self, kind):
        """The keys of those records, each with the record's index."""
        return [(words[0], index) for index, words in self.indexed(kind)]

    def indexed(self, kind):
        result = []
        for index, record in enumerate(self.records):
            if record["type"] == kind:
                fields = record["fields"]
                speaker = self.name(str(fields.get("speaker", "")).split("+")[0])
                spans = [(each["start"], each["end"]) for each in record["evidence"]]
                own = KINDS.get(fields.get("kind"), fields.get("kind"))
                result.append((index, (f"{kind} {index} {own} {speaker}".strip(), own, speaker, spans)))
        return result


def read(path):
    """The records of a file of the shared gold."""
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    return Annotated(content["records"] if isinstance(content, dict) else content)
