from datetime import date

import pytest

from auditor.domain.audit import Audit, Mode, Slot, Void
from auditor.domain.errors import AuditorError
from auditor.domain.reply import (
    Reply,
    ReplyKind,
    feedback_days,
    may_decide,
    may_see_replies,
    require_may_reply,
    require_nameless,
)
from auditor.domain.roles import Person, Role

SIGNED = Audit("x", "c", "k", "t", Mode.BLIND, auditors={Slot.A: "a", Slot.B: "b"}, signed_off_by="a")
OPEN = Audit("x", "c", "k", "t", Mode.BLIND, auditors={Slot.A: "a", Slot.B: "b"})
VOID = Audit("x", "c", "k", "t", Mode.BLIND, auditors={Slot.A: "a"}, signed_off_by="a", void=Void.CHANGED)


def person(person_id: str, *roles: Role) -> Person:
    return Person(person_id, person_id, frozenset(roles))


PAIR, LEAD, MODERATOR = person("a", Role.AUDITOR), person("l", Role.QA_LEAD), person("m", Role.MODERATOR)
OTHERS = [person("z", Role.AUDITOR), person("y", Role.MANAGER), person("x", Role.BUSINESS_SUPPORT)]


def reply(kind: ReplyKind, day: int) -> Reply:
    return Reply(f"{kind}{day}", kind, "Somebody", "Words", date(2026, 11, day), "a")


def test_the_pair_moderators_and_leads_see_replies_and_nobody_else() -> None:
    assert all(may_see_replies(SIGNED, who) for who in (PAIR, LEAD, MODERATOR))
    assert not any(may_see_replies(SIGNED, who) for who in OTHERS)


def test_a_reply_waits_for_the_sign_off() -> None:
    require_may_reply(SIGNED, PAIR)
    for audit in (OPEN, VOID):
        with pytest.raises(AuditorError) as refused:
            require_may_reply(audit, PAIR)
        assert refused.value.code == "not-signed-off"


def test_the_pair_never_decides_on_a_correction() -> None:
    assert may_decide(SIGNED, LEAD) and may_decide(SIGNED, MODERATOR)
    assert not may_decide(SIGNED, person("a", Role.AUDITOR, Role.QA_LEAD))


@pytest.mark.parametrize("words", ["Mrs Marlow rang.", "NHS 943 476 5919", "born 03/06/2019"])
def test_words_that_tell_who_somebody_is_are_refused(words: str) -> None:
    with pytest.raises(AuditorError) as refused:
        require_nameless("Mother", words)
    assert refused.value.code == "names-somebody"
    require_nameless("Mother", "She felt heard.")


def test_the_days_of_feedback() -> None:
    manager, sent, praise = ReplyKind.TEAM_MANAGER, ReplyKind.FEEDBACK_SENT, ReplyKind.PRAISE_SENT
    assert feedback_days([]) == (None, None)
    listed = [reply(manager, 3), reply(sent, 5), reply(praise, 7), reply(manager, 9), reply(ReplyKind.CHILD, 6)]
    assert feedback_days(listed) == (date(2026, 11, 5), date(2026, 11, 9))
    assert feedback_days([reply(manager, 3)]) == (None, date(2026, 11, 3))
