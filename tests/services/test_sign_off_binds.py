"""A sign-off binds what was signed: whatever arrives later voids it in sight of everybody, and it is signed again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.domain.answers import Answer
from auditor.domain.audit import Mode, Moderated, Slot, Stage, Void
from auditor.domain.canonical import Json
from auditor.domain.errors import AuditorError
from auditor.domain.moderation import Why
from auditor.domain.revision import Entity
from auditor.services import cycles, reconciling, scoring
from auditor.store.projections import Projections
from auditor.store.queries import programme
from auditor.store.queries.registers import value_of
from tests.services.moderation_kit import Panel, panel


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Panel]:
    with panel(tmp_path) as opened:
        yield opened


def arrives(made: Panel, audit_id: str, slot: Slot, key: str, value: Json) -> None:
    """A change from another computer, which did not know of the sign-off."""
    with made.house.opened.records.write() as unit:
        unit.record(made.first.actor.id, Entity.AUDIT, audit_id, key, value, slot.value)


def void_of(made: Panel, audit_id: str) -> set[Void | None]:
    """What list and single audit say; they must not differ."""
    with made.house.opened.records.read() as view:
        return {programme.audit(view, audit_id).void, programme.audit_header(view, audit_id).void,
                made.audit(audit_id).void}  # fmt: skip


@pytest.mark.parametrize(
    ("slot", "key", "value"),
    [
        (Slot.AGREED, "S02.01/answer", {"v": "partly"}),
        (Slot.FACTS, "S01.01/answer", {"v": 4}),
        (Slot.A, "S02.03/comment", "Added later."),
        (Slot.B, "S02.03/location", "Case note 12/06"),
        (Slot.AGREED, "S02.01/good_practice", True),
    ],
)
def test_a_later_change_of_the_content_voids_the_sign_off(made: Panel, slot: Slot, key: str, value: Json) -> None:
    audit_id = made.signed()
    assert void_of(made, audit_id) == {None}
    arrives(made, audit_id, slot, key, value)
    assert void_of(made, audit_id) == {Void.CHANGED}
    audit = made.audit(audit_id)
    assert (audit.signed_off, audit.stage) == (False, Stage.TO_RECONCILE)
    assert made.first.ask(scoring.desk, audit_id).audit.void is Void.CHANGED
    assert made.house.lead.ask(cycles.cycle_view, made.cycle_id).stages[Stage.SIGNED_OFF] == 0
    assert made.house.opened.verify().problems == ()


def test_signing_again_binds_what_is_there_now(made: Panel) -> None:
    audit_id = made.signed()
    arrives(made, audit_id, Slot.FACTS, "S01.01/answer", {"v": 4})
    made.second.do(reconciling.sign_off, reconciling.SignOff(audit_id))
    assert void_of(made, audit_id) == {None} and made.audit(audit_id).signed_off


def test_what_a_moderator_or_the_desk_keeps_beside_it_voids_nothing(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.uphold(audit_id)
    arrives(made, audit_id, Slot.A, "time/S01", 240)
    assert void_of(made, audit_id) == {None}
    assert made.audit(audit_id).moderated is Moderated.UPHELD


def test_a_void_sign_off_takes_the_moderation_with_it(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.uphold(audit_id)
    arrives(made, audit_id, Slot.AGREED, "S02.01/comment", "Another word.")
    assert (made.audit(audit_id).moderated, made.why(audit_id)) == (None, ())
    made.first.do(reconciling.sign_off, reconciling.SignOff(audit_id))
    assert made.why(audit_id) == (Why.AGAIN,)


def test_while_it_stands_nobody_of_the_pair_can_change_it(made: Panel) -> None:
    audit_id = made.signed()
    agreed = reconciling.Agree(audit_id, "S02.01", Answer("partly", reason="Why"))
    with pytest.raises(AuditorError) as refused:
        made.first.do(reconciling.agree, agreed)
    assert refused.value.code == "signed-off"
    arrives(made, audit_id, Slot.FACTS, "S01.01/answer", {"v": 4})
    made.first.do(reconciling.agree, agreed)


def test_a_joint_audit_is_scored_again_until_it_is_signed_again(made: Panel) -> None:
    audit_id = made.house.give(made.cycle_id, "CF-02", made.first, made.second, Mode.JOINT)
    made.first.do(reconciling.sign_off, reconciling.SignOff(audit_id, "Nothing could be read."))
    assert void_of(made, audit_id) == {None}, "nothing is recorded in it at all"
    arrives(made, audit_id, Slot.AGREED, "S02.01/answer", {"v": "met"})
    assert void_of(made, audit_id) == {Void.CHANGED} and made.audit(audit_id).stage is Stage.SCORING


def test_sign_offs_of_the_first_version_bind_by_the_length_of_their_streams(made: Panel) -> None:
    audit_id = made.signed()
    with made.house.opened.records.write() as unit:
        old = value_of(unit, audit_id, programme.SIGNOFF)
        assert isinstance(old, dict)
        plain = {name: value for name, value in old.items() if name != "content"}
        unit.record(made.first.actor.id, Entity.AUDIT, audit_id, programme.SIGNOFF, plain)
    assert void_of(made, audit_id) == {None}
    arrives(made, audit_id, Slot.FACTS, "S01.01/answer", {"v": 4})
    assert void_of(made, audit_id) == {Void.CHANGED}


def test_rebuilding_the_projections_says_the_same(made: Panel) -> None:
    kept, broken = made.signed(), made.signed("CF-02")
    arrives(made, broken, Slot.AGREED, "S02.01/answer", {"v": "partly"})
    with made.house.opened.records.write() as unit:
        Projections(unit.connection, unit.setups, unit.ledger).rebuild()
    assert void_of(made, kept) == {None} and void_of(made, broken) == {Void.CHANGED}
