"""The small template with rules: a time limit, contradictions, a section with a condition, limits of the grade."""

from typing import Any

from tests.kit import small_plain

MORE = {"S02_05": "no", "S03_01": "yes", "S03_02": "A plan."}
"""The judgements it has beside those of the small template, as `score_and_submit` takes them."""


def ruled_plain() -> dict[str, Any]:
    """S03 is for cases with a conference; S02.01 caps at Inadequate, S01.03 and S02.02 (an immediate concern) at RI."""
    plain = small_plain()
    recording, safety = plain["sections"]
    recording["questions"][2]["limiting"] = "L2"
    safety["questions"][1] |= {"limiting": "L2", "immediate": True}
    referral = {"completed_by": "business_support"}
    safety["questions"] += [
        {"id": "S02.05", "text": "Was the concern raised?", "type": "choice", "scale": "yn"},
        {"id": "S02.06", "text": "Referral", "type": "date", **referral},
        {"id": "S02.07", "text": "Decision", "type": "date", "na_allowed": True, **referral},
        {"id": "S02.08", "text": "Conference?", "type": "choice", "scale": "yn", **referral},
    ]
    plain["sections"].append(
        {
            "id": "S03",
            "title": "Conference",
            "applies_if": "a conference was held",
            "when": "a['S02.08'] == 'yes'",
            "questions": [
                {"id": "S03.01", "text": "Was the conference quorate?", "type": "choice", "scale": "yn"},
                {"id": "S03.02", "text": "What came of it?", "type": "text"},
            ],
        }
    )
    sourced = {"source": "Invented", "verified": False}
    return plain | {
        "limiting_rules": [
            {"id": "L1", "title": "No better than Inadequate", "caps_at": 4},
            {"id": "L2", "title": "No better than RI", "caps_at": 3},
        ],
        "urgent_concern": {"question": "S02.05", "raised": ["yes"]},
        "timescales": [
            {"id": "TR01", "title": "Decision", "start": "S02.06", "end": "S02.07", "limit": 1, "unit": "working_day",
             "test": "elapsed", "regime": "local", **sourced},
        ],
        "consistency": [
            {"id": "CR01", "title": "Not supervised, yet rated", "severity": "error", "leads_to": ["S01.01", "S01.03"],
             "when": ["a['S01.01'] == 0 && a['S01.03'] == 'met'"], "message": "Nothing can be rated.", **sourced},
            {"id": "CR02", "title": "Comment missing", "severity": "warning", "message": "Say what you saw.",
             "each_question": "q.outcome == 'not_met' && q.comment == ''", **sourced},
            {"id": "CR03", "title": "Chronology, yet none", "severity": "warning", "message": "Look again.",
             "when": ["a['S01.02'] == 'no' && a['S03.01'] == 'yes'"], "leads_to": ["S01.02"], **sourced},
        ],
    }  # fmt: skip
