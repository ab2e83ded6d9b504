"""How the things in a template are named: ids, codes, mentions of questions, sources of derived answers."""

import re

SECTION_ID = re.compile(r"[A-Z]\d{2,3}")
QUESTION_ID = re.compile(r"[A-Z]\d{2,3}\.\d{2,3}")
RULE_ID = re.compile(r"[A-Z]{1,4}\d{1,4}")
WORD_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
OPTION_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]*")

# What the record of an audit, its case, its actions and its feedback can answer.
SOURCES = (
    "audit.reference",
    "audit.kind",
    "audit.variant",
    "audit.date",
    "audit.first_auditor",
    "audit.second_auditor",
    "audit.minutes",
    "case.reference",
    "actions.count",
    "actions.all_verified",
    "feedback.sent",
    "feedback.answered",
)
SLOT_OF = re.compile(rf"({QUESTION_ID.pattern})@(A|B|agreed|moderated|facts)")
WORKING_DAYS_OF = re.compile(rf"working_days\(({QUESTION_ID.pattern}), ({QUESTION_ID.pattern})\)")


def questions_behind(derived: str) -> tuple[str, ...]:
    """The questions a `derived` takes its answer from; none for a source in `SOURCES` or for another word."""
    if match := SLOT_OF.fullmatch(derived):
        return (match[1],)
    match = WORKING_DAYS_OF.fullmatch(derived)
    return (match[1], match[2]) if match else ()
