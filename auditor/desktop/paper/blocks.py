"""The parts of a form on paper as blocks: its head, section headings and questions."""

from auditor.desktop.paper.canvas import GREY, Block, Pen
from auditor.reports.paper_form import HEAD_FIELDS, NA, PaperChoice, PaperForm, PaperQuestion, PaperSection

TEXT, SMALL, TINY = 10.0, 8.5, 7.5
INDENT = 36.0
_BOX, _GAP, _WRITE = 9.0, 16.0, 20.0


def blocks_of(form: PaperForm, pen: Pen, width: float) -> list[Block]:
    """Everything on the form, from top to bottom."""
    blocks = [_head(form, pen, width)]
    if form.meanings or form.na_reasons:
        blocks.append(_meanings(form, pen, width))
    for section in form.sections:
        blocks.append(_section(section, pen, width))
        blocks += [_question(question, pen, width) for question in section.questions]
    return blocks


def _head(form: PaperForm, pen: Pen, width: float) -> Block:
    block = Block()
    top = pen.words(block, form.title, (0, 0, width), 18, bold=True) + 2
    top += pen.words(block, f"{form.facts} · version {form.version}", (0, top, width), SMALL, colour=GREY) + 2
    top += pen.words(block, f"Content {form.hash}", (0, top, width), TINY, colour=GREY) + 6
    if form.purpose:
        top += pen.words(block, form.purpose, (0, top, width), TEXT) + 8
    for label in HEAD_FIELDS:
        pen.words(block, label, (0, top + 4, width * 0.45), SMALL, colour=GREY)
        pen.line(block, width * 0.45, top + _WRITE - 2, width)
        top += _WRITE
    block.height = top + 12
    return block


def _meanings(form: PaperForm, pen: Pen, width: float) -> Block:
    block, top = Block(), 0.0
    if form.meanings:
        top += pen.words(block, "What the answers mean", (0, top, width), SMALL, bold=True) + 3
    column = max((pen.width(meaning.label, SMALL, bold=True) for meaning in form.meanings), default=0) + 12
    for meaning in form.meanings:
        pen.words(block, meaning.label, (0, top, column), SMALL, bold=True)
        top += pen.words(block, meaning.descriptor, (column, top, width - column), SMALL) + 2
    if form.na_reasons:
        top += pen.words(block, "Reasons for not applicable", (0, top + 4, width), SMALL, bold=True) + 7
        numbered = "   ".join(f"{number}\u00a0{reason}" for number, reason in enumerate(form.na_reasons, 1))
        top += pen.words(block, numbered, (0, top, width), SMALL)
    block.height = top + 14
    return block


def _section(section: PaperSection, pen: Pen, width: float) -> Block:
    block = Block(keep=True)
    pen.line(block, 0, 8, width, weight=1.4)
    top = 13 + pen.words(block, section.heading, (0, 13, width), 13, bold=True) + 2
    if section.purpose:
        top += pen.words(block, section.purpose, (0, top, width), SMALL, colour=GREY) + 2
    if section.applies_if:
        top += pen.words(block, f"Only where: {section.applies_if}", (0, top, width), SMALL) + 2
    block.height = top + 8
    return block


def _question(question: PaperQuestion, pen: Pen, width: float) -> Block:
    block = Block()
    room = width - INDENT
    pen.line(block, 0, 0, width, weight=0.4)
    pen.words(block, question.number, (0, 5, INDENT), TEXT, bold=True)
    top = 5 + pen.words(block, question.text, (INDENT, 5, room), TEXT) + 1
    top += pen.words(block, question.note, (INDENT, top, room), TINY, colour=GREY) + 4
    if question.look_for:
        top += pen.words(block, question.look_for, (INDENT, top, room), SMALL) + 4
    top = _choices(question, block, pen, top, width)
    if question.blank:
        top += pen.words(block, question.blank, (INDENT, top + 4, room), TEXT) + 8
    for _ in range(question.lines):
        top += _WRITE
        pen.line(block, INDENT, top - 2, width)
    if question.na:
        top = _not_applicable(block, pen, top, width)
    for label in question.written:
        top += _WRITE
        _written(label, block, pen, top, (INDENT, width))
    block.height = top + 8
    return block


def _choices(question: PaperQuestion, block: Block, pen: Pen, top: float, width: float) -> float:
    """Boxes side by side, or one below the other where each step is described; gives where they end."""
    if any(choice.descriptor for choice in question.choices):
        for choice in question.choices:
            pen.box(block, INDENT, top + 2, _BOX, round_=not question.several)
            top += _labelled(choice, block, pen, (INDENT + _GAP, top, width - INDENT - _GAP)) + 4
        return top
    left, line = INDENT, 0.0
    for choice in question.choices:
        wide = min(pen.width(choice.label, TEXT) + 2, width - INDENT - _GAP)
        if left > INDENT and left + _GAP + wide > width:
            left, top = INDENT, top + line + 4
            line = 0.0
        pen.box(block, left, top + 2, _BOX, round_=not question.several)
        line = max(line, pen.words(block, choice.label, (left + _GAP, top, wide), TEXT))
        left += _GAP + wide + 16
    return top + line + 4 if question.choices else top


def _labelled(choice: PaperChoice, block: Block, pen: Pen, at: tuple[float, float, float]) -> float:
    """A label in bold with its meaning below; gives their height."""
    left, top, width = at
    height = pen.words(block, choice.label, at, SMALL, bold=True)
    if choice.descriptor:
        height += pen.words(block, choice.descriptor, (left, top + height, width), SMALL)
    return height


def _not_applicable(block: Block, pen: Pen, top: float, width: float) -> float:
    pen.box(block, INDENT, top + 5, _BOX)
    wide = pen.width(NA, TEXT) + 6
    pen.words(block, NA, (INDENT + _GAP, top + 3, wide), TEXT)
    pen.line(block, INDENT + _GAP + wide, top + _WRITE - 4, width)
    return top + _WRITE - 2


def _written(label: str, block: Block, pen: Pen, top: float, ends: tuple[float, float]) -> None:
    """A line to write on, with what belongs there in small letters at its beginning."""
    left, right = ends
    if label:
        pen.words(block, label, (left, top - 12, 150), TINY, colour=GREY)
    pen.line(block, left, top - 2, right)
