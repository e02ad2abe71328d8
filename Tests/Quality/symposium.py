"""The article of the symposium, 2018-07-04, on which all began: what is to be found in it, over all types."""

from aligned import LOCATED

NAME = "00"
# Of the 112 records that people have annotated.
LEAST_FOUND = 105
MOST_SPURIOUS = 5


class Symposium:
    """How many of the article's records are found, and how many of the annotated types are spurious."""

    def __init__(self):
        self.is_measured = False
        self.annotated = self.found = self.spurious = 0

    def add(self, name, annotated, wanted, found):
        """Counts the article among others; `wanted` and `found` are sets of keys by type."""
        if name != NAME:
            return
        self.is_measured = True
        own = keys_of_records(annotated)
        self.annotated = len(own)
        self.found = sum(any(key in found.get(kind, set()) for kind, key in keys) for keys in own)
        self.spurious = sum(len(found.get(kind, set()) - keys) for kind, keys in wanted.items())

    @property
    def sentence(self):
        return f"article {NAME}: {self.found} of {self.annotated} annotated records found, {self.spurious} spurious"

    @property
    def failures(self):
        """Sentences about what is worse than it may be."""
        if not self.is_measured or (self.found >= LEAST_FOUND and self.spurious <= MOST_SPURIOUS):
            return []
        return [f"{self.sentence}; at least {LEAST_FOUND} and at most {MOST_SPURIOUS} are asked for"]


def keys_of_records(annotated):
    """The keys, as (type, key), of each record that was annotated."""
    keys = [set(annotated.of(record)) for record in annotated.records]
    for kind in LOCATED:
        for key, index in annotated.located_at(kind):
            keys[index].add((kind, key))
    return keys
