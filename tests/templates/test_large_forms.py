"""Forms far larger than any in use work, or are refused plainly, in little time and memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from auditor.domain.errors import AuditorError
from auditor.templates.checks import reachable
from auditor.templates.expressions import Expression, Missing
from auditor.templates.importing import import_form
from auditor.templates.masters import parse_master
from auditor.templates.problems import TemplateProblems
from tests.templates.xlsform_kit import large_form

QUESTIONS = 5_000
IMPORT = """
import json, re, sys, time
from pathlib import Path
from auditor.templates.importing import import_form
from auditor.templates.masters import parse_master
got = import_form(Path(sys.argv[1]))
taken = time.process_time()
assert parse_master(got.text).plain == got.plain
questions = sum(len(section["questions"]) for section in got.plain["sections"])
status = Path("/proc/self/status")  # the peak that getrusage tells is inherited from the tests
peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text() if status.exists() else "VmHWM: 0 kB")
mib = int(peak[1]) / 1024
print(json.dumps({"questions": questions, "seconds": taken, "mib": mib}))
"""


def test_5000_questions_are_imported_and_checked_in_little_memory(tmp_path: Path) -> None:
    path = large_form(tmp_path / "large.xlsx", QUESTIONS)
    # Measuring coverage would measure itself.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    run = [sys.executable, "-c", IMPORT, str(path)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, env=env, timeout=120)
    said = json.loads(done.stdout)
    assert said["questions"] == QUESTIONS
    assert said["mib"] < 300
    # The aim is five seconds, which the benchmark measures; here the neighbours on the machine count as well.
    assert said["seconds"] < 10


def survey(path: Path, rows: Iterable[Iterable[Any]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("survey")
    sheet.append(["type", "name", "label", "relevant"])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


HOSTILE = {
    "rows": ([["text", f"q{n}", "Q"] for n in range(12_100)], "form-too-large"),
    "groups": (
        [row for n in range(1_000) for row in (["begin_group", f"g{n}", "G"], ["text", f"q{n}", "Q"], ["end_group"])],
        "form-too-large",
    ),
    "long texts": ([["text", f"q{n}", f"{n} of many words " * 30] for n in range(3_000)], "form-too-large"),
    "depth": ([["begin_group", f"g{n}", "G"] for n in range(2_000)], "form-too-large"),
    "brackets": ([["text", "q0", "Q"], ["text", "q1", "Q", "(" * 4_000 + "${q0} = 'x'" + ")" * 4_000]], ""),
    "a long chain": ([["text", f"q{n}", "Q", f"${{q{n - 1}}} = 'x'" if n else None] for n in range(2_000)], ""),
}


@pytest.mark.parametrize(("rows", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_forms_work_or_are_refused(tmp_path: Path, rows: list[list[Any]], code: str) -> None:
    path = survey(tmp_path / "form.xlsx", rows)
    if not code:
        assert import_form(path).plain["sections"]
        return
    with pytest.raises(AuditorError) as caught:
        import_form(path)
    assert caught.value.code == code
    assert caught.value.remedy and caught.value.place


SHUT = """\
format: 1
id: shut
title: Shut
version: "1"
language: en-GB
purpose: Never asked
overall: none
scales: [{id: yn, title: Yes or no, options: [{code: "yes", label: "Yes"}, {code: "no", label: "No"}]}]
sections:
  - id: S01
    title: Seen
    short: Seen
    purpose: Seen
    questions:
"""


def test_conditions_that_nothing_opens_do_not_multiply_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    run = Expression.run

    def counted(expression: Expression, context: Mapping[str, object]) -> bool | Missing:
        tried.append(expression.text)
        return run(expression, context)

    monkeypatch.setattr(Expression, "run", counted)
    never = " || ".join(f"a['S01.{n}'] == 'x'" for n in range(10, 17))
    asked = [f'{{id: S01.{n}, text: "Of {n}?", type: choice, scale: yn}}' for n in range(10, 17)]
    asked += [f'{{id: S01.{n}, text: "And {n}?", type: text, relevant: "({never}) && {n} > 1"}}' for n in range(20, 99)]
    form = SHUT + "".join(f"      - {line}\n" for line in asked) + "variants: [{id: all, title: All, select: {}}]\n"
    with pytest.raises(TemplateProblems) as caught:
        parse_master(form)
    shut = [problem for problem in caught.value.problems if problem.code == "unreachable"]
    assert 3 <= len(shut) < 79  # the first are still found
    assert len(tried) <= reachable.MOST_WORK / 60
