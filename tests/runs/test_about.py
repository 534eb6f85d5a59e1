import json

import pytest

from ae_studio.runs.about import LONGEST_NOTES, About, as_tags, as_title, read_about, write_about
from ae_studio.runs.record import RunError


def test_what_was_said_comes_back(tmp_path):
    write_about(tmp_path, title="Rings", tags=["talk", "β"])
    write_about(tmp_path, notes="Two\nlines")
    assert read_about(tmp_path) == About("Rings", ("talk", "β"), "Two\nlines")
    assert [path.name for path in tmp_path.iterdir()] == ["about.json"]


def test_nothing_was_said_of_a_run_without_the_file(tmp_path):
    assert read_about(tmp_path) == About()


def test_what_another_version_said_stays(tmp_path):
    (tmp_path / "about.json").write_text('{"stars": 5, "title": "old"}')
    write_about(tmp_path, title="new")
    assert json.loads((tmp_path / "about.json").read_text()) == {"stars": 5, "title": "new"}


@pytest.mark.parametrize("content", ["{", "[]", "3", '"text"'])
def test_a_damaged_file_is_told_and_kept_beside_the_new_one(tmp_path, content):
    (tmp_path / "about.json").write_text(content)
    with pytest.raises(RunError, match=r"about\.json: is damaged"):
        read_about(tmp_path)
    write_about(tmp_path, title="new")
    assert read_about(tmp_path).title == "new"
    assert (tmp_path / "about.json.damaged").read_text() == content


def test_values_of_another_kind_do_no_harm(tmp_path):
    (tmp_path / "about.json").write_text(json.dumps({"title": 3, "tags": "talk", "notes": "x" * 10**6}))
    about = read_about(tmp_path)
    assert (about.title, about.tags, len(about.notes)) == ("3", (), LONGEST_NOTES)


def test_tags_are_trimmed_and_stand_once():
    assert as_tags([" talk ", "Talk", "", "a, b", "two  words"]) == ("talk", "a b", "two words")


def test_a_title_stands_on_one_line():
    assert as_title(" two\n lines ") == "two lines"
