"""People and the templates of the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.canonical import Json
from auditor.domain.errors import Missing
from auditor.domain.revision import Entity
from auditor.domain.roles import Person, Role
from auditor.domain.template import Template
from auditor.store.queries.registers import value_of, values_of_all
from auditor.store.unit_of_work import View

PROFILE, PIN = "profile", "pin"
ABOUT, CONTENT = "about", "content"


def people(view: View) -> list[Person]:
    """Everybody in the workspace, by name."""
    found = values_of_all(view, Entity.PERSON, PROFILE)
    return sorted((_person(person_id, values[PROFILE]) for person_id, values in found.items()), key=lambda p: p.name)


def active_auditors(view: View) -> list[Person]:
    """The people who can be given an audit, by name."""
    return [item for item in people(view) if item.active and item.has(Role.AUDITOR)]


def person(view: View, person_id: str) -> Person:
    """One person; raises `Missing` (no-such-person)."""
    profile = value_of(view, person_id, PROFILE)
    if profile is None:
        raise Missing(
            "no-such-person",
            "Not known here",
            "There is no such person in this workspace.",
            "Choose one of the people listed under Settings.",
        )
    return _person(person_id, profile)


def pin_hash(view: View, person_id: str) -> str:
    """The salted hash of the person's PIN; empty where none is set."""
    return str(value_of(view, person_id, PIN) or "")


def names(view: View) -> Mapping[str, str]:
    """Names by person id."""
    return {item.id: item.name for item in people(view)}


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """What lists show of a template without loading it. `core` counts core questions outside the cover sheet."""

    hash: str
    id: str
    title: str
    version: str
    master: str
    sections: int
    questions: int
    core: int


def template_cards(view: View) -> list[TemplateCard]:
    """Every template the workspace holds, by title."""
    found = values_of_all(view, Entity.TEMPLATE, ABOUT)
    cards = [_card(template_hash, values[ABOUT]) for template_hash, values in found.items()]
    return sorted(cards, key=lambda card: (card.title, card.version))


def theme_titles(view: View) -> dict[str, str]:
    """The titles of the themes of every template the workspace holds, by id; no template is built for it."""
    rows = view.connection.exec_driver_sql(
        "SELECT theme.value ->> 'id', theme.value ->> 'title'"
        " FROM register, json_each(register.value, '$.themes') AS theme"
        " WHERE entity = ? AND register.key = ? AND slot = ''",
        (Entity.TEMPLATE.value, CONTENT),
    )
    return {row[0]: row[1] for row in rows}


def template(view: View, template_hash: str) -> Template:
    """One template by content hash; raises `Missing` (no-such-template)."""
    found = view.setups.template(view.connection, template_hash)
    if found is None:
        raise Missing(
            "no-such-template",
            "Template not here",
            "This workspace does not hold that template.",
            "Add the template file first.",
        )
    return found


def _person(person_id: str, profile: Json) -> Person:
    assert isinstance(profile, dict)
    roles = profile["roles"]
    assert isinstance(roles, list)
    return Person(
        id=person_id,
        name=str(profile["name"]),
        roles=frozenset(Role(str(role)) for role in roles),
        job_title=str(profile.get("job_title", "")),
        team=str(profile.get("team", "")),
        active=bool(profile.get("active", True)),
    )


def _card(template_hash: str, about: Json) -> TemplateCard:
    assert isinstance(about, dict)
    return TemplateCard(
        hash=template_hash,
        id=str(about["id"]),
        title=str(about["title"]),
        version=str(about["version"]),
        master=str(about["master"]),
        sections=_int(about["sections"]),
        questions=_int(about["questions"]),
        core=_int(about["core"]),
    )


def _int(value: Json) -> int:
    return value if isinstance(value, int) else 0
