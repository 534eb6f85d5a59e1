import os
import sys

import pytest

from ae_studio.config import ConfigError
from ae_studio.models.own_file import (
    MAX_BYTES,
    NotTrusted,
    kept_file,
    names_a_file,
    place,
    read_source,
    refuse_untrusted,
    trust_file,
)


@pytest.mark.parametrize(
    ("name", "is_file"), [("mine.py", True), ("/a/b/mine.PY", True), ("vae", False), ("py", False), ("mine.pyc", False)]
)
def test_a_name_that_ends_in_py_is_a_path(name, is_file):
    assert names_a_file(name) is is_file


def test_a_relative_name_becomes_absolute(tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text("x = 1\n")
    monkeypatch.chdir(tmp_path)
    source = read_source("mine.py")
    assert source.path == tmp_path / "mine.py"
    assert source.text == "x = 1\n"


def test_what_cannot_be_read_says_why(tmp_path):
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "huge.py").write_bytes(b"#" * (MAX_BYTES + 1))
    cases = {"folder.py": "is a folder", "huge.py": "larger than 1,024 KiB", "no.py": "no such", "\0.py": "cannot be"}
    for name, message in (cases | {f"{'x' * 300}.py": "cannot be read|no such"}).items():
        with pytest.raises(ConfigError, match=message):
            read_source(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(ConfigError, match="no ordinary file"):
        read_source(tmp_path / "pipe.py")


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    (tmp_path / "mine.py").write_text("x = 1\n")
    (tmp_path / "mine.py").chmod(0)
    with pytest.raises(ConfigError, match="cannot be read: Permission denied"):
        read_source(tmp_path / "mine.py")


def test_trust_is_for_a_content_not_for_a_path(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("x = 1\n")
    with pytest.raises(NotTrusted, match=r"has not been run here as it is now.*ae-studio train --model"):
        refuse_untrusted(read_source(path))
    trust_file(path)
    refuse_untrusted(read_source(path))
    path.write_text("x = 2\n")
    with pytest.raises(NotTrusted, match=r"mine.py has changed since it was opened: press Reload"):
        refuse_untrusted(read_source(path), changed=True)


def test_a_run_is_opened_with_the_file_it_was_trained_with_else_with_its_copy(tmp_path):
    original, run = tmp_path / "mine.py", tmp_path / "run"
    original.write_text("x = 1\n")
    run.mkdir()
    (run / "model.py").write_text("x = 1\n")
    sha256 = trust_file(original).sha256
    assert kept_file(run, sha256) == kept_file(run) == original
    original.write_text("x = 2\n")
    assert kept_file(run, sha256) == run / "model.py"
    original.unlink()
    assert kept_file(run, sha256) == run / "model.py"


def test_a_copy_that_is_not_what_was_trained_is_no_copy(tmp_path):
    assert kept_file(tmp_path) is None
    (tmp_path / "model.py").write_text("x = 1\n")
    assert kept_file(tmp_path, "0" * 64) is None


def test_the_place_of_an_error_is_the_innermost_line_of_the_file():
    namespace = {}
    exec(compile("def inner(x):\n    return int(x)\n", "/somewhere/mine.py", "exec"), namespace)

    def outer():
        return sorted(["x"], key=namespace["inner"])

    with pytest.raises(ValueError, match="invalid literal") as caught:
        outer()
    assert place(caught.value, "/somewhere/mine.py") == "mine.py, line 2"
    assert place(caught.value, __file__).endswith('`return sorted(["x"], key=namespace["inner"])`')
    assert place(ValueError("never raised")) == "no line known"
