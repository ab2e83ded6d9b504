"""What stands on a paper form, and where its pages end."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.template_plain import template_from_plain
from auditor.reports.paper_form import PaperChoice, pages_of, paper_form
from auditor.services.templates import shipped_templates
from tests.kit import small_template


def test_every_question_that_is_asked_stands_on_it_once_and_no_other() -> None:
    for shipped in shipped_templates():
        form = paper_form(shipped.template)
        numbers = [question.number for section in form.sections for question in section.questions]
        assert numbers == [question.number for question in shipped.template.asked()]


def test_it_names_the_version_it_was_printed_from() -> None:
    template = small_template()
    form = paper_form(template)
    assert form.stamp == f"{template.title} · version {template.version} · {template.hash[:12]}"


def test_grades_say_what_good_looks_like_at_the_question_and_shared_answers_once() -> None:
    template = next(one.template for one in shipped_templates() if one.template.id == "whole-file")
    form = paper_form(template)
    by_number = {question.number: question for section in form.sections for question in section.questions}
    graded = by_number[template.by_id[template.overall_question].number]
    described = [option.descriptor for option in template.by_id[template.overall_question].options]
    assert [choice.descriptor for choice in graded.choices] == described and any(described)
    met = next(choice for choice in form.meanings if choice.label == "Met")
    assert met.descriptor and form.meanings.count(met) == 1
    assert PaperChoice("Met") in by_number["1.03"].choices


def test_kinds_of_answers_have_their_places() -> None:
    plain = {
        "format": 1,
        "id": "f",
        "title": "F",
        "scales": [{"id": "s", "options": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]}],
        "limiting_rules": [{"id": "L1", "title": "Caps", "caps_at": "4"}],
        "sections": [
            {
                "id": "S01",
                "title": "One",
                "applies_if": "there is a plan",
                "questions": [
                    {"id": "S01.01", "text": "When?", "type": "date", "completed_by": "business_support"},
                    {"id": "S01.02", "text": "Which?", "type": "choices", "scale": "s", "na_allowed": True},
                    {"id": "S01.03", "text": "Why?", "type": "text", "tier": "optional", "immediate": True},
                    {"id": "S01.04", "text": "So?", "type": "choice", "scale": "s", "limiting": "L1",
                     "evidence": "Visit notes: date"},
                    {"id": "S01.05", "text": "Worked out", "type": "count", "derived": "actions.count"},
                ],
            },
            {"id": "S02", "title": "Two", "questions": [
                {"id": "S02.01", "text": "Worked out", "type": "count", "derived": "actions.count"}]},
        ],
    }  # fmt: skip
    form = paper_form(template_from_plain(plain))
    assert len(form.sections) == 1 and form.sections[0].applies_if == "there is a plan"
    when, which, why, so = form.sections[0].questions
    assert when.blank.count("/") == 2 and when.written == ("Comment and evidence",)
    assert which.several and which.na and [choice.label for choice in which.choices] == ["A", "B"]
    assert why.lines and "optional" in why.note and "concerns at once" in why.note
    assert not so.several and "limits the grade to grade 4" in so.note
    assert (so.look_for, why.look_for) == ("Look for: Visit notes: date", "")


@given(
    blocks=st.lists(st.tuples(st.floats(1, 300), st.booleans()), max_size=60),
    room=st.floats(min_value=600, max_value=900),
)
def test_no_block_is_lost_or_parted_and_a_heading_stays_with_what_it_heads(
    blocks: list[tuple[float, bool]], room: float
) -> None:
    # As on a form: never two headings one after the other.
    keeps = [keep and not (at and blocks[at - 1][1]) for at, (_, keep) in enumerate(blocks)]
    heights = [height for height, _ in blocks]
    pages = pages_of(heights, keeps, room)
    assert [one for page in pages for one in page] == list(range(len(blocks)))
    for page in pages:
        assert sum(heights[one] for one in page) <= room
    for page in pages[:-1]:
        assert not keeps[page[-1]]
