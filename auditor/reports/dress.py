"""How every workbook of the program looks: named styles over one set of colours, and the printed page."""

from collections.abc import Iterator

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from auditor.domain.action import Status
from auditor.reports.theme_summary import CommentKind
from auditor.sheets.text import clean_text
from auditor.sheets.writing import DATE_FORMAT

TEXT, TEXT2, MUTED, ACCENT = "1A1C27", "434758", "5C6074", "4345A6"
SUNKEN, LINE, EDGE, BAR = "ECEDF2", "DADCE4", "7D8196", "E9B25C"
HEAT = ("FFFFFF", "FBEFD9", "F5D7A3", "E9B25C", "C9781A")
BLUE, GREEN, AMBER, RED, GREY = (
    ("0A2A73", "DDE6FA"),
    ("136C62", "D8EFE9"),
    ("6B4A00", "FBEAC2"),
    ("7D0A1C", "FADDE0"),
    ("434758", "ECEDF2"),
)
"""Letters and tint of each mark."""

_MARKS: dict[Status | CommentKind, tuple[str, str]] = {
    Status.BEHIND: RED,
    Status.AWAITING: AMBER,
    Status.ON_SCHEDULE: GREEN,
    Status.COMPLETE: BLUE,
    Status.WITHDRAWN: GREY,
    CommentKind.ISSUE: AMBER,
    CommentKind.GOOD_PRACTICE: BLUE,
    CommentKind.OTHER: GREY,
}

COLUMNS_ON_PAGE = 24
SAMPLE = "Sample data: every person and every case in it is invented."
_HEADER_LIMIT = 80


def style_of(value: Status | CommentKind) -> str:
    """The named style of a status or a kind of comment."""
    return value.words


def add_styles(workbook: Workbook) -> None:
    """Give the workbook its named styles. Cells are dressed by name, so a reader changes a style in one place."""
    for style in (*_page_styles(), *_heading_styles(), *_value_styles(), *_heat_styles(), *_mark_styles()):
        workbook.add_named_style(style)


def heat_style(step: int | None) -> str:
    """The named style of a step of heat; of a cell in which nothing is counted for None."""
    return "Not counted" if step is None else f"Heat {step}"


_HAIRLINE = Border(bottom=Side("thin", LINE))
_RULED = Border(bottom=Side("thin", EDGE))
_TOTALLED = Border(top=Side("thin", EDGE))
_BOXED = Border(*(Side("thin", LINE),) * 4)
_WRAPPED = Alignment("left", "top", wrap_text=True, indent=1)
_CENTRED = Alignment("center", "center", wrap_text=True)
_COUNTED = Alignment("right", "top", indent=1)
_BESIDE = Alignment("right", "center", indent=1)


def _page_styles() -> Iterator[NamedStyle]:
    yield _style("Page title", _font(size=20, bold=True))
    yield _style("Page facts", _font(TEXT2))
    yield _style("Sample banner", _font(AMBER[0], bold=True), AMBER[1], Alignment(vertical="center"))
    yield _style("Section", _font(ACCENT, size=13, bold=True), at=Alignment(vertical="bottom"))
    yield _style("Sentence", _font(), at=Alignment(vertical="top", wrap_text=True))
    yield _style("Legend", _font(), at=Alignment(vertical="center"))
    yield _style("Tile number", _font(size=24, bold=True), SUNKEN, _CENTRED, number="#,##0")
    yield _style("Tile label", _font(TEXT2), SUNKEN, _CENTRED)


def _heading_styles() -> Iterator[NamedStyle]:
    for name, at in (
        ("Column heading", Alignment("left", "center", wrap_text=True, indent=1)),
        ("Number heading", Alignment("right", "center", wrap_text=True, indent=1)),
        ("Case heading", _CENTRED),
        ("Case heading turned", Alignment("center", "bottom", 90)),
    ):
        yield _style(name, _font(TEXT2, bold=True), SUNKEN, at, _RULED)


def _value_styles() -> Iterator[NamedStyle]:
    yield _style("Words", _font(), at=_WRAPPED, border=_HAIRLINE)
    yield _style("Strong words", _font(bold=True), at=_WRAPPED, border=_HAIRLINE)
    yield _style("Quiet words", _font(TEXT2), at=_WRAPPED, border=_HAIRLINE)
    yield _style("Number", _font(), at=_COUNTED, border=_HAIRLINE, number="#,##0")
    yield _style("Strong number", _font(bold=True), at=_COUNTED, border=_HAIRLINE, number="#,##0")
    yield _style("Day", _font(), at=Alignment("left", "top", indent=1), border=_HAIRLINE, number=DATE_FORMAT)
    yield _style("Case number", _font(), at=_CENTRED, border=_HAIRLINE, number="#,##0")
    yield _style("Theme", _font(bold=True), at=Alignment("left", "center", wrap_text=True, indent=1), border=_HAIRLINE)
    yield _style("Edge number", _font(), at=_BESIDE, border=_HAIRLINE, number="#,##0")
    yield _style("Strong edge number", _font(bold=True), at=_BESIDE, border=_HAIRLINE, number="#,##0")
    yield _style("Line below", _font(), at=Alignment("left", "center", indent=1), border=_HAIRLINE)
    yield _style("Total words", _font(bold=True), at=Alignment("left", "center", indent=1), border=_TOTALLED)
    yield _style("Total", _font(bold=True), at=_CENTRED, border=_TOTALLED, number="#,##0")
    yield _style("Total number", _font(bold=True), at=_BESIDE, border=_TOTALLED, number="#,##0")


def _heat_styles() -> Iterator[NamedStyle]:
    for step, colour in enumerate(HEAT):
        yield _style(heat_style(step), _font(bold=step > 2), colour, _CENTRED, _BOXED)
    # Hatched, since an empty cell would look like one without issues.
    hatched = PatternFill("lightUp", LINE, "FFFFFF")
    yield _style(heat_style(None), _font(MUTED), hatched, _CENTRED, _BOXED)


def _mark_styles() -> Iterator[NamedStyle]:
    for marked, (letters, tint) in _MARKS.items():
        yield _style(style_of(marked), _font(letters, bold=True), tint, _WRAPPED, _HAIRLINE)


def _font(colour: str = TEXT, *, size: int = 11, bold: bool = False) -> Font:
    return Font(name="Calibri", size=size, bold=bold, color=colour)


def _style(
    name: str,
    font: Font,
    fill: str | PatternFill = "",
    at: Alignment | None = None,
    border: Border | None = None,
    *,
    number: str = "General",
) -> NamedStyle:
    tint = PatternFill("solid", fill) if isinstance(fill, str) and fill else fill or None
    return NamedStyle(name=name, font=font, fill=tint, alignment=at, border=border, number_format=number)


def set_up_page(
    sheet: Worksheet,
    title: str,
    made_on: str,
    *,
    sample: bool,
    rows: str = "",
    columns: str = "",
    wide: int = 1,
    tall: int = 0,
) -> None:
    """Print on A4 landscape with headings repeated (`rows` "4:4", `columns` "A:A") and pages numbered.

    `wide` and `tall` are how many pages to fit; 0 is as many as it takes.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = wide
    sheet.page_setup.fitToHeight = tall
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.print_options.horizontalCentered = True
    if rows:
        sheet.print_title_rows = rows
    if columns:
        sheet.print_title_cols = columns
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    header.center.text = SAMPLE if sample else None
    footer.left.text = _plain(title)
    footer.center.text = "Page &P of &N"
    footer.right.text = f"{_plain(sheet.title)}, {made_on}"


def _plain(words: str) -> str:
    """Words of a header or footer, in which `&` starts a command."""
    return " ".join(clean_text(words).split())[:_HEADER_LIMIT].replace("&", "&&")
