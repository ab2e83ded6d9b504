"""How the two of an audit work together, for the head of the desk."""

from auditor.domain.audit import Audit, Mode
from auditor.services.scoring import DeskView


def mode_icon(audit: Audit) -> str:
    """The icon of the way of working: an eye that is open once both may read all."""
    if audit.mode is Mode.BLIND:
        return "eye" if audit.all_submitted else "eye-off"
    return "people" if audit.mode is Mode.JOINT else "person"


def mode_words(view: DeskView, reader_id: str, *, narrow: bool) -> str:
    """The same in words, shorter where there is little room."""
    partner = view.partner_name
    if view.audit.mode is Mode.JOINT:
        return "Together" if narrow or not partner else f"Together with {partner}: one set of answers"
    if view.audit.mode is Mode.SINGLE:
        return "One auditor"
    if narrow or not partner or view.audit.slot_of(reader_id) is None:
        return "Blind"
    if view.audit.all_submitted:
        return "Both finished: answers are open"
    return f"Blind: {partner} cannot see your answers, nor you theirs"
