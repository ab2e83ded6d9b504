"""One way of counting the questions of a template, for lists, for what changed and while building."""

from auditor.domain.question_count import question_count
from auditor.templates.building import Builder
from auditor.templates.drift import drift
from auditor.templates.masters import list_masters, read_master
from auditor.templates.variants import resolve


def test_lists_drift_and_builder_count_alike() -> None:
    master = read_master(list_masters()[0])
    whole = resolve(master, "whole-file").template
    count = question_count(whole)
    assert (count.every, count.core, count.optional, count.cover) == (335, 314, 0, 21)
    assert count.asked == sum(1 for _ in whole.asked()) == 335 - count.worked_out
    drifted = next(one for one in drift(master, master).variants if one.id == "whole-file")
    assert (drifted.questions, drifted.core) == (count.every, count.core)
    builder = Builder(master)
    built = builder.look(builder.ticks_like(whole))
    assert built.count == count
    assert built.effort.questions == count.asked
