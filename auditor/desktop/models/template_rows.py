"""Templates as rows: masters with their variants, their sections and questions, and what they cost and cover."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import many
from auditor.domain.effort import effort
from auditor.domain.question_count import QuestionCount, question_count
from auditor.domain.template import AnswerType, Question, Section, Template
from auditor.services.newer_versions import is_newer, version_order
from auditor.services.templates import Shipped

_TYPES = {
    AnswerType.CHOICES: "several of a list",
    AnswerType.DATE: "a date",
    AnswerType.DATETIME: "a date and time",
    AnswerType.COUNT: "a count",
    AnswerType.NUMBER: "a number",
    AnswerType.TEXT: "words",
}


@dataclass(frozen=True)
class TemplateRow:
    """One template of the list. `whole` is the widest of its master, the one variants are measured against."""

    template: Template
    whole: Template
    core: int
    kept: bool
    shipped: bool
    cannot_run: tuple[str, ...] = ()
    plain: Mapping[str, Any] | None = None
    """Its plain form; None where only the workspace has it."""
    master_hash: str = ""
    """Of a master of the workspace's own."""

    @property
    def is_master(self) -> bool:
        """Whether it takes everything its master has."""
        return self.template is self.whole

    @property
    def note(self) -> str:
        """The second line of the list: what it is, how many sections, and whether the workspace holds it."""
        count = len(self.template.sections)
        parts = ["Master"] if self.is_master and self.shipped else []
        parts.append(many(count, "section"))
        if self.template.version != self.whole.version:
            parts.append(f"version {self.template.version}")
        if self.kept:
            parts.append("in this workspace")
        return " · ".join(parts)


def template_rows(shipped: Sequence[Shipped], kept: Sequence[Template]) -> list[TemplateRow]:
    """The templates on offer, each master before its variants, those that were built here after them, and at the end
    what only this workspace holds."""
    held = {template.hash for template in kept}
    offered = {item.template.hash for item in shipped}
    own = [template for template in kept if template.hash not in offered]
    rows: list[TemplateRow] = []
    masters = dict.fromkeys(item.template.master or item.template.id for item in shipped)
    for master in masters:
        of_master = [item for item in shipped if (item.template.master or item.template.id) == master]
        whole = max(of_master, key=lambda item: sum(1 for _ in item.template.asked())).template
        of_master.sort(key=lambda item: item.template is not whole)
        rows += [
            TemplateRow(
                template=item.template,
                whole=whole,
                core=question_count(item.template).core,
                kept=item.template.hash in held,
                shipped=True,
                cannot_run=item.cannot_run,
                plain=item.plain,
                master_hash=item.master_hash,
            )
            for item in of_master
        ]
        rows += [_own(template, whole) for template in own if template.master == master]
    rows += [_own(template, template) for template in own if template.master not in masters]
    return rows


def superseded(rows: Sequence[TemplateRow], in_use: AbstractSet[str]) -> frozenset[str]:
    """The hashes of versions that a newer one among the rows takes the place of, and that no cycle uses."""
    by_name: dict[tuple[str, str], list[Template]] = {}
    for row in rows:
        by_name.setdefault((row.template.id, row.template.master), []).append(row.template)
    return frozenset(
        one.hash
        for same in by_name.values()
        for one in same
        if one.hash not in in_use and any(is_newer(other.version, one.version) for other in same)
    )


def to_compare(row: TemplateRow, rows: Sequence[TemplateRow]) -> tuple[str, str]:
    """The hashes of two templates to compare, the older first: a template and the version before it, else the one
    after it, else the master it was taken from."""
    this = row.template
    same = [other.template for other in rows if (other.template.id, other.template.master) == (this.id, this.master)]
    same.sort(key=lambda one: version_order(one.version))
    if older := [one for one in same if is_newer(this.version, one.version)]:
        return older[-1].hash, this.hash
    if later := [one for one in same if is_newer(one.version, this.version)]:
        return this.hash, later[0].hash
    return row.whole.hash, this.hash


def _own(template: Template, whole: Template) -> TemplateRow:
    """A template only the workspace has. What it cannot run was left out of it when it was kept."""
    ids = set(_rule_titles(template))
    gone = tuple(one for one in _rule_titles(whole) if one not in ids)
    return TemplateRow(template, whole, question_count(template).core, kept=True, shipped=False, cannot_run=gone)


def minutes_words(minutes: float) -> str:
    """Minutes as people say them: "About 1 h 2 min"."""
    hours, rest = divmod(round(minutes), 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return f"About {' '.join(parts)}"


def coverage(row: TemplateRow) -> list[tuple[str, int, int]]:
    """Each theme of the master with how many of its questions the template asks, and how many the master has."""
    found = []
    for theme in row.whole.themes:
        of = sum(1 for question in row.whole.asked() if theme.id in question.themes)
        taken = sum(1 for question in row.template.asked() if theme.id in question.themes)
        if of:
            found.append((theme.title, taken, of))
    return found


def cannot_run_titles(row: TemplateRow) -> list[str]:
    """The rules and indicators that need questions this template leaves out, by title where the master names it."""
    titles = _rule_titles(row.whole)
    return [titles.get(item, item) for item in row.cannot_run]


def _rule_titles(template: Template) -> dict[str, str]:
    titles = {indicator.id: indicator.title for indicator in template.indicators}
    return titles | {rule.id: rule.title for rule in (*template.timescales, *template.consistency)}


def totals_words(row: TemplateRow) -> str:
    """The template in one line: sections, core questions, the cover sheet, what is asked beyond the core."""
    count, of = len(row.template.sections), len(row.whole.sections)
    sections = many(count, "section") if count == of else f"{count} of {of} sections"
    return f"{sections} · {count_words(question_count(row.template))}"


def count_words(count: QuestionCount) -> str:
    """How many questions: core ones, optional ones, and those of the cover sheet."""
    parts = [many(count.core, "core question")]
    if count.optional:
        parts.append(f"{count.optional} optional")
    if count.cover:
        parts.append(f"a cover sheet of {count.cover}")
    return ", ".join(parts)


def section_columns() -> list[Column[Section]]:
    """The columns of the list of sections."""
    return [
        Column("number", "No.", lambda s: s.number, sort=_section_order, width=60),
        Column("section", "Section", lambda s: s.title, stretch=True, strong=True),
        Column("facts", "Facts", lambda s: str(effort(s.questions).facts), number=True, width=70,
               sort=lambda s: effort(s.questions).facts),
        Column("judgements", "Judgements", lambda s: str(effort(s.questions).judgements), number=True, width=96,
               sort=lambda s: effort(s.questions).judgements),
        Column("minutes", "Minutes", lambda s: str(round(effort(s.questions).minutes)), number=True, width=78,
               sort=lambda s: effort(s.questions).minutes),
    ]  # fmt: skip


def question_columns(template: Callable[[], Template | None]) -> list[Column[Question]]:
    """The columns of the list of questions of whatever template is in sight."""

    def section_title(question: Question) -> str:
        shown = template()
        return shown.section_of[question.id].title if shown is not None else ""

    return [
        Column("number", "No.", lambda q: q.number, sort=_question_order, width=70),
        Column("question", "Question", lambda q: q.text, second=section_title, stretch=True, strong=True),
        Column("kind", "Kind", kind_words, second=answer_kind_words, width=150),
    ]  # fmt: skip


def matching(template: Template, words: str) -> list[Question]:
    """The questions asked whose number begins with the text, or that hold all of its words in any order."""
    wanted = words.casefold().split()
    if not wanted:
        return list(template.asked())
    if len(wanted) == 1 and wanted[0][0].isdigit():
        return [question for question in template.asked() if question.number.startswith(wanted[0])]
    return [question for question in template.asked() if all(word in _haystack(template, question) for word in wanted)]


def kind_words(question: Question) -> str:
    """Whether it is a fact or a judgement."""
    if question.is_section_judgement:
        return "Section judgement"
    return "Fact" if question.is_fact else "Judgement"


def answer_kind_words(question: Question) -> str:
    """What kind of answer it takes, in few words."""
    if question.options and question.type is not AnswerType.CHOICES:
        return f"one of {len(question.options)}"
    return _TYPES.get(question.type, "a grade")


def answers_words(question: Question) -> str:
    """The answers it can have, in the order of its scale."""
    words = [option.label for option in question.options] or [_TYPES.get(question.type, "").capitalize()]
    return " · ".join([*words, "N/A with a reason"] if question.na_allowed else words)


def theme_words(template: Template, question: Question) -> str:
    """The themes it serves, by title."""
    return ", ".join(template.theme_titles.get(theme, theme) for theme in question.themes)


def _section_order(section: Section) -> int:
    return int(section.number) if section.number.isdigit() else 0


def _question_order(question: Question) -> tuple[int, ...]:
    return tuple(int(part) for part in question.number.split(".") if part.isdigit())


def _haystack(template: Template, question: Question) -> str:
    # The id is what checks, files and the command line call it.
    return f"{question.number} {question.id} {question.text} {theme_words(template, question)}".casefold()
