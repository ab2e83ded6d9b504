"""How a question at rest is laid out and painted: number and text, its keys or its value, its signs, what was noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import LIMITS_GRADE, draw_mark
from auditor.desktop.questions.choices import answer_meaning, answer_text, choices_of
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.answer_keys import (
    MOST_DIGITS,
    NA,
    NOT_APPLICABLE,
    Choice,
    draw_resting_key,
    resting_width,
)
from auditor.desktop.widgets.chip import chip_width, draw_chip
from auditor.desktop.widgets.joined import APART_GAP, Join
from auditor.desktop.widgets.painting import box, text_width, write
from auditor.domain.answers import Entry
from auditor.domain.template import AnswerType, Question

LEFT_EDGE, INDENT, RIGHT_EDGE = 20, 64, 18
_TOP, _TOP_NOW, _BOTTOM, _GAP = 8, 12, 10, 5
_KEY, _SIGN, _SIGN_GAP = 28, 26, 6
_FOLDED = 28
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_TALL = 100_000

SIGNS = (("comment", "Comment"), ("location", "Evidence"), ("good_practice", "Good practice"), ("action", "Action"))
"""The signs at the right of a question, by name and word."""
_SIGN_ICONS = {"comment": "comment", "location": "pin", "good_practice": "star", "action": "flag"}


@dataclass(frozen=True)
class Zone:
    """A place of a row that can be pressed: a key (`kind` "key", `name` its code), its value, or a sign."""

    rect: QRectF
    kind: str
    name: str


@lru_cache(maxsize=2048)
def _text_height(text: str, width: int, px: float, weight: int, scale: int) -> int:
    return theme().metrics(px, weight).boundingRect(QRect(0, 0, max(width, 40), _TALL), _WRAP, text).height()


def text_height(text: str, width: int, px: float = 13, weight: int = 400) -> int:
    """The height of wrapped text."""
    return _text_height(text, width, px, weight, theme().scale)


@dataclass(frozen=True)
class RowLook:
    """What a row shows. `now` is the current question, `reading` one that nobody can change here."""

    question: Question
    entry: Entry
    action: bool = False
    now: bool = False
    reading: bool = False
    aside: str = ""
    """Why the question is not for this case; folded away until somebody goes to it."""

    @property
    def folded(self) -> bool:
        """Whether it stands in one line with the reason why it is not asked."""
        return bool(self.aside) and not self.now

    @property
    def joined(self) -> bool:
        """Whether the answers stand as keys rather than as a value to open."""
        one = self.question.type in (AnswerType.CHOICE, AnswerType.GRADE)
        return one and len(self.question.options) <= MOST_DIGITS

    @property
    def indent(self) -> int:
        return theme().px(INDENT)

    def text_width(self, width: int) -> int:
        """The room of the question's text."""
        chip = chip_width(LIMITS_GRADE, bold=False) + 16 if self.now and self.question.limiting else 0
        return width - self.indent - RIGHT_EDGE - chip

    def head_height(self, width: int) -> int:
        """From the top of the row to where the answer begins."""
        weight = 600 if self.now else 400
        return theme().px(_TOP_NOW if self.now else _TOP) + self._words_height(width, weight) + theme().px(_GAP)

    def _words_height(self, width: int, weight: int) -> int:
        return text_height(self.question.text, self.text_width(width), 14, weight)

    def height(self, width: int) -> int:
        """The height of the whole row at rest."""
        if self.folded:
            return theme().px(_FOLDED)
        remarks = sum(height for _, height in self._remarks(width))
        return self.head_height(width) + theme().px(_KEY) + (remarks + 4 if remarks else 0) + theme().px(_BOTTOM)

    def signs_left(self, width: int) -> float:
        return width - RIGHT_EDGE - len(SIGNS) * theme().px(_SIGN) - (len(SIGNS) - 1) * _SIGN_GAP

    def key_zones(self, width: int) -> list[tuple[Zone, Choice, Join]]:
        """The keys at rest, or nothing where they do not fit in one row (then the value stands there)."""
        if not self.joined or self.folded:
            return []
        choices = choices_of(self.question)
        joins = [Join.MIDDLE] * len(choices)
        joins[0], joins[-1] = (Join.FIRST, Join.LAST) if len(choices) > 1 else (Join.ALONE, Join.ALONE)
        left, top = float(self.indent), float(self.head_height(width))
        found = []
        for choice, join in zip(choices, joins, strict=True):
            wide = resting_width(choice)
            found.append((Zone(QRectF(left, top, wide, theme().px(_KEY)), "key", choice.code), choice, join))
            left += wide
        if self.question.na_allowed or self.entry.answer.is_na:
            left += APART_GAP
            wide = resting_width(NOT_APPLICABLE)
            zone = Zone(QRectF(left, top, wide, theme().px(_KEY)), "key", NA)
            found.append((zone, NOT_APPLICABLE, Join.ALONE))
            left += wide
        return found if left <= self.signs_left(width) - 8 else []

    def value_zone(self, width: int) -> Zone:
        """Where the value stands for everything that is not a row of keys."""
        words = answer_text(self.question, self.entry.answer) or self.hint
        most = int(self.signs_left(width)) - self.indent - 12
        least = theme().px(112)
        wide = min(max(text_width(words) + theme().px(40), least), most)
        return Zone(QRectF(self.indent, self.head_height(width), wide, theme().px(_KEY)), "value", "")

    @property
    def hint(self) -> str:
        """What an unanswered value says."""
        kind, count = self.question.type, len(self.question.options)
        if kind is AnswerType.CHOICES:
            return f"Choose from {count}"
        if self.question.options:
            return f"Choose one of {count}"
        return {
            AnswerType.DATE: "dd/mm/yyyy",
            AnswerType.DATETIME: "dd/mm/yyyy hh:mm",
            AnswerType.COUNT: "a number",
            AnswerType.NUMBER: "a number",
        }.get(kind, "in your own words")

    def sign_zones(self, width: int) -> list[Zone]:
        """The signs at the right."""
        if self.folded:
            return []
        left, side = self.signs_left(width), theme().px(_SIGN)
        top = self.head_height(width) + (theme().px(_KEY) - side) / 2
        zones = []
        for name, _word in SIGNS:
            zones.append(Zone(QRectF(left, top, side, side), "sign", name))
            left += side + _SIGN_GAP
        return zones

    def has_sign(self, name: str) -> bool:
        return self.action if name == "action" else bool(getattr(self.entry, name))

    def _remarks(self, width: int) -> list[tuple[str, int]]:
        """The lines below the answer and their heights: whole where one can only read, shortened otherwise."""
        lines = []
        if self.entry.answer.is_na:
            lines.append(f"Not applicable: {self.entry.answer.na_reason}")
        if self.entry.comment:
            lines.append(self.entry.comment)
        if self.entry.flag:
            lines.append(f"To discuss: {self.entry.flag}")
        if self.entry.location and self.reading:
            lines.append(f"Evidence: {self.entry.location}")
        room, line = self.remark_width(width), theme().metrics(12).lineSpacing()
        most = _TALL if self.reading else line
        return [(text, min(text_height(text, room, 12), most) + 2) for text in lines]

    def remark_width(self, width: int) -> int:
        return width - self.indent - RIGHT_EDGE

    def paint_folded(self, painter: QPainter, width: int) -> None:
        """The number, the reason why it is not asked, and what it would have asked."""
        high = theme().px(_FOLDED)
        number = QRectF(theme().px(LEFT_EDGE), 0, self.indent, high)
        write(painter, number, self.question.number, px=12, colour="muted", tabular=True)
        words = QRectF(self.indent, 0, width - self.indent - RIGHT_EDGE, high)
        write(painter, words, f"{self.aside} · {self.question.short or self.question.text}", px=12, colour="muted")

    def paint_head(self, painter: QPainter, width: int) -> None:
        """Number, text and, on the current question, that it limits the grade."""
        top = theme().px(_TOP_NOW if self.now else _TOP)
        weight = 600 if self.now else 400
        line = QRectF(theme().px(LEFT_EDGE), top, self.indent, theme().metrics(14).lineSpacing())
        number: Token = "text" if self.now else "text2"
        write(painter, line, self.question.number, px=13, weight=weight, colour=number, tabular=True)
        words = QRectF(self.indent, top, self.text_width(width), self._words_height(width, weight))
        painter.setFont(theme().font(14, weight))
        painter.setPen(theme().colour("text"))
        painter.drawText(words, _WRAP, self.question.text)
        if self.entry.flag is not None:
            side = theme().px(16)
            below = QRectF(theme().px(LEFT_EDGE), line.bottom() + theme().px(4), side, side)
            draw_icon(painter, below, "people", theme().colour("accent"))
        if self.now and self.question.limiting:
            wide = chip_width(LIMITS_GRADE, bold=False)
            draw_chip(
                painter, QRectF(width - RIGHT_EDGE - wide, top - 1, wide, theme().px(22)), LIMITS_GRADE, bold=False
            )

    def paint_rest(self, painter: QPainter, width: int, hovered: Zone | None) -> None:
        """Everything below the head of a question at rest."""
        keys = self.key_zones(width)
        chosen = NA if self.entry.answer.is_na else str(self.entry.answer.value)
        for zone, choice, join in keys:
            draw_resting_key(
                painter, zone.rect, choice, join, chosen=zone.name == chosen, hovered=self._is(zone, hovered)
            )
        if not keys:
            self._paint_value(painter, self.value_zone(width), hovered)
        for zone in self.sign_zones(width):
            if not self.reading or self.has_sign(zone.name):
                self._paint_sign(painter, zone, hovered)
        top = self.head_height(width) + theme().px(_KEY) + 4
        self._paint_remarks(painter, width, top)

    def _is(self, zone: Zone, hovered: Zone | None) -> bool:
        return not self.reading and hovered is not None and (zone.kind, zone.name) == (hovered.kind, hovered.name)

    def _paint_value(self, painter: QPainter, zone: Zone, hovered: Zone | None) -> None:
        ground: Token = "sel" if self._is(zone, hovered) else "surface"
        box(painter, zone.rect, fill=theme().colour(ground), edge=theme().colour("line2"))
        words = zone.rect.adjusted(theme().px(9), 0, -theme().px(6), 0)
        said = answer_text(self.question, self.entry.answer)
        meaning = answer_meaning(self.question, self.entry.answer)
        if meaning:
            side = theme().px(14)
            place = QRectF(words.left(), words.center().y() - side / 2, side, side)
            draw_mark(painter, place, meaning.mark, theme().colour(meaning.colour))
            words.setLeft(words.left() + side + theme().px(6))
        write(painter, words, said or self.hint, colour="text" if said else "muted")

    def _paint_sign(self, painter: QPainter, zone: Zone, hovered: Zone | None) -> None:
        on = self.has_sign(zone.name)
        if on or self._is(zone, hovered):
            box(painter, zone.rect, fill=theme().colour("soft"))
        side = theme().px(16)
        place = QRectF(zone.rect.center().x() - side / 2, zone.rect.center().y() - side / 2, side, side)
        draw_icon(painter, place, _SIGN_ICONS[zone.name], theme().colour("accent" if on else "text2"))

    def _paint_remarks(self, painter: QPainter, width: int, top: float) -> None:
        for text, height in self._remarks(width):
            rect = QRectF(self.indent, top, self.remark_width(width), height)
            if self.reading:
                painter.setFont(theme().font(12))
                painter.setPen(theme().colour("text2"))
                painter.drawText(rect, _WRAP, text)
            else:
                write(painter, rect, " ".join(text.split()), px=12, colour="text2")
            top += height


def spoken(look: RowLook) -> str:
    """What a screen reader says of a row at rest."""
    said = answer_text(look.question, look.entry.answer) or "not answered"
    signs: Sequence[str] = [word for name, word in SIGNS if look.has_sign(name)]
    if look.entry.flag is not None:
        signs = [*signs, "To discuss"]
    if look.folded:
        signs = [*signs, look.aside]
    return ", ".join((f"{look.question.number} {look.question.text}", said, *(word.lower() for word in signs)))
