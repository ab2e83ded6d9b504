"""The options a question of a form offers, from its scale or of its own."""

from auditor.templates.schema import MasterForm, OptionForm, QuestionForm

Options = list[OptionForm]


def options_of(form: MasterForm, question: QuestionForm) -> Options:
    """Its options; none where its scale is not in the form."""
    if question.options:
        return question.options
    return next((scale.options for scale in form.scales if scale.id == question.scale), [])
