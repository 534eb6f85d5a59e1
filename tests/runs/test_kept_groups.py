import pytest

from ae_studio.latent.groups import Group
from ae_studio.runs.kept_groups import FILE, read_groups, write_groups

GROUPS = (Group("sevens", (1, 2)), Group("crossed", (2,)))


def test_groups_are_there_when_the_run_is_opened_again(tmp_path):
    assert read_groups(tmp_path, 3) == ()
    write_groups(tmp_path, GROUPS, 3)
    assert read_groups(tmp_path, 3) == GROUPS
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_without_groups_there_is_no_file(tmp_path):
    write_groups(tmp_path, GROUPS, 3)
    write_groups(tmp_path, (), 3)
    write_groups(tmp_path, (), 3)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"version": 1, "sample": 9, "groups": []}'])
def test_what_is_damaged_is_named(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ValueError, match=FILE):
        read_groups(tmp_path, 3)


def test_a_folder_that_cannot_be_written_keeps_what_it_has(tmp_path):
    write_groups(tmp_path, GROUPS, 3)
    with pytest.raises(OSError, match="gone"):
        write_groups(tmp_path / "gone", GROUPS, 3)
    assert read_groups(tmp_path, 3) == GROUPS
