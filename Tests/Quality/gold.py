"""What should come out of a document, as sets of keys by record type.

Two records are the same when their keys are: the key of each type is what a reader would call the same thing, and
stands in one place, here, for what was annotated and for what was found.
"""

import json
import re
import unicodedata

# Full names of bodies of which the documents use several forms.
LENIENT = re.compile(r"[（(].*?[）)]|[“”\"'《》]|\s")


def plain(text):
    """A name or title without brackets, quotation marks, spaces and differences of width."""
    return LENIENT.sub("", unicodedata.normalize("NFKC", text or ""))


def division(code):
    """A division's code of six digits; empty for none."""
    code = str(code or "")
    return code if re.fullmatch(r"\d{6}", code) else ""


def number(value):
    """A number as it is written, without what does not count."""
    text = str(value).replace(",", "").strip()
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def amount(value, unit):
    """A number with its unit, in units without 万 and 亿."""
    for word, factor in (("万", 10_000), ("亿", 100_000_000)):
        if unit.startswith(word) and len(unit) > 1:
            value, unit = float(number(value)) * factor, unit[1:]
    return f"{number(round(float(number(value)), 6))} {unit}"


def first_day(value):
    """The first day of a date as it was annotated: a year, a month or a day."""
    return value + {4: "-01-01", 7: "-01"}.get(len(value), "")


def annotated_agency(fields):
    return plain(fields.get("name"))


def annotated_keys(record):
    """The types and keys that one annotated record stands for."""
    kind, fields = record["type"], record["fields"]
    if kind == "person":
        return [("person", plain(fields["name"]))]
    if kind == "place":
        code = division(fields.get("division"))
        return [("place", code)] if code else []
    if kind == "agency":
        return [("agency", annotated_agency(fields))]
    if kind == "agreement":
        return [("agreement", plain(fields["title"]))]
    if kind == "date":
        return [("date", first_day(str(fields["value"]).split("/")[0]))]
    if kind == "figure":
        return [("figure", amount(fields["value"], plain(fields.get("unit"))))]
    if kind == "pairing":
        helper, helped = division(fields.get("helper")), division(fields.get("helped"))
        return [("pairing", f"{helper} {helped}")] if helper and helped else []
    if kind == "boilerplate":
        evidence = record["evidence"][0]
        return [("segment", f"{evidence['start']}-{evidence['end']}")]
    if kind in {"route", "brand", "event", "project", "commitment", "membership", "position"}:
        name = fields.get("name") or fields.get("title") or fields.get("summary") or fields.get("kind")
        return [(kind, plain(str(name)))]
    return []


def annotated(path):
    """The keys of a file of the shared gold, by type."""
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    records = content["records"] if isinstance(content, dict) else content
    return gathered(key for record in records for key in annotated_keys(record))


def found_keys(record):
    """The types and keys that one record of `duikou analyze --format json` stands for."""
    kind, fields = record["type"].removeprefix("duikou."), record["fields"]
    if kind == "person":
        return [("person", plain(fields.get("name")))]
    if kind == "place":
        code = division(fields.get("code"))
        return [("place", code)] if code else []
    if kind == "agency":
        return [("agency", plain(fields.get("name")))]
    if kind == "agreement":
        return [("agreement", plain(fields.get("title")))]
    if kind == "date":
        return [("date", str(fields.get("start") or fields.get("end") or ""))]
    if kind == "figure":
        value = float(fields.get("value") or 0) * 10.0 ** int(fields.get("exponent") or 0)
        return [("figure", amount(value, plain(fields.get("unit"))))]
    if kind == "position":
        return [("position", plain(fields.get("title")))]
    if kind == "segment":
        evidence = record.get("evidence")
        return [("segment", f"{evidence['start']}-{evidence['end']}")] if isinstance(evidence, dict) else []
    if kind in {"route", "brand", "event", "project", "commitment", "membership"}:
        return [(kind, plain(str(fields.get("name") or fields.get("summary") or fields.get("kind"))))]
    return []


def found(records):
    """The keys of a document's records, by type."""
    return gathered(key for record in records for key in found_keys(record))


# The types whose records have a key wherever they come from.
KEYED = {"person", "place", "agency", "agreement", "date", "figure", "position"}


def without_implied(wanted, found):
    """What was found without the parents of annotated places: whoever names a banner names its region, and the
    annotation leaves that out."""
    codes = wanted.get("place", set())
    parents = {code[:2] + "0000" for code in codes} | {code[:4] + "00" for code in codes}
    return found | {"place": found.get("place", set()) - (parents - codes)}


def gathered(pairs):
    sets = {}
    for kind, key in pairs:
        sets.setdefault(kind, set()).add(key)
    return sets
