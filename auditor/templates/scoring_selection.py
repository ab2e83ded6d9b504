"""What a variant keeps of its master's scoring and shared events: all that belongs to the questions it takes."""

from collections.abc import Mapping
from typing import Any

from auditor.templates.schema import MasterForm, VariantForm, plain_of

Plain = dict[str, Any]


def scored_and_shared(form: MasterForm, plain: Mapping[str, Any], variant: VariantForm, sections: list[Plain]) -> Plain:
    """The keys `scoring` and `shared_events` of a variant; left out where nothing of them is left."""
    taken = {question["id"]: question for section in sections for question in section["questions"]}
    kept: Plain = {}
    chosen = variant.scoring or form.scoring
    overall = form.overall.question if form.overall else ""
    scoring = _kept(plain_of(chosen), taken, {section["id"] for section in sections}) if chosen else {}
    if scoring and _scores_something(scoring, taken, overall):
        kept["scoring"] = scoring
    events = (
        {**event, "questions": [one for one in event["questions"] if one in taken]}
        for event in plain.get("shared_events", ())
    )
    if shared := [event for event in events if event["questions"]]:
        kept["shared_events"] = shared
    return kept


def _kept(scoring: Plain, taken: dict[str, Plain], sections: set[str]) -> Plain:
    kept = dict(scoring)
    scales = {question["scale"] for question in taken.values() if "scale" in question}
    options = scoring.get("options", ())
    kept["options"] = [one for one in options if one.get("scale", "") in scales or one.get("question", "") in taken]
    weights = scoring.get("weights", {}).items()
    kept["weights"] = {one: weight for one, weight in weights if one in taken or one in sections}
    return {key: value for key, value in kept.items() if value not in ([], {})}


def _scores_something(scoring: Plain, taken: dict[str, Plain], overall: str) -> bool:
    asked = [question for question in taken.values() if "derived" not in question]
    if scoring["method"] == "judgement":
        return any(q["id"] == overall or "section_judgement" in q.get("tags", ()) for q in asked)
    counted = any(q["type"] == "choice" and q.get("polarity", "neutral") != "neutral" for q in asked)
    if scoring["method"] == "share_met":
        return counted
    return scoring["method"] == "points" and ((counted and "points" in scoring) or "options" in scoring)
