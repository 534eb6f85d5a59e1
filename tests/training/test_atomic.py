import pytest

from ae_studio.training.atomic import write_atomic, write_text_atomic


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "file.txt"
    write_text_atomic(path, "old")

    def fail(file):
        file.write(b"half of the new")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_atomic(path, fail)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_replaces_the_file(tmp_path):
    path = tmp_path / "file.txt"
    write_text_atomic(path, "old")
    write_text_atomic(path, "neu ß")
    assert path.read_text(encoding="utf-8") == "neu ß"
