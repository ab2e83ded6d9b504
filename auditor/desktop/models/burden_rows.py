"""What a template costs and tells in use, as columns and words: slow sections, questions with signs, what goes."""

from collections.abc import Callable, Collection, Sequence

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import many
from auditor.domain.burden import Burden, QuestionBurden, SectionBurden, Shorter, Sign
from auditor.domain.template import Template

_SIGNS = {
    Sign.ALWAYS_NA: Meaning(MarkKind.DASH, "Always N/A", "text2", "sunken"),
    Sign.NEVER_BELOW_MET: Meaning(MarkKind.TICK, "Never below met", "good", "good_tint"),
    Sign.SAME_AS_ANOTHER: Meaning(MarkKind.PAIR, "Always as another", "accent", "soft"),
}
SLOW = Meaning(MarkKind.WARNING, "Slow", "requires", "requires_tint")
LEFT_OUT = Meaning(MarkKind.DASH, "Left out", "accent", "soft")
ASKED = Meaning(MarkKind.DISC, "Asked", "text2", "sunken")


def section_columns() -> list[Column[SectionBurden]]:
    """Expected and measured minutes of each section, and whether it is slow."""
    return [
        Column("number", "No.", lambda item: item.section.number, sort=_section_order, width=56),
        Column("section", "Section", lambda item: item.section.title, second=_timed, stretch=True, strong=True),
        Column("expected", "Expected", lambda item: _minutes(item.expected), number=True, width=84,
               sort=lambda item: item.expected),
        Column("measured", "Measured", lambda item: _minutes(item.measured), number=True, width=84,
               sort=lambda item: item.measured or 0.0),
        Column("slow", "", lambda item: SLOW.word if item.slow else "", width=84,
               meaning=lambda item: SLOW if item.slow else None),
    ]  # fmt: skip


def question_columns(
    left: Callable[[], Collection[str]], template: Callable[[], Template | None]
) -> list[Column[QuestionBurden]]:
    """Each question with its sign; `left` are the ids of those to leave out."""

    def meaning(item: QuestionBurden) -> Meaning:
        return LEFT_OUT if item.question.id in left() else ASKED

    def sign(item: QuestionBurden) -> Meaning | None:
        return sign_meaning(item, template())

    return [
        Column("leave", "Leave out", lambda item: meaning(item).word, meaning=meaning, width=104),
        Column("number", "No.", lambda item: item.question.number, sort=_question_order, width=62),
        Column("question", "Question", lambda item: item.question.text, second=_counts, stretch=True, strong=True),
        Column("sign", "Sign", lambda item: _words(sign(item)), meaning=sign, width=156),
        Column("minutes", "Min", lambda item: f"{item.minutes:.1f}", number=True, width=54,
               sort=lambda item: item.minutes),
    ]  # fmt: skip


def sign_meaning(item: QuestionBurden, template: Template | None) -> Meaning | None:
    """The sign against a question; of several the one that says most, the others stand in its second line."""
    if not item.signs:
        return None
    sign = item.signs[-1]
    if sign is not Sign.SAME_AS_ANOTHER:
        return _SIGNS[sign]
    twin = template.by_id.get(item.twin) if template else None
    shown = _SIGNS[sign]
    return Meaning(shown.mark, f"Always as {twin.number if twin else item.twin}", shown.colour, shown.tint)


def shorter_words(less: Shorter) -> str:
    """What leaving questions out saves and loses, in one sentence."""
    if not less.questions:
        return "Tick questions with Space to see what a form without them saves and loses."
    saved = many(round(less.minutes), "minute")
    lost = [
        many(less.issues, "issue"),
        many(less.limits_failed, "failed limit"),
        many(less.good_practice, "good-practice mark"),
    ]
    return f"Without {many(less.questions, 'question')}: {saved} less; not seen would be {', '.join(lost)}."


def lost_words(rules: Sequence[str], themes: Sequence[str], *, counts: bool = False) -> str:
    """Which rules could not run any more and which themes would go, or how many where there is no room for more."""
    parts = []
    if counts:
        parts += [f"{many(len(rules), 'check')} could not run any more."] if rules else []
        parts += [f"{many(len(themes), 'theme')} without a question."] if themes else []
        return " ".join(parts)
    if rules:
        parts.append(f"Could not run any more: {_some(rules)}.")
    if themes:
        parts.append(f"Without a question: {_some(themes)}.")
    return " ".join(parts)


def audits_words(found: Burden) -> str:
    """Over how much the figures are counted."""
    signed = f"Over {many(found.audits, 'signed-off audit')}"
    return f"{signed}: {many(len(found.to_leave), 'question')} with a sign, {_slow(found)}."


def _slow(found: Burden) -> str:
    slow = sum(1 for item in found.sections if item.slow)
    return many(slow, "slow section") if slow else "no slow section"


def _some(words: Sequence[str], most: int = 4) -> str:
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return f"{'; '.join(words[:most])}{more}"


def _counts(item: QuestionBurden) -> str:
    parts = [many(item.answered, "answer")]
    parts += [f"{item.na} N/A"] if item.na else []
    parts += [many(item.issues, "issue")] if item.issues else []
    parts += [many(item.limits_failed, "failed limit")] if item.limits_failed else []
    parts += [f"{item.good_practice} good practice"] if item.good_practice else []
    parts += [sign.words.lower() for sign in item.signs[:-1]]
    return " · ".join(parts)


def _timed(item: SectionBurden) -> str:
    return f"measured {many(item.timed, 'time')}" if item.timed else "not measured yet"


def _minutes(minutes: float | None) -> str:
    return "" if minutes is None else f"{minutes:.0f} min" if minutes >= 1 or minutes == 0 else "under 1"


def _words(meaning: Meaning | None) -> str:
    return meaning.word if meaning else ""


def _section_order(item: SectionBurden) -> int:
    return int(item.section.number) if item.section.number.isdigit() else 0


def _question_order(item: QuestionBurden) -> tuple[int, ...]:
    return tuple(int(part) for part in item.question.number.split(".") if part.isdigit())
