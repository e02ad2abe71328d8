"""search.py TOOL TERMS TEXT BYTES: goes through the text's first bytes once for each line that is read.

What a tool finds is counted as it comes, in Python; that is part of its price.
"""

import json
import sys
import time


def daachorse(terms, text):
    import daachorse

    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(terms)
    return lambda: len(automaton.find_overlapping(text))


def ahocorasick_rs(terms, text):
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(terms)
    return lambda: len(automaton.find_matches_as_indexes(text, overlapping=True))


def pyahocorasick(terms, text):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for value, term in enumerate(terms):
        automaton.add_word(term, value)
    automaton.make_automaton()
    return lambda: sum(1 for _ in automaton.iter(text))


def jieba(_, text):
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()

    def run():
        for _ in jieba.cut(text):
            pass

    return run


def rjieba(_, text):
    import rjieba

    def run():
        rjieba.cut(text)

    return run


TOOLS = {tool.__name__: tool for tool in (daachorse, ahocorasick_rs, pyahocorasick, jieba, rjieba)}


def main(tool, terms, text, limit):
    with open(terms, encoding="utf-8") as file:
        terms = file.read().split("\n")
    with open(text, "rb") as file:
        text = file.read(int(limit)).decode("utf-8", errors="ignore")
    run = TOOLS[tool](terms, text)
    size = len(text.encode())
    for _ in sys.stdin:
        start = time.thread_time()
        matches = run()
        seconds = time.thread_time() - start
        print(json.dumps({"seconds": seconds, "bytes": size, "matches": matches}), flush=True)


main(*sys.argv[1:])
