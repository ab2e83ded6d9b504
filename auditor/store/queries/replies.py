"""The replies recorded beside an audit, each with what was answered and decided."""

from collections.abc import Mapping
from datetime import date

from auditor.domain.canonical import Json
from auditor.domain.errors import Missing
from auditor.domain.reply import Decision, Reply, ReplyKind
from auditor.domain.revision import Entity
from auditor.store.queries.registers import values_in
from auditor.store.unit_of_work import View

_REPLY, _RESPONSE, _DECISION = "reply", "response", "decision"


def reply_key(reply_id: str) -> str:
    """The register of a reply itself."""
    return f"{_REPLY}/{reply_id}"


def response_key(reply_id: str) -> str:
    """The register of what the pair answered."""
    return f"{_REPLY}/{reply_id}/{_RESPONSE}"


def decision_key(reply_id: str) -> str:
    """The register of what was decided on a correction of fact."""
    return f"{_REPLY}/{reply_id}/{_DECISION}"


def to_plain(reply: Reply) -> dict[str, Json]:
    """The form of the reply itself that is kept in the ledger."""
    return {
        "kind": reply.kind.value,
        "who": reply.who,
        "text": reply.text,
        "on": reply.on.isoformat(),
        "recorded_by": reply.recorded_by,
        "positive": reply.positive,
        "correction": reply.correction,
    }


def replies(view: View, audit_id: str) -> list[Reply]:
    """The replies of one audit, the oldest first."""
    values = values_in(view, audit_id)
    found = [
        _reply(key.split("/")[1], values) for key in values if key.startswith(f"{_REPLY}/") and key.count("/") == 1
    ]
    return sorted((reply for reply in found if reply), key=lambda reply: (reply.on, reply.id))


def reply(view: View, audit_id: str, reply_id: str) -> Reply:
    """One reply; raises `Missing` (no-such-reply)."""
    found = _reply(reply_id, values_in(view, audit_id))
    if found is None:
        raise Missing("no-such-reply", "No such reply", "This audit has no such reply.", "List its replies first.")
    return found


def open_corrections(view: View) -> dict[str, int]:
    """How many corrections of fact wait to be decided on, by audit id."""
    rows = view.connection.exec_driver_sql(
        "SELECT r.entity_id, COUNT(*) FROM register r WHERE r.entity = ? AND r.slot = '' AND r.key LIKE 'reply/%'"
        " AND r.key NOT LIKE 'reply/%/%' AND json_extract(r.value, '$.correction') = 1 AND NOT EXISTS"
        " (SELECT 1 FROM register d WHERE d.entity_id = r.entity_id AND d.slot = '' AND d.key = r.key || '/decision')"
        " GROUP BY r.entity_id",
        (Entity.AUDIT.value,),
    )
    return {str(audit_id): int(count) for audit_id, count in rows}


def _reply(reply_id: str, values: Mapping[str, Json]) -> Reply | None:
    plain = values.get(reply_key(reply_id))
    if not isinstance(plain, dict):
        return None
    response, decision = values.get(response_key(reply_id)), values.get(decision_key(reply_id))
    answered = response if isinstance(response, dict) else {}
    return Reply(
        id=reply_id,
        kind=ReplyKind(str(plain["kind"])),
        who=str(plain.get("who", "")),
        text=str(plain["text"]),
        on=date.fromisoformat(str(plain["on"])),
        recorded_by=str(plain["recorded_by"]),
        positive=bool(plain.get("positive", False)),
        correction=bool(plain.get("correction", False)),
        response=str(answered.get("text", "")),
        response_by=str(answered.get("by", "")),
        decision=_decision(decision),
    )


def _decision(plain: Json) -> Decision | None:
    if not isinstance(plain, dict):
        return None
    return Decision(bool(plain["accepted"]), str(plain["reason"]), str(plain["by"]))
