"""Measures what the plugins find, against what people have annotated; see CONTRIBUTING.md.

    quality.py                 measures and writes Tests/QUALITY.md
    quality.py --check         measures, and fails where a figure fell by more than 0.01 or symposium.py asks for more
    quality.py --verbose       prints what was missed and what is spurious
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys

import annotated
import found
from aligned import located
from calibration import Calibration
from patterns import patterned
from score import fallen, scores
from symposium import Symposium

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
CORPUS = os.path.join(REPOSITORY, "..", "shared", "corpus")
TABLE = os.path.join(REPOSITORY, "Tests", "QUALITY.md")
COLUMNS = ["right", "spurious", "missed", "precision", "recall", "F1"]


def analyze(program, plugins, path, published=""):
    """The records that the plugins find in a text, of which it may be known when it was published."""
    command = [program, "analyze", path, "--format", "json", "--plugins", plugins]
    command += ["--published", published] if published else []
    run = subprocess.run(command, capture_output=True, check=False)
    if not run.stdout:
        sys.exit(f"{' '.join(command)}: {run.stderr.decode()}")
    return json.loads(run.stdout)["documents"][0]["records"]


def fixtures(program, plugins):
    """(name, wanted, found) for each fixture of the plugins."""
    for plugin in sorted(os.listdir(os.path.join(REPOSITORY, "Plugins"))):
        folder = os.path.join(REPOSITORY, "Plugins", plugin, "Fixtures")
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            text, expected = os.path.join(folder, name), os.path.join(folder, name[:-4] + ".expected.json")
            if name.endswith(".txt") and os.path.exists(expected):
                with open(expected, encoding="utf-8") as file:
                    content = json.load(file)
                if isinstance(content, dict) and content.get("records") is not None:
                    types = {kind.removeprefix("duikou.") for kind in content.get("types", [])} & FIXTURES
                    wanted = {kind: set() for kind in types} | found.Found(content["records"]).keys()
                    is_exact = content.get("exact") is True
                    kinds = types if is_exact else set()
                    records = analyzed(program, plugins, text)
                    more_wanted, more_found = patterned(content, records)
                    yield (
                        f"{plugin}/{name}", {kind: wanted[kind] for kind in kinds} | more_wanted,
                        records.keys() | more_found,
                    )


# Types whose keys hold no references, which a fixture names in words.
FIXTURES = {"person", "place", "agency", "agreement", "date", "figure"}


def analyzed(program, plugins, path, published=""):
    return found.Found(analyze(program, plugins, path, published))


def publications():
    """When the articles were published, by their names, as an office knows that files a page."""
    with open(os.path.join(CORPUS, "articles", "sources.tsv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["file"]: row["date"] for row in rows if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"])}


def articles(program, plugins, calibration, symposium):
    """The same for each article of the shared corpus that is annotated; counts how sure its records are, and what is
    found in the article of the symposium."""
    published = publications()
    for name in sorted(os.listdir(os.path.join(CORPUS, "gold"))):
        text = os.path.join(CORPUS, "articles", name.replace(".json", ".txt"))
        if os.path.exists(text):
            wanted = annotated.read(os.path.join(CORPUS, "gold", name))
            records = analyzed(program, plugins, text, published.get(os.path.basename(text), ""))
            more_wanted, more_found = located(wanted, records)
            keys = wanted.keys()
            seen = without_implied(keys, records.keys())
            calibration.add(keys, records, seen)
            symposium.add(name[:-5], wanted, keys | more_wanted, seen | more_found)
            yield name[:-5], keys | more_wanted, seen | more_found


def without_implied(wanted, keys):
    """What was found without the parents of annotated places: whoever names a banner names its region, and the
    annotation leaves that out."""
    codes = wanted.get("place", set())
    parents = {code[:2] + "0000" for code in codes} | {code[:4] + "00" for code in codes}
    return keys | {"place": keys.get("place", set()) - (parents - codes)}


def explain(documents):
    for name, wanted, found in documents:
        for kind in sorted(wanted):
            for key in sorted(wanted[kind] - found.get(kind, set())):
                print(f"{name}  {kind}  missed    {key}")
            for key in sorted(found.get(kind, set()) - wanted[kind]):
                print(f"{name}  {kind}  spurious  {key}")


def rendered(parts, calibration):
    """The tables as Markdown."""
    lines = [
        "# Quality",
        "",
        "What the shipped plugins find, by `make quality`; a document counts a thing once, however often it is named.",
        "The keys by which two things are the same stand in [keys.py](Quality/keys.py) and beside it. Articles are given with",
        "the day on which they were published.",
    ]
    for title, result in parts.items():
        lines += ["", f"## {title}", "", "| type | " + " | ".join(COLUMNS) + " |", "|---|" + "---:|" * len(COLUMNS)]
        lines += [f"| {kind} | " + " | ".join(score.cells) + " |" for kind, score in result.items()]
    if calibration.cells:
        lines += [
            "", "## Confidence", "", "Of the records in annotated articles that are told apart by what they say.", "",
            "| confidence from | records | mean confidence | share that is right |", "|---|---:|---:|---:|",
        ]
        lines += ["| " + " | ".join(cells) + " |" for cells in calibration.cells]
    return "\n".join(lines) + "\n"


def figures(text):
    """The ratios of a rendered table, by part, type and column."""
    result, part = {}, ""
    for line in text.splitlines():
        if line.startswith("## "):
            part = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if part and len(cells) == len(COLUMNS) + 1 and cells[1].isdigit():
            for column, cell in zip(COLUMNS[3:], cells[4:]):
                result[part, cells[0], column] = float(cell)
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--program", default=os.path.join(REPOSITORY, ".build", "debug", "duikou"))
    parser.add_argument("--plugins", required=True)
    options = parser.parse_args()

    calibration, symposium = Calibration(), Symposium()
    sources = {"Fixtures": list(fixtures(options.program, options.plugins))}
    if os.path.isdir(os.path.join(CORPUS, "gold")):
        sources["Annotated articles"] = list(
            articles(options.program, options.plugins, calibration, symposium))
    else:
        print(
            "the corpus is not beside the checkout: articles are left out, that of the symposium too", file=sys.stderr)
    parts = {
        title: scores((wanted, found) for _, wanted, found in documents) for title, documents in sources.items()
    }
    text = rendered(parts, calibration)
    print(text, end="")
    if symposium.is_measured:
        print(symposium.sentence)
    if options.verbose:
        for documents in sources.values():
            explain(documents)
    if not options.check:
        if len(sources) == 2:
            with open(TABLE, "w", encoding="utf-8") as file:
                file.write(text)
        return
    with open(TABLE, encoding="utf-8") as file:
        committed = figures(file.read())
    measured = {place: value for place, value in committed.items() if place[0] in parts}
    worse = fallen(measured, figures(text)) + symposium.failures
    for sentence in worse:
        print(f"worse: {sentence}", file=sys.stderr)
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
