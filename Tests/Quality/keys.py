"""The keys by which what was annotated and what was found are the same thing, in the words that both sides share."""

import os
import re
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
TRADITIONAL = os.path.join(HERE, "..", "..", "Sources", "DuikouText", "Data", "traditional.tsv")

# Full names of bodies of which the documents use several forms.
LENIENT = re.compile(r"[（(].*?[）)]|[“”\"'《》]|\s")


def simplified():
    """Simplified characters by Traditional ones, from the product's own table."""
    table = {}
    with open(TRADITIONAL, encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if not line.startswith("#") and len(cells) > 1:
                for form in cells[1].replace(",", ""):
                    table[ord(form)] = cells[0]
    return table


SIMPLIFIED = simplified()


def plain(text):
    """A name or title in Simplified characters, without brackets, quotation marks, spaces and differences of width."""
    return LENIENT.sub("", unicodedata.normalize("NFKC", text or "").translate(SIMPLIFIED))


def division(code):
    """A division's code of six digits; empty for none. 110000:districts is 110000."""
    code = str(code or "").split(":")[0]
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


def pairing(helper, helped, count, is_delta):
    """Who helps whom, and how many counties that are: one key for divisions that share a number."""
    parts = [helper, ">", "+".join(sorted(helped))]
    return " ".join(parts + ([str(count)] if count else []) + (["more"] if is_delta else []))


def gathered(pairs):
    """Sets of keys by type."""
    sets = {}
    for kind, key in pairs:
        sets.setdefault(kind, set()).add(key)
    return sets


def overlap(one, other):
    """Whether two pieces of evidence, as (start, end), share a byte."""
    return one[0] < other[1] and other[0] < one[1]
