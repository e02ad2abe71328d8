"""How often records of one confidence are right."""

# The lowest confidence of each row, from the surest.
BOUNDS = [0.95, 0.9, 0.8, 0.0]


def surest(records):
    """The highest confidence by (type, key) of the records of a document that are told apart by what they say."""
    result = {}
    for record in records.records:
        for key in records.of(record):
            result[key] = max(result.get(key, 0.0), float(record.get("confidence", 1.0)))
    return result


class Calibration:
    """Of the records between two bounds: how many there are, how sure they are in the mean, how many are right."""

    def __init__(self):
        self.rows = {bound: [0, 0.0, 0] for bound in BOUNDS}

    def add(self, wanted, records, found):
        """Counts a document's records of the types that are annotated; `found` has those that count, by type."""
        for (kind, key), confidence in surest(records).items():
            if kind in wanted and key in found.get(kind, set()):
                row = self.rows[next(bound for bound in BOUNDS if confidence >= bound)]
                row[0] += 1
                row[1] += confidence
                row[2] += key in wanted[kind]

    @property
    def cells(self):
        """The rows of a table: (from which confidence, how many, their mean confidence, the share that is right)."""
        return [
            (f"{bound:.2f}", str(count), f"{total / count:.3f}", f"{right / count:.3f}")
            for bound, (count, total, right) in self.rows.items() if count
        ]
