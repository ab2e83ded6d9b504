"""`make bench`: every benchmark in one run, as a table and as JSON."""

import argparse
import json
import platform
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import bank, desk, durable_answer, keyboard_walk, matrix, rules, sampling, start, xlsform
from tests.benchmarks.figures import Figure, table

BENCHMARKS: dict[str, Callable[[], list[Figure]]] = {
    "sampling": sampling.run,
    "start": start.run,
    "bank": bank.run,
    "desk": desk.run,
    "keyboard_walk": keyboard_walk.run,
    "durable_answer": durable_answer.run,
    "matrix": matrix.run,
    "rules": rules.run,
    "xlsform": xlsform.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="only these")
    chosen = parser.parse_args()
    figures = [figure for name, run in BENCHMARKS.items() if name in (chosen.names or BENCHMARKS) for figure in run()]
    print(table(figures))
    if chosen.json:
        report = {"python": platform.python_version(), "figures": [figure.to_json() for figure in figures]}
        chosen.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
