"""The pieces pages are made of. Import each from its module; all colours and sizes come from `theme()`.

Words in a line      labels       Label(text, c)  WrapLabel  ElideLabel  KeyCap("F1")  MarkLabel  IconLabel  rule()
                                  c: h1 h2 h3 question question-now text2 muted label caption caption2 soon late tiny
                                  strong(text), led(lead, rest) make escaped bold text for labels with rich=True
A status              chip        Chip(RAG["complete"])  IconChip("eye-off", "Blind")  note_chip(mark, word, ...)
Buttons               buttons     Button(text, k, icon=)  k: "" "p" "small" "quiet" "link" "icon"
                                  .block(reason) / .unblock() / refused(reason), with a ReasonLine(lead, rest) beside it
Answers               answer_keys AnswerKeys(name, [Choice(code, word, ANSWERS["met"])], na_allowed=)
                                  answered(code) na_requested clear_requested; set_chosen(code) once it is on disk
Views and filters     toggles     Tabs  Segments  Slicer  Toggle
Surfaces              panel       Panel  Surface(c)  Scrolled  PanelHead  Note; clear(layout) empties one
Head of a page        header      PageHeader: set_title, set_facts, add_chip, add_button
How far               progress    Bar  PartsBar  LifeSteps
A section of an audit section_row SectionRow
The foot              status_line StatusLine (through `operations` and `messages`, seldom directly)
Nothing here yet      empty_state EmptyState(title, sentence, [Way(icon, title, note, button)])
A problem in place    inline_problem  InlineProblem: tell(error), clear()
What lies behind      drawer      Drawer  WithDrawer(main, drawer)
Typing                fields      Field(label, control)  LineEdit  Combo  CheckRow
                      texts       GrowingText  DateField
Tables                data_table  DataTable(name, [Column(...)]) and table_model.Column, Group
Matrix cells          delegates   Heat under CELL_ROLE, painted by HeatDelegate; paint_heat for a legend
Painting your own     painting    PaintedButton(name), box, write, hairline, key_cap, focus_box
"""
