import hashlib
import json

import pytest

from ae_studio.models import trust
from ae_studio.models.trust import fingerprint, is_trusted, trust_list, trusted_at

SHA = fingerprint(b"x = 1\n")


@pytest.fixture
def forgotten(monkeypatch):
    """What a later process knows: the list alone."""

    def forget():
        monkeypatch.setattr(trust, "_trusted_here", {})

    return forget


def test_a_fingerprint_is_the_sha_256_of_the_content():
    assert fingerprint(b"x = 1\n") == hashlib.sha256(b"x = 1\n").hexdigest()


def test_nothing_is_trusted_until_it_is_and_then_also_by_later_processes(tmp_path, forgotten):
    assert not is_trusted(SHA)
    trust.trust(SHA, tmp_path / "a.py")
    forgotten()
    assert is_trusted(SHA)
    assert trusted_at(SHA) == tmp_path / "a.py"
    assert not is_trusted(fingerprint(b"x = 2\n"))


def test_what_was_trusted_before_is_kept_and_nothing_else_is_left_in_the_folder(tmp_path, forgotten):
    for name in ("a", "b", "c"):
        trust.trust(fingerprint(name.encode()), tmp_path / f"{name}.py")
        forgotten()
    assert len(json.loads(trust_list().read_text())) == 3
    assert [path.name for path in trust_list().parent.iterdir()] == ["trusted_models.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', "[null]", '[{"sha256": 1}]', "\udcff"])
def test_a_damaged_list_trusts_nobody_and_is_written_anew(text, tmp_path, forgotten):
    trust_list().parent.mkdir(parents=True)
    trust_list().write_bytes(text.encode("utf-8", "surrogateescape"))
    assert not is_trusted(SHA)
    trust.trust(SHA, tmp_path / "a.py")
    forgotten()
    assert is_trusted(SHA)


def test_where_the_list_cannot_be_written_this_process_alone_trusts(tmp_path, forgotten):
    trust_list().parent.parent.mkdir(exist_ok=True)
    trust_list().parent.write_text("a file where the folder should be")
    trust.trust(SHA, tmp_path / "a.py")
    assert is_trusted(SHA)
    forgotten()
    assert not is_trusted(SHA)
