"""Precision, recall and F1 over documents."""

from dataclasses import dataclass


@dataclass
class Score:
    """What was found of one type, over some documents."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, wanted, found):
        """Counts one document's sets of keys."""
        self.right += len(wanted & found)
        self.spurious += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self):
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self):
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self):
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def cells(self):
        """The row of a table."""
        counts = [str(self.right), str(self.spurious), str(self.missed)]
        return counts + [f"{ratio:.3f}" for ratio in (self.precision, self.recall, self.f1)]


def scores(pairs):
    """The scores by type of (wanted, found) pairs of sets by type. A type that nobody has annotated in a document
    says nothing there: what was found of it is not counted."""
    result = {}
    for wanted, found in pairs:
        for kind, keys in wanted.items():
            result.setdefault(kind, Score()).add(keys, found.get(kind, set()))
    return dict(sorted(result.items()))


def fallen(committed, now, tolerance=0.01):
    """Sentences about what is worse than it was committed, by (part, type, column)."""
    sentences = []
    for place, before in committed.items():
        after = now.get(place)
        if after is None:
            sentences.append(f"{' '.join(place)}: was {before:.3f}, and is not measured any more")
        elif after < before - tolerance:
            sentences.append(f"{' '.join(place)}: was {before:.3f}, is {after:.3f}")
    return sentences
