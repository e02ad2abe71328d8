"""What fixtures expect of records that have no keys: patterns, which fit a record of which all that they say is so."""

from keys import plain

PATTERNED = ("flow", "need", "participant", "party", "stop")


def patterned(content, found):
    """(wanted, found) sets of keys by type for the patterns of a fixture and the records that fit them.

    Each record fits one pattern. What fits none is spurious where the fixture says that it names all of a type.
    """
    wanted_sets, found_sets = {}, {}
    patterns = content.get("records") or []
    for kind in PATTERNED:
        own = [pattern for pattern in patterns if pattern["type"] == f"duikou.{kind}"]
        is_complete = content.get("exact") is True and f"duikou.{kind}" in types(content)
        if not own and not is_complete:
            continue
        left = [record for record in found.records if record["type"] == f"duikou.{kind}"]
        wanted, seen = set(), set()
        for index, pattern in enumerate(own):
            key = f"{index} {words(pattern)}"
            wanted.add(key)
            match = next((record for record in left if fits(record, pattern, found)), None)
            if match:
                left.remove(match)
                seen.add(key)
        if is_complete:
            seen |= {f"other {index} {words(record)}" for index, record in enumerate(left)}
        wanted_sets[kind], found_sets[kind] = wanted, seen
    return wanted_sets, found_sets


def types(content):
    """The types of which a fixture names all records, if it is exact."""
    return content.get("types") or [pattern["type"] for pattern in content.get("records") or []]


def fits(record, pattern, found):
    """Whether a record is as a pattern says."""
    evidence = record.get("evidence") or {}
    return (
        pattern.get("evidence") in (None, evidence.get("text"))
        and set(pattern.get("flags", [])) <= set(record.get("flags", []))
        and all(
            is_same(record["fields"].get(name), value, found) for name, value in pattern.get("fields", {}).items())
    )


def is_same(value, wanted, found):
    """Whether a field has a value; fixtures name in words what a reference leads to."""
    if isinstance(value, dict):
        return found.name(value) == plain(str(wanted))
    return value is not None and str(value) == str(wanted)


def words(record):
    """A record in a line."""
    return " ".join(f"{name}={value}" for name, value in sorted(record.get("fields", {}).items()))
