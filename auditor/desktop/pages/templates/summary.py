"""What a template costs and covers: time against the sitting, themes of the master, and checks that cannot run."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import LIMITS_GRADE
from auditor.desktop.models.template_rows import (
    TemplateRow,
    cannot_run_titles,
    coverage,
    minutes_words,
)
from auditor.desktop.pages.templates.acts import TemplateActs
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import ElideLabel, Label, MarkLabel, WrapLabel, rule
from auditor.desktop.widgets.panel import Note, PanelHead, clear
from auditor.desktop.widgets.progress import Bar
from auditor.desktop.words import many
from auditor.domain.effort import SITTING, effort
from auditor.domain.template import Template
from auditor.services.template_files import Save
from auditor.services.versions_in_use import Behind

_MOST = 12


def fill_summary(body: QBoxLayout, row: TemplateRow, acts: TemplateActs) -> None:
    """Put the summary of a template into a column, and the ways to take it elsewhere."""
    spent = effort(row.template.asked())
    _moved(body, row, acts)
    _behind(body, row, acts)
    body.addWidget(Label("Time for one auditor", "label"))
    body.addWidget(Label(minutes_words(spent.minutes), "h1"))
    bar = Bar(f"{round(spent.minutes)} of {SITTING} minutes", height=8)
    bar.set_share(round(spent.minutes), SITTING)
    body.addWidget(bar)
    over = spent.minutes > SITTING
    words = f"{round(spent.minutes)} of {SITTING} minutes set for a sitting"
    body.addWidget(WrapLabel(f"{words}: plan two sittings" if over else words, "soon" if over else "caption"))
    body.addWidget(WrapLabel("0.3 min a fact, 0.9 min a judgement, until your own times are measured.", "caption"))
    body.addWidget(rule())
    themes = coverage(row)
    head = PanelHead("Themes covered", "label")
    head.right(Label("of its own" if row.is_master else "of the whole file", "caption"))
    body.addWidget(head)
    body.addWidget(_themes(themes))
    titles = cannot_run_titles(row)
    if titles:
        body.addWidget(rule())
        body.addWidget(PanelHead("Checks", "label", count=f"{len(titles)} cannot run"))
        mark = MarkLabel(LIMITS_GRADE.mark, "requires")
        body.addWidget(Note("", "They need questions that this selection leaves out.", lead=mark))
        for title in titles[:_MOST]:
            body.addWidget(WrapLabel(title, "caption2"))
        if len(titles) > _MOST:
            body.addWidget(Label(f"and {len(titles) - _MOST} more", "caption"))

    body.addWidget(rule())
    body.addWidget(Label("On paper and in files", "label"))
    body.addWidget(_ways_out(row, acts))


def _moved(body: QBoxLayout, row: TemplateRow, acts: TemplateActs) -> None:
    """A quiet line where the program's master is another one than that this template was made from."""
    moved = acts.moved.get(row.master_hash)
    if moved is None:
        return
    differences = many(len(moved.changes), "difference")
    words = f"The program has version {moved.version} of its master now: {differences} from the one this was made from."
    body.addWidget(WrapLabel(words, "caption"))
    read = Button("Read what changed", "small")
    read.clicked.connect(lambda: acts.moved_asked.emit(moved))
    body.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
    body.addWidget(rule())


def _behind(body: QBoxLayout, row: TemplateRow, acts: TemplateActs) -> None:
    """Which audits under way could move to this version, and the way to propose it to their auditors."""
    for one in acts.behind(row.template):
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        _fill_behind(column, one, row.template, acts)
        body.addWidget(place)
        body.addWidget(rule())


def _fill_behind(column: QBoxLayout, one: Behind, template: Template, acts: TemplateActs) -> None:
    use = "uses" if one.audits == 1 else "use"
    words = f"{one.cycle.title}: {many(one.audits, 'audit')} under way {use} an older version."
    column.addWidget(WrapLabel(words, "caption2"))
    if one.proposed >= one.audits:
        column.addWidget(WrapLabel("The move is proposed; their auditors decide.", "caption"))
        return
    button = Button("Propose the move", "small", name=f"Propose the move to the auditors of {one.cycle.title}")

    def proposed() -> None:
        clear(column)
        now = [other for other in acts.behind(template) if (other.cycle, other.target) == (one.cycle, one.target)]
        for other in now:
            _fill_behind(column, other, template, acts)

    button.clicked.connect(lambda: acts.propose(one, proposed))
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _ways_out(row: TemplateRow, acts: TemplateActs) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 2, 0, 4)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    ways: tuple[tuple[str, str, Callable[[], None]], ...] = (
        ("PDF form…", "Save as a PDF form to fill in by hand", lambda: acts.save_pdf(row)),
        ("Print…", "Print as a form to fill in by hand", lambda: acts.print(row)),
        ("XLSForm…", "Save as an XLSForm for tablets", lambda: acts.save(row, Save.XLSFORM)),
        ("Excel sheet…", "Save as a sheet to change in Excel", lambda: acts.save(row, Save.SHEET)),
        ("YAML file…", "Save as a template file", lambda: acts.save(row, Save.YAML)),
    )
    for number, (word, name, act) in enumerate(ways):
        button = Button(word, "small", name=name)
        button.clicked.connect(act)
        grid.addWidget(button, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(1, 1)
    return widget


def _themes(themes: list[tuple[str, int, int]]) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    for line, (title, taken, of) in enumerate(themes):
        bar = Bar(f"{title}: {taken} of {of} questions")
        bar.setFixedWidth(theme().px(72))
        bar.set_share(taken, of)
        grid.addWidget(ElideLabel(title, "caption2" if taken else "caption"), line, 0)
        grid.addWidget(bar, line, 1)
        grid.addWidget(Label(f"{taken} of {of}", "caption2" if taken else "caption"), line, 2)
    return widget
