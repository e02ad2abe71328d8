"""Records that have no name, and are the same where they speak of the same words: commitments and events."""

from keys import overlap

LOCATED = ("commitment", "event")


def located(annotated, found):
    """(wanted, found) sets of keys by type for records that are told apart by their evidence.

    A found record is an annotated one when their words overlap and the speaker (of commitments) or the kind (of events)
    is the same; each is so once.
    """
    wanted_sets, found_sets = {}, {}
    for kind in LOCATED:
        wanted = annotated.located(kind)
        if not wanted:
            continue
        wanted_sets[kind] = {key for key, *_ in wanted}
        left = list(wanted)
        keys = set()
        for words, own, speaker, span in found.located(kind):
            match = next((each for each in left if is_same(kind, each, own, speaker, span)), None)
            if match:
                left.remove(match)
            keys.add(match[0] if match else words)
        found_sets[kind] = keys
    return wanted_sets, found_sets


def is_same(kind, annotated, own, speaker, span):
    _, other, other_speaker, spans = annotated
    if not any(overlap(span, each) for each in spans):
        return False
    return own == other if kind == "event" else speaker == other_speaker
