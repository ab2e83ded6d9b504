"""Scores by the method a template has chosen: of every audit of a cycle by section, and one's own at the desk.

Those of a cycle are worked out from effective answers alone, each audit by its own template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import Slot
from auditor.domain.matrix import Column
from auditor.domain.roles import Duty, Person, require
from auditor.domain.scoring_method import Score, Scores, score_words, scores
from auditor.domain.template import Template
from auditor.domain.template_parts import Method, Scoring
from auditor.services.asked import not_asked
from auditor.services.cycle_templates import cycle_templates
from auditor.services.scoring import DeskView
from auditor.store.queries import entries as stored_entries
from auditor.store.queries import findings as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import View

SAME = "the same"


@dataclass(frozen=True)
class CaseScores:
    """The scores of one audit; `words` says each as a person reads it, by section id ("" is the whole). In a re-audit
    `before` are the grades of the first audit, in words, and `change` how they have changed since."""

    column: Column
    scores: Scores
    words: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    change: Mapping[str, str] = field(default_factory=dict)

    def said(self, section_id: str = "") -> str:
        """One score with what has to be known beside it; empty where the section is not scored here."""
        score = self.score(section_id)
        if score is None:
            return ""
        parts = [
            self.words.get(section_id) or "Not known yet" if score.waiting or score.is_known else "n/a",
            f"{score.not_evidenced} not evidenced" if score.not_evidenced else "",
            f"{score.waiting} to be agreed" if score.waiting and score.is_known else "",
        ]
        return ", ".join(part for part in parts if part) + self._since(section_id)

    def _since(self, section_id: str) -> str:
        """What it was in the first audit, in brackets; empty where there was none."""
        before, change = self.before.get(section_id, ""), self.change.get(section_id, "")
        if not before:
            return ""
        return " (as before)" if change == SAME else f" ({': '.join(filter(None, (f'{before} before', change)))})"

    def score(self, section_id: str = "") -> Score | None:
        """The score of one section, or of the whole."""
        return self.scores.sections.get(section_id) if section_id else self.scores.whole


@dataclass(frozen=True)
class ScoreTable:
    """The scores of a cycle: sections (id, short title) in the order of the form, and a row for each audit that is
    scored."""

    sections: tuple[tuple[str, str], ...] = ()
    rows: tuple[CaseScores, ...] = ()


def score_table(cycle_id: str, actor: Person, view: View) -> ScoreTable:
    """The scores of a cycle by case and section; empty where its template has chosen no method."""
    require(actor, Duty.SEE_FINDINGS)
    cycle = programme.cycle(view, cycle_id)
    templates = cycle_templates(view, cycle)
    first_of = {case.id: case.first_audit for case in programme.cases(view, cycle_id)} if cycle.reaudit_of else {}
    rows, titles = [], dict[str, str]()
    for column in stored.columns(view, cycle_id):
        template = templates.of(column.audit_id)
        found = _scores(template, stored_entries.effective_answers(view, column.audit_id))
        if found is not None:
            before, change = _since(first_of.get(column.case_id, ""), found, view)
            rows.append(CaseScores(column, found, _words(template, found), before, change))
            titles |= {section.id: section.short for section in template.sections if section.id in found.sections}
    return ScoreTable(tuple(sorted(titles.items())), tuple(rows))


def own_scores(shown: DeskView, not_for_case: frozenset[str]) -> Scores | None:
    """What one's own answers come to so far; None for somebody who gives no judgements in this audit."""
    if not set(shown.slots.values()) - {Slot.FACTS}:
        return None
    answers = {question_id: entry.answer for question_id, entry in shown.entries.items()}
    return scores(shown.template, answers, not_for_case)


def _scores(template: Template, answers: Mapping[str, Answer]) -> Scores | None:
    if template.scoring is None:
        return None
    entries = {question_id: Entry(answer) for question_id, answer in answers.items()}
    return scores(template, answers, not_asked(template, entries))


def _since(first_audit: str, now: Scores, view: View) -> tuple[dict[str, str], dict[str, str]]:
    """The grades of the first audit in words, and how those that are graded again have changed."""
    if not first_audit:
        return {}, {}
    header = programme.audit_header(view, first_audit)
    template = stored_people.template(view, header.template_hash)
    judged = replace(template, scoring=Scoring(Method.JUDGEMENT))
    found = scores(judged, stored_entries.effective_answers(view, first_audit)) if header.signed_off else None
    was = {**found.sections, "": found.whole} if found else {}
    here = {**now.sections, "": now.whole}
    before = {one: score_words(judged, score) for one, score in was.items() if one in here and score.grade}
    grades = {one: (int(was[one].grade), int(here[one].grade)) for one in before if here[one].grade}
    return before, {one: _change(old, new) for one, (old, new) in grades.items()}


def _change(before: int, now: int) -> str:
    """Grades fall from 4 to 1 as practice gets better."""
    return "better" if now < before else "worse" if now > before else SAME


def _words(template: Template, found: Scores) -> dict[str, str]:
    return {one: score_words(template, score) for one, score in {**found.sections, "": found.whole}.items()}
