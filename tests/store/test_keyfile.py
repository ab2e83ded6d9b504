import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from auditor.domain.errors import WorkspaceError
from auditor.store.keyfile import DerivationCost, KeyFile, Wrapping, read_key_file, subkey, write_key_file
from auditor.store.layout import KEY_COPY_NAME, KEY_NAME
from auditor.store.passphrase import normalise, strength
from auditor.store.recovery_key import RecoveryKey
from tests.store.workspace_kit import CHEAP, PASSPHRASE

RECOVERY = RecoveryKey(bytes(range(20)))
KEY_FILE, DATA_KEY = KeyFile.create(PASSPHRASE, RECOVERY, "a-workspace", CHEAP)

passphrases = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda text: text.strip())


def code_of(error: pytest.ExceptionInfo[WorkspaceError]) -> str:
    return error.value.code


@given(passphrases)
@example("x" * 10_000)
@example("  leading and trailing  ")
@example("\ud800 half a surrogate")
def test_either_secret_opens_what_was_written_and_nothing_else_does(passphrase: str) -> None:
    key_file, data_key = KeyFile.create(passphrase, RECOVERY, "w", CHEAP)
    read = KeyFile.from_bytes(key_file.to_bytes())
    assert read == key_file
    assert read.unwrap(passphrase) == read.unwrap(RECOVERY) == data_key
    with pytest.raises(WorkspaceError) as caught:
        read.unwrap(passphrase + "x")
    assert code_of(caught) == "wrong-passphrase"
    with pytest.raises(WorkspaceError) as caught:
        read.unwrap(RecoveryKey(bytes(20)))
    assert code_of(caught) == "wrong-recovery-key"


@given(st.integers(0, len(KEY_FILE.to_bytes()) * 8 - 1))
def test_a_flipped_bit_is_never_read_as_a_key(bit: int) -> None:
    content = bytearray(KEY_FILE.to_bytes())
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(WorkspaceError) as caught:
        KeyFile.from_bytes(bytes(content))
    assert code_of(caught) == "damaged-key-file"


@given(st.integers(0, len(KEY_FILE.to_bytes()) - 1))
def test_a_cut_off_file_is_damaged(length: int) -> None:
    with pytest.raises(WorkspaceError) as caught:
        KeyFile.from_bytes(KEY_FILE.to_bytes()[:length])
    assert code_of(caught) == "damaged-key-file"


@given(st.binary(max_size=200))
def test_any_other_bytes_are_damaged(content: bytes) -> None:
    with pytest.raises(WorkspaceError) as caught:
        KeyFile.from_bytes(content)
    assert code_of(caught) == "damaged-key-file"


def test_a_key_file_of_a_later_version_asks_for_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.store.keyfile.VERSION", 2)
    later = KEY_FILE.to_bytes()
    monkeypatch.undo()
    with pytest.raises(WorkspaceError) as caught:
        KeyFile.from_bytes(later)
    assert code_of(caught) == "newer-workspace"


@pytest.mark.parametrize("wrapping", [Wrapping(b"", b"", b""), Wrapping(bytes(16), bytes(11), bytes(48))])
def test_a_forged_file_with_a_right_checksum_is_damaged(wrapping: Wrapping) -> None:
    with pytest.raises(WorkspaceError) as caught:
        KeyFile.from_bytes(replace(KEY_FILE, by_passphrase=wrapping).to_bytes())
    assert code_of(caught) == "damaged-key-file"


def test_a_wrapped_key_of_another_workspace_does_not_fit() -> None:
    other, _ = KeyFile.create(PASSPHRASE, RECOVERY, "another", CHEAP)
    mixed = replace(KEY_FILE, by_passphrase=other.by_passphrase)
    with pytest.raises(WorkspaceError) as caught:
        mixed.unwrap(PASSPHRASE)
    assert code_of(caught) == "wrong-passphrase"


def test_a_key_that_does_not_pass_its_own_check_is_damage_not_a_wrong_passphrase() -> None:
    with pytest.raises(WorkspaceError) as caught:
        replace(KEY_FILE, key_check=bytes(16)).unwrap(PASSPHRASE)
    assert code_of(caught) == "damaged-key-file"


def test_no_secret_stands_in_the_file() -> None:
    content = KEY_FILE.to_bytes()
    for secret in (DATA_KEY, DATA_KEY.hex().encode(), RECOVERY.text.encode(), PASSPHRASE.encode()):
        assert secret not in content


def test_changing_the_passphrase_wraps_the_same_key_anew() -> None:
    changed = KEY_FILE.with_passphrase(DATA_KEY, "another one")
    assert changed.unwrap("another one") == changed.unwrap(RECOVERY) == DATA_KEY
    with pytest.raises(WorkspaceError):
        changed.unwrap(PASSPHRASE)


def test_purposes_never_share_a_key() -> None:
    assert len({DATA_KEY, subkey(DATA_KEY, "database"), subkey(DATA_KEY, "scope-keys")}) == 3


@given(passphrases)
def test_accents_open_alike_however_they_are_composed(passphrase: str) -> None:
    composed, taken_apart = (unicodedata.normalize(form, passphrase) for form in ("NFC", "NFD"))
    assert normalise(composed) == normalise(taken_apart) == normalise(passphrase)


def test_a_hard_space_is_a_space() -> None:
    assert normalise("two\u00a0words") == normalise("two words")


@pytest.mark.parametrize("nothing", ["", " ", "\u3000\t"])
def test_an_empty_passphrase_is_refused(nothing: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        KeyFile.create(nothing, RECOVERY, "w", CHEAP)
    assert code_of(caught) == "empty-passphrase"


@pytest.mark.parametrize("cost", [(7, 1, 1), (8, 0, 1), (8, 1, 0), (1 << 30, 1, 1), (8, 1000, 1), (4096, 1, 64)])
def test_a_hostile_key_file_cannot_demand_endless_work(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        DerivationCost(*cost)


class TestTwins:
    """The key file is kept twice; one good one is enough."""

    @pytest.fixture(autouse=True)
    def both(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        write_key_file(tmp_path, KEY_FILE)

    @pytest.mark.parametrize("bad", [KEY_NAME, KEY_COPY_NAME])
    def test_one_missing(self, bad: str) -> None:
        (self.folder / bad).unlink()
        found = read_key_file(self.folder)
        assert (found.key_file, found.to_repair) == (KEY_FILE, (bad,))

    @pytest.mark.parametrize("bad", [KEY_NAME, KEY_COPY_NAME])
    def test_one_damaged(self, bad: str) -> None:
        (self.folder / bad).write_bytes(b"")
        found = read_key_file(self.folder)
        assert (found.key_file, found.to_repair) == (KEY_FILE, (bad,))

    @pytest.mark.parametrize("unlinked", [(), (KEY_NAME,), (KEY_COPY_NAME,)])
    def test_no_good_one_left(self, unlinked: tuple[str, ...]) -> None:
        for name in (KEY_NAME, KEY_COPY_NAME):
            (self.folder / name).write_bytes(b"{}")
        for name in unlinked:
            (self.folder / name).unlink()
        with pytest.raises(WorkspaceError) as caught:
            read_key_file(self.folder)
        assert code_of(caught) == "damaged-key-file"

    def test_a_crash_between_the_two_leaves_the_newer_one_in_force(self) -> None:
        newer = KEY_FILE.with_passphrase(DATA_KEY, "new")
        write_key_file(self.folder, newer, (KEY_NAME,))
        found = read_key_file(self.folder)
        assert (found.key_file, found.to_repair) == (newer, (KEY_COPY_NAME,))

    def test_a_failed_write_leaves_the_old_one_and_no_litter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_key_file(self.folder, KEY_FILE.with_passphrase(DATA_KEY, "new"))
        assert read_key_file(self.folder).key_file == KEY_FILE
        assert sorted(path.name for path in self.folder.iterdir()) == [KEY_NAME, KEY_COPY_NAME]


class TestRecoveryKey:
    """What is printed can be read back by a person."""

    @given(st.binary(min_size=20, max_size=20), st.randoms(use_true_random=False))
    def test_round_trip_with_a_persons_spelling(self, secret: bytes, random: object) -> None:
        text = RecoveryKey(secret).text
        spoken = text[:-1].replace("0", "o").replace("1", "l").replace("-", " - ").lower() + text[-1].lower()
        assert RecoveryKey.parse(text).secret == RecoveryKey.parse(spoken).secret == secret

    @given(
        st.binary(min_size=20, max_size=20),
        st.integers(0, 31),
        st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
    )
    def test_a_misread_character_is_noticed(self, secret: bytes, place: int, other: str) -> None:
        characters = list(RecoveryKey(secret).text.replace("-", ""))
        assume(characters[place] != other)
        characters[place] = other
        with pytest.raises(WorkspaceError) as caught:
            RecoveryKey.parse("".join(characters))
        assert code_of(caught) == "recovery-key-mistyped"

    @given(st.binary(min_size=20, max_size=20), st.integers(0, 30))
    def test_two_swapped_neighbours_are_noticed(self, secret: bytes, place: int) -> None:
        characters = list(RecoveryKey(secret).text.replace("-", ""))
        assume(characters[place] != characters[place + 1])
        characters[place : place + 2] = characters[place + 1], characters[place]
        with pytest.raises(WorkspaceError):
            RecoveryKey.parse("".join(characters))

    @settings(max_examples=200)
    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused_in_words(self, text: str) -> None:
        try:
            RecoveryKey.parse(text)
        except WorkspaceError as error:
            assert error.code == "recovery-key-mistyped"

    def test_keys_are_random_and_shown_nowhere_by_accident(self) -> None:
        one, another = RecoveryKey.generate(), RecoveryKey.generate()
        assert one != another
        assert str(one.secret) not in repr(one)


class TestStrength:
    """A hint that is neither flattering nor discouraging."""

    @pytest.mark.parametrize(
        ("passphrase", "score"),
        [
            ("", 0),
            ("password", 0),
            ("Password1!", 0),
            ("aaaaaaaaaaaaaaaaaaaa", 0),
            ("12345678901234567890", 0),
            ("qwerty123", 0),
            ("london2026", 0),
            ("kettle marble", 1),
            ("kettle marble otter", 2),
            ("kettle marble otter violin", 3),
            ("kettle marble otter violin anchor", 4),
            ("x7#Qp!v9Lz2@Rm4&Tk", 4),
        ],
    )
    def test_examples(self, passphrase: str, score: int) -> None:
        assert strength(passphrase).score == score

    @given(st.text(max_size=40))
    def test_it_has_a_sentence_for_everything(self, passphrase: str) -> None:
        found = strength(passphrase)
        assert 0 <= found.score <= 4
        assert found.sentence.endswith(".")

    def test_more_unrelated_words_are_never_weaker(self) -> None:
        words = ["kettle", "marble", "otter", "violin", "anchor", "thimble"]
        scores = [strength(" ".join(words[:count])).score for count in range(len(words) + 1)]
        assert scores == sorted(scores)
