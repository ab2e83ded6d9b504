"""No answer is ever lost by a move: whatever is edited in a template and recorded in an audit, everything stands or is
listed for its author, an undo brings the desk back as it was, and a rebuild shows the same."""

import copy
import dataclasses
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain.answers import Answer, Entry, Facet, question_key
from auditor.domain.audit import Mode, Slot
from auditor.domain.canonical import stored_json
from auditor.domain.errors import AuditorError
from auditor.domain.revision import GENESIS, Revision, heads, revision_hash, stream_of
from auditor.domain.roles import Role
from auditor.domain.template_plain import template_from_plain
from auditor.services import moving, scoring
from auditor.services.moving import MoveQuery, ToVersion
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.projections import Projections
from auditor.store.queries.entries import effective_answers, recorded
from auditor.store.queries.people import template, template_cards
from auditor.store.queries.programme import audit as stored_audit
from auditor.store.tables import COUNT_COLUMNS
from auditor.store.unit_of_work import UnitOfWork
from auditor.store.verify import verify
from tests.kit import House, open_house, small_plain

IDS = [q["id"] for section in small_plain()["sections"] for q in section["questions"]]
EDITS = ("gone", "reworded", "re-meant", "option gone", "text", "polarity", "who", "derived", "na")
VALUES: dict[str, tuple[str | int, ...]] = {
    "S01.01": (0, 3),
    "S01.02": ("yes", "no"),
    "S01.03": ("met", "partly"),
    "S02.01": ("met", "partly", "not_evidenced"),
    "S02.02": ("yes", "no"),
    "S02.03": ("Visits.", "Calls."),
    "S02.04": ("1", "4"),
}

edits = st.fixed_dictionaries({one: st.sampled_from(("", *EDITS)) for one in IDS})
WHATS = ("value", "na", "clear", Facet.COMMENT, Facet.LOCATION, Facet.GOOD_PRACTICE)
one_place = st.lists(st.tuples(st.sampled_from(WHATS), st.integers(0, 2)), max_size=3)
recordings = st.fixed_dictionaries({(who, one): one_place for who in (0, 1) for one in IDS}).map(
    lambda places: [(who, one, what, at) for (who, one), acts in places.items() for what, at in acts]
)


def edited(edit: dict[str, str], version: str, start: dict[str, Any] | None = None) -> dict[str, Any]:
    """The template with each question edited as named."""
    plain = copy.deepcopy(start or small_plain()) | {"version": version, "overall": {}}
    del plain["overall"]
    scales = {scale["id"]: scale["options"] for scale in plain["scales"]}
    for section in plain["sections"]:
        section["questions"] = [
            made for question in section["questions"] if (made := _edit(question, edit.get(question["id"], ""), scales))
        ]
        section["questions"].append({"id": f"{section['id']}.9{version}", "text": "Something new?", "type": "text"})
    return plain


def _edit(question: dict[str, Any], how: str, scales: dict[str, Any]) -> dict[str, Any] | None:
    options = copy.deepcopy(question.get("options") or scales.get(question.get("scale", ""), []))
    bare = {key: value for key, value in question.items() if key != "scale"}
    if how == "gone":
        return None
    if how in ("re-meant", "option gone") and options:
        first = [options[0] | {"label": options[0]["label"] + " throughout"}] if how == "re-meant" else []
        return bare | {"options": [*first, *options[1:]]}
    changes: dict[str, dict[str, Any]] = {
        "reworded": {"text": question["text"] + " Say how."},
        "polarity": {"polarity": "negative"},
        "who": {"completed_by": "auditor" if "completed_by" in question else "business_support"},
        "derived": {"derived": "case.reference"},
        "na": {"na_allowed": not question.get("na_allowed", False)},
    }
    if how == "text":
        return {key: value for key, value in bare.items() if key not in ("options", "polarity")} | {"type": "text"}
    return question | changes.get(how, {})


def record(session: Session, audit_id: str, question: str, what: str, at: int) -> None:
    """Record something, as far as the template in force lets it."""
    values = VALUES.get(question, ("Words.",))
    answers = {"value": Answer(values[at % len(values)]), "na": Answer(na_reason="Older."), "clear": Answer()}
    try:
        if what in answers:
            session.do(scoring.record_answer, scoring.RecordAnswer(audit_id, question, answers[what]))
        elif what == Facet.GOOD_PRACTICE:
            session.do(scoring.mark_good_practice, scoring.MarkGoodPractice(audit_id, question, at < 2))
        elif what in (Facet.COMMENT, Facet.LOCATION):
            text = f"{what} {at}" if at < 2 else ""
            session.do(scoring.record_note, scoring.RecordNote(audit_id, question, Facet(what), text))
    except AuditorError:
        pass  # Not every value fits every question; what is refused is not recorded.


def written(house: House, audit_id: str) -> dict[tuple[Slot, str], Entry]:
    """Everything recorded, as it was written."""
    with house.opened.records.read() as view:
        return {
            (slot, question): entry
            for slot in Slot
            for question, (entry, _, _) in recorded(view, audit_id, slot).items()
            if entry != Entry()
        }


def assert_nothing_lost(house: House, pair: list[Session], audit_id: str) -> None:
    """Every part of every entry stands at the desk of its author or is listed there."""
    found: set[tuple[Slot, str, str, object]] = set()
    for session in pair:
        desk = session.ask(scoring.desk, audit_id)
        for question, entry in desk.entries.items():
            found |= parts(desk.slots[question], question, entry.answer.value or entry.answer.na_reason, entry)
        for item in session.ask(moving.move_view, MoveQuery(audit_id)).carried:
            with house.opened.records.read() as view:
                entry = recorded(view, audit_id, item.slot)[item.question_id][0]
            assert (item.comment, item.location) == (entry.comment, entry.location)
            assert item.good_practice == entry.good_practice
            assert any(item.question_id in one.by_id for one in templates(house))
            assert item.answer or entry.answer.is_blank
            found |= parts(item.slot, item.question_id, entry.answer.value or entry.answer.na_reason, entry)
    for (slot, question), entry in written(house, audit_id).items():
        assert parts(slot, question, entry.answer.value or entry.answer.na_reason, entry) <= found


def templates(house: House) -> list[Any]:
    with house.opened.records.read() as view:
        return [template(view, card.hash) for card in template_cards(view)]


def parts(slot: Slot, question: str, answer: object, entry: Entry) -> set[tuple[Slot, str, str, object]]:
    said = {"answer": answer, "comment": entry.comment, "location": entry.location, "good": entry.good_practice}
    return {(slot, question, part, value) for part, value in said.items() if value not in ("", None, False)}


@settings(max_examples=15)
@given(st.sampled_from(Mode), edits, edits, recordings, recordings)
def test_no_answer_is_lost_by_moves_and_an_undo_brings_the_desk_back(
    mode: Mode, first_edit: dict[str, str], second_edit: dict[str, str], early: list[Any], late: list[Any]
) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, open_house(Path(folder)) as house:
        pair = [house.add(name, Role.AUDITOR) for name in ("A. Auditor", "B. Auditor")]
        acting = pair[:1] if mode is Mode.SINGLE else pair
        audit_id = house.give(house.cycle(), "CF-01", acting[0], acting[1] if len(acting) > 1 else None, mode)
        second = edited(first_edit, "2")
        plains = [second, edited(second_edit, "3", second)]
        targets = [house.lead.do(keep_template, KeepTemplate(plain)).made for plain in plains]
        for who, question, what, at in early:
            record(acting[who % len(acting)], audit_id, question, what, at)
        desks = []
        for target in targets:
            with house.opened.records.read() as view:
                desks.append(([one.ask(scoring.desk, audit_id) for one in acting], effective_answers(view, audit_id)))
            before = written(house, audit_id)
            for session in acting:
                session.do(moving.accept, ToVersion(audit_id, target))
            assert written(house, audit_id) == before
            assert acting[0].ask(scoring.desk, audit_id).template.hash == target
            assert_nothing_lost(house, acting, audit_id)
        for shown, effective in reversed(desks):
            acting[-1].do(moving.undo_move, audit_id)
            with house.opened.records.read() as view:
                assert effective_answers(view, audit_id) == effective
            assert [one.ask(scoring.desk, audit_id).entries for one in acting] == [one.entries for one in shown]
        for target in targets:
            for session in acting:
                session.do(moving.accept, ToVersion(audit_id, target))
            for who, question, what, at in late:
                record(acting[who % len(acting)], audit_id, question, what, at)
            assert_nothing_lost(house, acting, audit_id)
        for _ in targets:
            acting[0].do(moving.undo_move, audit_id)
            assert_nothing_lost(house, acting, audit_id)
        cleared = {question for _, question, what, _ in late if what == "clear"}
        for session, first in zip(acting, desks[0][0], strict=True):
            now = session.ask(scoring.desk, audit_id)
            answered = {question for question, entry in first.entries.items() if not entry.answer.is_blank}
            assert all(now.is_answered(now.template.by_id[question]) for question in answered - cleared)
        assert verify(house.opened.records).problems == ()


class Elsewhere:
    """What other computers recorded of one audit: each register of a computer replaces what it wrote there before."""

    def __init__(self, unit: UnitOfWork, audit_id: str) -> None:
        self.unit, self.audit_id = unit, audit_id
        self.streams: dict[str, list[Revision]] = {}

    def write(self, device: str, slot: str, key: str, text: str, clock: int) -> None:
        stream_id = stream_of(self.audit_id, slot, device)
        stream = self.streams.setdefault(stream_id, [])
        own = [one for one in stream if one.key == key]
        rev_id = f"{clock:032x}" if self.audit_id == "x" * 32 else f"{clock + 1000:032x}"
        sealed = self.unit.ledger._keys.seal(self.unit.connection, self.audit_id, rev_id, text)
        made = Revision(
            rev_id, self.unit.workspace_id, "audit", self.audit_id, self.audit_id, slot, key,
            tuple(one.rev_id for one in heads(own)), sealed, "me", device, stream_id, len(stream) + 1, clock,
            "2026-11-24T09:00:00.000+00:00", "set", stream[-1].hash if stream else GENESIS,
        )  # fmt: skip
        stream.append(dataclasses.replace(made, hash=revision_hash(made)))

    def arrive(self, chance: random.Random) -> None:
        """Let every stream arrive whole and in its order, mixed with the others."""
        queues = [list(stream) for stream in self.streams.values()]
        while any(queues):
            queue = chance.choice([queue for queue in queues if queue])
            Projections(self.unit.connection, self.unit.setups, self.unit.ledger).apply(
                self.unit.ledger.admit(queue.pop(0))
            )


_CELLS = f"SELECT theme, {', '.join(COUNT_COLUMNS)} FROM theme_cell WHERE audit_id = ? ORDER BY theme"  # noqa: S608
WORDS = ("yes", "no", "handed in", "undone", "answer", "under 1", "under 2")
apart = st.lists(
    st.tuples(st.sampled_from(["d1", "d2"]), st.sampled_from(["A", "B"]), st.sampled_from(WORDS)), max_size=10
)


def said(word: str, who: str, first: str, target: str) -> tuple[str, str, object]:
    """Slot, register and value of one thing that was said or recorded."""
    answered = {"v": "yes" if who == "A" else "no"}
    if word.startswith("under"):
        under = [{"template": first if word == "under 1" else target, "answer": answered}]
        return "facts", question_key("S01.02", Facet.UNDER), under
    known: dict[str, tuple[str, str, object]] = {
        "handed in": ("", f"submitted/{who}", {"by": "me", "template": first if who == "A" else target}),
        "undone": ("", f"move/undone/{target}", {"turn": 1}),
        "answer": ("facts", question_key("S01.02", Facet.ANSWER), answered),
    }
    return known.get(word, ("", f"move/{who}/{target}", {"from": first, "turn": 0, "said": word}))


@settings(max_examples=25)
@given(apart, st.booleans(), st.randoms(use_true_random=False))
def test_two_computers_agree_on_the_version_in_whatever_order_words_arrive(
    acts: list[tuple[str, str, str]], template_first: bool, chance: random.Random
) -> None:
    plains = small_plain(), edited({"S01.02": "re-meant"}, "2")
    first, target = (template_from_plain(plain).hash for plain in plains)
    setup = {"cycle": "c" * 32, "case": "k" * 32, "template": first, "mode": "blind"}
    begun = [("d1", "", "setup", setup), ("d1", "", "pair", {"A": "ann", "B": "bob"})]
    accepted = [(device, *said("yes", who, first, target)) for device, who in (("d1", "A"), ("d2", "B"))]
    told = [*begun, *accepted, *((device, *said(word, who, first, target)) for device, who, word in acts)]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, open_house(Path(folder)) as house:
        if template_first:
            house.lead.do(keep_template, KeepTemplate(plains[1]))
        shown = []
        for audit_id in ("x" * 32, "y" * 32):
            with house.opened.records.write() as unit:
                elsewhere = Elsewhere(unit, audit_id)
                for clock, (device, slot, key, value) in enumerate(told, 1):
                    elsewhere.write(device, slot, key, stored_json(value), clock)
                elsewhere.arrive(chance)
        for plain in plains:
            house.lead.do(keep_template, KeepTemplate(plain))
        with house.opened.records.read() as view:
            for audit_id in ("x" * 32, "y" * 32):
                counts = view.connection.exec_driver_sql(_CELLS, (audit_id,)).fetchall()
                shown.append((stored_audit(view, audit_id).template_hash, effective_answers(view, audit_id), counts))
        assert shown[0] == shown[1]
        assert verify(house.opened.records).problems == ()
