"""The keys of what the plugins find, from the records of `duikou analyze --format json`."""

from keys import amount, division, gathered, pairing, plain

# The types whose keys people's words for fixtures have, too.
KEYED = {
    "person", "place", "agency", "agreement", "date", "figure", "position", "organisation", "company", "region",
    "route", "brand", "slogan", "project", "pairing", "membership",
}
# Whoever annotates distinguishes these kinds of brands and organisations.
BRANDS = {"label": "brand", "route": "route", "slogan": "slogan"}


class Found:
    """The records of one document."""

    def __init__(self, records):
        self.records = records
        self.by_place = {}
        for record in records:
            self.by_place[record["type"], record.get("index")] = record

    def target(self, reference):
        """The record that a reference names; an empty one where there is none."""
        key = (reference.get("type"), reference.get("index")) if isinstance(reference, dict) else None
        return self.by_place.get(key, {"type": "", "fields": {}})

    def name(self, reference):
        fields = self.target(reference)["fields"]
        return plain(str(fields.get("name") or fields.get("title") or ""))

    def code(self, reference):
        fields = self.target(reference)["fields"]
        return division(fields.get("code") or fields.get("division"))

    def keys(self):
        """The keys by type, but for those of evidence."""
        pairs = [key for record in self.records for key in self.of(record)]
        return gathered(pairs + self.pairings())

    def of(self, record):
        method = getattr(self, record["type"].removeprefix("duikou."), None)
        return method(record["fields"], record) if method else []

    def document(self, fields, _):
        return [("document", plain(fields.get("title")))]

    def segment(self, fields, record):
        if fields.get("kind") in {"headline", "caption"}:
            return []
        evidence = record.get("evidence")
        return [("segment", f"{evidence['start']}-{evidence['end']}")] if isinstance(evidence, dict) else []

    def mention(self, fields, _):
        code = self.code(fields.get("entity"))
        is_place = isinstance(fields.get("entity"), dict) and fields["entity"]["type"] == "duikou.place"
        return [("place_coref", code)] if fields.get("kind") == "reference" and is_place else []

    def person(self, fields, _):
        return [("person", plain(fields.get("name")))]

    def place(self, fields, _):
        code = division(fields.get("code"))
        return [("place", code)] if code else []

    def agency(self, fields, record):
        kind = "agency_group" if "generic" in record.get("flags", []) else "agency"
        return [(kind, plain(fields.get("name")))]

    def organisation(self, fields, _):
        kind = "company" if fields.get("kind") == "company" else "organisation"
        return [(kind, plain(fields.get("name")))]

    def position(self, fields, _):
        title = plain(fields.get("title"))
        if not isinstance(fields.get("person"), dict) or "index" not in fields["person"]:
            return [("position", title)]
        return [("position", f"{self.name(fields['person'])} {title} {self.name(fields.get('agency'))}")]

    def region(self, fields, _):
        return [("region", plain(fields.get("name")))]

    def date(self, fields, _):
        day = fields.get("start") or fields.get("end")
        return [("date", str(day))] if day else [("date_vague", "recent")]

    def agreement(self, fields, _):
        return [("agreement", plain(fields.get("title")))]

    def figure(self, fields, _):
        value = float(fields.get("value") or 0) * 10.0 ** int(fields.get("exponent") or 0)
        key = amount(value, plain(fields.get("unit")))
        is_time = plain(fields.get("unit")) in {"年", "个月", "天"}
        return [("figure", key)] + ([("duration", key)] if is_time else [])

    def brand(self, fields, _):
        return [(BRANDS.get(fields.get("kind"), "brand"), plain(fields.get("name")))]

    def project(self, fields, _):
        return [("project", plain(fields.get("name")))]

    def membership(self, fields, _):
        member = self.code(fields.get("member")) if self.is_place(fields.get("member")) else ""
        name = member or self.name(fields.get("member"))
        return [("membership", f"{name} {self.name(fields.get('organisation'))}")]

    def is_place(self, reference):
        return self.target(reference)["type"] == "duikou.place"

    def pairings(self):
        """Pairings; those that share a number have one key."""
        groups = {}
        for record in self.records:
            if record["type"] == "duikou.pairing":
                fields, flags = record["fields"], record.get("flags", [])
                span = record.get("evidence") or {}
                own = record.get("index") if "distributive" in flags or not fields.get("helped_units") else None
                spot = (span.get("start"), span.get("end"), own) if isinstance(span, dict) else (span, None, own)
                groups.setdefault(spot, []).append(record)
        result = []
        for records in groups.values():
            fields = records[0]["fields"]
            helped = {self.code(record["fields"].get("helped")) for record in records}
            result.append((
                "pairing",
                pairing(
                    self.code(fields.get("helper")), helped, fields.get("helped_units"),
                    "delta" in records[0].get("flags", [])),
            ))
        return result

    def located(self, kind):
        """The records of a type that are the same where their evidence is: (key, kind, speaker, span)."""
        result = []
        for record in self.records:
            if record["type"] == f"duikou.{kind}" and isinstance(record.get("evidence"), dict):
                fields, evidence = record["fields"], record["evidence"]
                words = f"{fields.get('kind')} {self.name(fields.get('speaker'))} {evidence['text'][:30]}"
                result.append((
                    words, fields.get("kind"), self.name(fields.get("speaker")),
                    (evidence["start"], evidence["end"]),
                ))
        return result
