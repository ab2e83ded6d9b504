"""People: the first one, adding and changing others, and the PIN each has beside the workspace passphrase."""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, NotAllowed, Refused
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, Role, require
from auditor.store.queries import people as stored
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View

_PIN = re.compile(r"\d{4,12}")
_SALT, _LENGTH, _PASSES, _LANES, _MEMORY_KIB = 16, 32, 2, 1, 19_456


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A new person. The PIN is 4 to 12 digits."""

    name: str
    roles: frozenset[Role]
    pin: str
    job_title: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """What a person's entry is to say from now on; people who have left are made inactive, never removed."""

    person: Person


@dataclass(frozen=True, slots=True)
class SetPin:
    """A new PIN for oneself, or for somebody else by those who keep people."""

    person_id: str
    pin: str


def require_complete(command: AddPerson) -> None:
    """Raise `BadInput` unless name, roles and PIN can be recorded: for those who make something for
    the person first."""
    _check(command.name, command.roles)
    _check_pin(command.pin)


def add_first_person(command: AddPerson, unit: UnitOfWork) -> Person:
    """The person who set the workspace up, who keeps it from now on; refused once anybody is in it."""
    if stored.people(unit):
        raise Refused("not-first", "Already set up", "This workspace has people already.", "Choose who you are.")
    roles = command.roles | {Role.ADMINISTRATOR, Role.QA_LEAD}
    person = _new_person(AddPerson(command.name, roles, command.pin, command.job_title, command.team))
    _record(person, person.id, unit)
    _record_pin(person.id, command.pin, person.id, unit)
    return person


def add_person(command: AddPerson, actor: Person, unit: UnitOfWork) -> Changes:
    """Add a person with their roles and PIN."""
    require(actor, Duty.KEEP_PEOPLE)
    _require_free_name(command.name, stored.people(unit))
    person = _new_person(command)
    _record(person, actor.id, unit)
    _record_pin(person.id, command.pin, actor.id, unit)
    return Changes(frozenset({("person", person.id)}), f"{person.name} added", person.id)


def change_person(command: ChangePerson, actor: Person, unit: UnitOfWork) -> Changes:
    """Change name, roles, job title, team or whether the person is active; one administrator has to remain."""
    require(actor, Duty.KEEP_PEOPLE)
    _check(command.person.name, command.person.roles)
    others = [person for person in stored.people(unit) if person.id != command.person.id]
    stored.person(unit, command.person.id)
    _require_free_name(command.person.name, others)
    if not any(person.active and person.has(Role.ADMINISTRATOR) for person in (*others, command.person)):
        raise Refused(
            "last-administrator", "Still needed", "Somebody has to be administrator.", "Give the role to another first."
        )
    _record(command.person, actor.id, unit)
    return Changes(frozenset({("person", command.person.id)}), f"{command.person.name} changed")


def set_pin(command: SetPin, actor: Person, unit: UnitOfWork) -> Changes:
    """Set a PIN; one's own always, another's as keeper of people."""
    if command.person_id != actor.id:
        require(actor, Duty.KEEP_PEOPLE)
        _require_no_sealed_audit(actor, command.person_id, unit)
    person = stored.person(unit, command.person_id)
    _record_pin(person.id, command.pin, actor.id, unit)
    return Changes(frozenset({("person", person.id)}), f"PIN of {person.name} changed")


def everybody(_query: None, _actor: Person, view: View) -> list[Person]:
    """Everybody in the workspace."""
    return stored.people(view)


def who_can_sign_in(view: View) -> list[Person]:
    """The active people, for the sign-in list before anybody is signed in."""
    return [person for person in stored.people(view) if person.active]


def sign_in(person_id: str, pin: str, view: View) -> Person:
    """The person, if the PIN is theirs and they are active; raises `NotAllowed` (wrong-pin)."""
    person = stored.person(view, person_id)
    if not (person.active and _matches(stored.pin_hash(view, person_id), pin)):
        raise NotAllowed(
            "wrong-pin", "PIN not right", "That is not this person's PIN.", "Try again, or ask for a new one."
        )
    return person


def find_person(name_or_id: str, view: View) -> Person:
    """An active person by id or by name (any case); raises `BadInput` (no-such-person)."""
    wanted = name_or_id.strip().casefold()
    found = [item for item in who_can_sign_in(view) if wanted in (item.id, item.name.casefold())]
    if len(found) != 1:
        raise BadInput(
            "no-such-person",
            "Who?",
            "Nobody here goes by that name.",
            "Write the name as it stands under Settings, or use the id.",
        )
    return found[0]


def _new_person(command: AddPerson) -> Person:
    _check(command.name, command.roles)
    return Person(new_id(), command.name.strip(), command.roles, command.job_title.strip(), command.team.strip())


def _require_free_name(name: str, others: list[Person]) -> None:
    if name.strip().casefold() in {person.name.casefold() for person in others}:
        raise BadInput("name-taken", "Name in use", "Somebody of that name is here already.", "Add an initial.")


def _require_no_sealed_audit(actor: Person, other_id: str, unit: UnitOfWork) -> None:
    """With the partner's new PIN one could sign in as them and read what is sealed, and have one's own place back."""
    for audit in programme.audits(unit):
        if not audit.all_submitted and {actor.id, other_id} <= audit.auditors_ever:
            raise NotAllowed(
                "partners-pin",
                "Not for your partner",
                "You share or shared a blind audit that is still sealed, so you cannot set this PIN.",
                "Ask another administrator or QA lead to do it.",
            )


def _check(name: str, roles: frozenset[Role]) -> None:
    if not name.strip() or len(name) > 80:
        raise BadInput("name-needed", "Name", "A person needs a name of up to 80 characters.", "Enter the name.")
    if not roles:
        raise BadInput("role-missing", "Role", "A person needs at least one role.", "Tick what they do.")


def _check_pin(pin: str) -> None:
    if not _PIN.fullmatch(pin):
        raise BadInput("pin-form", "PIN", "A PIN is 4 to 12 digits.", "Choose digits only you know.")


def _record(person: Person, author_id: str, unit: UnitOfWork) -> None:
    profile: dict[str, Json] = {
        "name": person.name,
        "roles": [role.value for role in sorted(person.roles)],
        "job_title": person.job_title,
        "team": person.team,
        "active": person.active,
    }
    unit.record(author_id, Entity.PERSON, person.id, stored.PROFILE, profile)


def _record_pin(person_id: str, pin: str, author_id: str, unit: UnitOfWork) -> None:
    _check_pin(pin)
    salt = secrets.token_bytes(_SALT)
    packed = base64.b64encode(salt + _derive(pin, salt)).decode("ascii")
    unit.record(author_id, Entity.PERSON, person_id, stored.PIN, packed)


def _matches(packed: str, pin: str) -> bool:
    if not packed:
        return False
    raw = base64.b64decode(packed)
    return hmac.compare_digest(raw[_SALT:], _derive(pin, raw[:_SALT]))


def _derive(pin: str, salt: bytes) -> bytes:
    kdf = Argon2id(salt=salt, length=_LENGTH, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    return kdf.derive(pin.encode("utf-8"))
