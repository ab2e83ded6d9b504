"""What a moderator is about to decide on one audit: kept as a draft until it is recorded, changed by every part."""

import json
from dataclasses import asdict

from PySide6.QtCore import QObject, Signal

from auditor.desktop.drafts import Bound
from auditor.domain.answers import Answer
from auditor.domain.limits import Cap
from auditor.domain.moderation import QUALITY, Judged, Mark
from auditor.services.moderating import Change, Moderate, caps_against
from auditor.services.moderation_view import Item, ModerationView


class Deciding(QObject):
    """The decision so far. `changed` after every change; `loaded` when all of it was put back from a draft."""

    changed = Signal()
    loaded = Signal()

    def __init__(self, view: ModerationView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.changes: dict[str, tuple[Answer, str]] = {}
        self.quality: dict[str, Judged] = {}
        self.limits: dict[str, str] = {}
        self.note = ""
        self.back = ""

    @property
    def bound(self) -> Bound:
        """How a draft reads and fills it."""
        return Bound(self._read, self._fill, self.changed)

    def leave(self, item: Item, answer: Answer, reason: str) -> None:
        """Leave a question with this answer; the answer it was found with takes the change back."""
        if answer.is_blank or answer.same_as(item.effective):
            self.changes.pop(item.question.id, None)
        else:
            self.changes[item.question.id] = (answer, reason)
        self.changed.emit()

    def judge(self, point_id: str, judged: Judged | None) -> None:
        """Mark one point of the quality of the audit; None takes the mark away."""
        if judged is None:
            self.quality.pop(point_id, None)
        else:
            self.quality[point_id] = judged
        self.changed.emit()

    def say(self, *, note: str | None = None, back: str | None = None) -> None:
        """Keep the note, or why the audit goes back."""
        self.note = self.note if note is None else note
        self.back = self.back if back is None else back
        self.changed.emit()

    def set_aside(self, rule_id: str, reason: str) -> None:
        """Why a limiting rule does not hold the grade down."""
        self.limits[rule_id] = reason
        self.changed.emit()

    def answer_of(self, item: Item) -> Answer:
        """The answer as the moderator leaves it."""
        return self.changes[item.question.id][0] if item.question.id in self.changes else item.effective

    @property
    def caps(self) -> list[Cap]:
        """The limits the overall grade would then be better than."""
        left = {question_id: answer for question_id, (answer, _reason) in self.changes.items()}
        return caps_against(self.view.template, self.view.effective | left)

    def command(self, *, back: bool = False) -> Moderate:
        """The act: returned to the pair, or decided on."""
        audit_id = self.view.found.line.audit.id
        if back:
            return Moderate(audit_id, quality=dict(self.quality), back=self.back.strip())
        changes = tuple(Change(name, answer, reason) for name, (answer, reason) in self.changes.items())
        return Moderate(audit_id, changes, dict(self.quality), dict(self.limits), self.note)

    def _read(self) -> str:
        kept = {
            "changes": {name: [answer.to_plain(), reason] for name, (answer, reason) in self.changes.items()},
            "quality": {name: asdict(judged) for name, judged in self.quality.items()},
            "limits": {name: reason for name, reason in self.limits.items() if reason},
            "note": self.note,
            "back": self.back,
        }
        return json.dumps(kept, sort_keys=True) if any(kept.values()) else ""

    def _fill(self, text: str) -> None:
        kept = json.loads(text) if text else {}
        known = {item.question.id for item in self.view.items}
        points = {point.id for point in QUALITY}
        self.changes = {
            name: (Answer.from_plain(answer), reason)
            for name, (answer, reason) in kept.get("changes", {}).items()
            if name in known
        }
        self.quality = {
            name: Judged(Mark(judged["mark"]), judged["comment"])
            for name, judged in kept.get("quality", {}).items()
            if name in points
        }
        self.limits = dict(kept.get("limits", {}))
        self.note, self.back = kept.get("note", ""), kept.get("back", "")
        self.loaded.emit()
        self.changed.emit()
