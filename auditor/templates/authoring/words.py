"""What people read in the authoring workbook: headings, hints on the cells, and the help sheet."""

HEADINGS = {
    "for": "For",
    "na_allowed": "N/A allowed",
    "na_reasons": "N/A reasons",
    "completed_by": "Who completes",
    "relevant": "Asked only if",
    "applies_if": "Applies if",
    "stands_for": "Stands for",
    "label_sets": "Label sets",
}

HINTS = {
    "format": "Always 1.",
    "id": "Never changes and is never used again: S04 for a section, S04.18 for a question, else small letters.",
    "title": "For people.",
    "version": "For people, such as 2026.1.",
    "language": "Of the texts: en-GB if left out.",
    "purpose": "One sentence.",
    "overall": "none, where no overall grade is asked for.",
    "overall.question": "The question that asks for the overall grade.",
    "heat_steps": "Four rising percentages, with commas: 0, 25, 50, 75.",
    "na_reasons": "Up to nine usual reasons, one a line.",
    "section": "The id of its section, as on the sheet sections.",
    "for": "The id of the scale, or of the one question, that this option belongs to.",
    "short": "A few words for narrow lists; at most 26 characters for a section.",
    "text": "The question as it is asked.",
    "type": "choice, choices (several), grade, date, datetime, count, number or text.",
    "scale": "Where it takes its options from. Leave it out where the sheet options has some for this question.",
    "themes": "The lines of the findings it counts in, by id, with commas.",
    "completed_by": "business_support for facts, entered once; auditor (if left out) for judgements.",
    "tier": "core (if left out) or optional.",
    "polarity": "positive: yes is good news. negative: yes is bad news. neutral, or left out: not counted.",
    "na_allowed": "yes, where not applicable may be chosen, with a reason.",
    "limiting": "L1 or L2: a failing answer caps the overall grade.",
    "immediate": "yes, where a failing answer needs an urgent concern raised.",
    "derived": "Where the program takes the answer from; such a question is never asked.",
    "guidance": "What to weigh, in a sentence.",
    "evidence": "Where in the file to look, and what should be found there.",
    "moved_from": "The section it stood in first, whose number it keeps.",
    "tags": "Words that name a use, with commas.",
    "relevant": "The cases in which it is asked, as a condition: a['S01.01'] > 1",
    "when": "A condition: a['S01.10'] == 'single_assessment'. The file README.md beside the forms explains conditions.",
    "applies_if": "For whom the section is, in words; always if left out.",
    "gate": "yes, where it is asked even if its section seems not to apply.",
    "code": "What is stored. Never change what a code means.",
    "label": "What is shown.",
    "stands_for": "What the option means for practice: met, partly, not_met, not_evidenced, yes, no or none.",
    "descriptor": "What good looks like at this step.",
    "ordered": "yes, where the options run from best to worst.",
    "verified": "yes, only where the limit was seen in a published source.",
    "scoring.method": "none, share_met, points or judgement; a variant may have its own.",
    "scoring.reads_as": "count (if left out) or percent, for share_met and points.",
    "scoring.options": "Points of their own for options: [{scale: quality, points: {good: 2, poor: 0}}].",
    "scoring.weights": "What counts more than once: {S01.02: 3, S02: 2}.",
    "select.sections": "The sections it takes, by id, with commas; all if left out.",
    "select.take": "Single questions it takes besides, by id, with commas.",
    "select.leave": "Single questions it leaves out, by id, with commas.",
}

GUIDE = (
    "Each row of the sheet questions is one question. The other sheets say what questions share.",
    "The example rows show how; write over them, or delete them once your own stand there.",
    "Only filled cells count. A cell left empty means the usual value.",
    "Lists of words stand in one cell with commas between them; lists of sentences stand one a line.",
    "Keys within keys stand in the short form of the template files: [{limit: 6, unit: week}].",
    "Text that begins with = has to be entered with an apostrophe before it, or Excel takes it for a formula.",
    "Check and keep the form with: auditor template import THIS-FILE.xlsx --out my-form.yaml",
    "Every problem is told with its sheet and row. Sheets whose name begins with help or notes are not read.",
)

STARTER = """\
format: 1
id: my-form
title: My form
version: "1"
language: en-GB
purpose: What this form looks at, in a sentence
overall: {question: S02.01}
scoring: {method: points, points: {met: 2, partly: 1}, weights: {S01.02: 3}}
na_reasons: [Not due within the period audited, Does not arise in this case]
scales:
  - id: met
    title: Met
    ordered: true
    options:
      - {code: met, label: Met, stands_for: met, descriptor: The record shows it clearly}
      - {code: partly, label: Partly met, stands_for: partly, descriptor: A part that matters is missing}
      - {code: not_met, label: Not met, stands_for: not_met, descriptor: The record shows that it was not done}
      - {code: not_evidenced, label: Not evidenced, stands_for: not_evidenced, descriptor: The record does not say}
  - id: grade
    title: Grade
    ordered: true
    options:
      - {code: "1", label: Outstanding}
      - {code: "2", label: Good}
      - {code: "3", label: Requires improvement}
      - {code: "4", label: Inadequate}
themes: [{id: voice, title: The child's voice}, {id: planning, title: Planning}]
sections:
  - id: S01
    title: Seeing the child
    short: Seeing
    purpose: Was the child seen, and heard?
    themes: [voice, planning]
    questions:
      - {id: S01.01, text: How often was the child seen in the period?, type: count, themes: [voice],
         completed_by: business_support}
      - {id: S01.02, text: Was the child seen alone?, type: choice, scale: met, themes: [voice], polarity: positive,
         na_allowed: true, guidance: A good reason for not seeing the child alone counts,
         evidence: "Visit records: who was in the room, and what the child said", relevant: "a['S01.01'] > 0"}
      - {id: S01.03, text: Where was the child seen most often?, type: choice, themes: [planning], tier: optional,
         options: [{code: home, label: At home}, {code: school, label: At school}, {code: other, label: Elsewhere}]}
  - id: S02
    title: Overall judgement
    short: Overall
    purpose: What does it come to?
    questions:
      - {id: S02.01, text: Overall grade, type: grade, scale: grade, tags: [section_judgement]}
variants:
  - {id: my-form-all, title: All of it, select: {}}
"""
"""The example in the starter workbook; invented."""
