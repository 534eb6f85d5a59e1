import os
import shutil
import sys
import time

import pytest

from ae_studio.runs import listed
from ae_studio.runs.about import write_about
from ae_studio.runs.history import read_history
from ae_studio.runs.listed import best_validation, fingerprint, is_written, printable, read_listed
from ae_studio.training.live import Change, as_text
from tests.runs.made_runs import edit, make_run


def read(folder):
    return read_listed(str(folder), fingerprint(str(folder)))


def test_a_run_is_listed_with_all_that_a_row_shows(tmp_path):
    folder = make_run(tmp_path, latent_dim=3, epochs=7)
    write_about(folder, title="Rings", tags=["talk"], notes="Look")
    run = read(folder)
    assert (run.model, run.data, run.latent_dim, run.epochs, run.epochs_done) == ("vae", "digits", 3, 7, 2)
    assert (run.best, run.best_epoch, run.loss_unit) == (20.0, 1, "nats per image")
    assert (run.title, run.tags, run.notes, run.name) == ("Rings", ("talk",), "Look", "Rings")
    assert (run.started, run.state, run.problems) == ("2026-11-23 14:05:09", "finished", ())


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "config.json").unlink(), "config.json: is missing"),
        (lambda folder: (folder / "config.json").write_text("{"), "config.json: is damaged, not JSON"),
        (lambda folder: (folder / "config.json").write_text("{}"), "config.json: is no record of an AE Studio run"),
        (lambda folder: edit(folder, lambda record: record.update(format=9)), "has format 9"),
        (lambda folder: edit(folder, lambda record: record.update(config=[])), "has no settings"),
        (lambda folder: edit(folder, lambda record: record["config"].update(lr=-1)), "lr must be a number"),
        (lambda folder: edit(folder, lambda record: record["config"]["settings"].update(hiden="1")), "did you mean"),
    ],
)
def test_what_cannot_be_opened_is_listed_with_the_reason(tmp_path, damage, message):
    folder = make_run(tmp_path)
    damage(folder)
    run = read(folder)
    assert (run.state, run.broken) == ("damaged", True)
    assert message in run.told
    assert str(tmp_path) not in run.told  # it is the row of this folder
    assert (run.epochs_done, run.best) == (2, 20.0)  # as far as it can be read
    assert run.started == "2026-11-23 14:05:09"  # the folder's name says it


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "metrics.csv").unlink(), "metrics.csv: is missing"),
        (lambda folder: shutil.rmtree(folder / "snapshots"), "snapshots: is missing"),
        (lambda folder: [path.unlink() for path in (folder / "looks").iterdir()], "looks: none are left"),
        (lambda folder: (folder / "ended.json").write_text("{"), "ended.json: is damaged"),
        (lambda folder: (folder / "about.json").write_text("{"), "about.json: is damaged"),
    ],
)
def test_what_is_damaged_in_part_can_be_opened(tmp_path, damage, message):
    folder = make_run(tmp_path)
    damage(folder)
    run = read(folder)
    assert not run.broken
    assert message in run.told


def test_a_folder_that_holds_nothing_of_a_run_is_none(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "me.jpg").touch()
    assert fingerprint(str(tmp_path / "photos")) is None


@pytest.mark.parametrize("name", ["config.json", "metrics.csv", "ended.json"])
def test_a_file_that_is_changed_in_its_place_changes_the_fingerprint(tmp_path, name):
    folder = make_run(tmp_path)
    before = fingerprint(str(folder))
    assert fingerprint(str(folder)) == before
    with open(folder / name, "a") as file:
        file.write(" ")
    assert fingerprint(str(folder)) != before


def test_a_new_epoch_and_new_words_change_the_fingerprint(tmp_path):
    folder = make_run(tmp_path)
    seen = {fingerprint(str(folder))}
    (folder / "snapshots" / "0003.safetensors").touch()
    seen.add(fingerprint(str(folder)))
    write_about(folder, title="x")
    seen.add(fingerprint(str(folder)))
    assert len(seen) == 3


# The best value


def test_the_best_value_is_that_of_the_history(tmp_path, monkeypatch):
    losses = [100.0 - (epoch * 37) % 91 for epoch in range(300)]
    path = make_run(tmp_path, losses=losses)
    history = {epoch: terms["loss"] for epoch, terms in read_history(path / "metrics.csv").validation.items()}
    best = min(history, key=history.get)
    for chunk in (1 << 23, 1000, 37):  # rows cut anywhere
        monkeypatch.setattr(listed, "CHUNK", chunk)
        assert best_validation(str(path)) == (299, history[best], best)


def test_values_that_are_no_numbers_are_never_the_best(tmp_path):
    path = make_run(tmp_path, losses=[float("nan"), 5.0, float("-inf"), float("nan")])
    assert best_validation(str(path)) == (3, 5.0, 1)
    path = make_run(tmp_path, "other", losses=[float("nan")])
    assert best_validation(str(path)) == (0, None, 0)


@pytest.mark.parametrize(
    ("changes", "best"),
    [
        ([(8, {"beta": 4.0})], (40.0, 4)),
        ([(7, {"beta": 4.0})], (30.0, 2)),  # in the course of epoch 2, which is validated with it
        ([(8, {"lr": 0.1})], (1.0, 1)),
        ([(16, {"beta": 4.0})], (1.0, 1)),  # no epoch of the new loss is there yet
        ([(4, {"beta": 4.0}), (8, {"beta": 2.0}), (9, {"beta": 1.0})], (40.0, 4)),
    ],
    ids=["loss", "within an epoch", "rate", "nothing behind", "several"],
)
def test_behind_a_change_of_the_loss_the_best_is_looked_for_anew(tmp_path, changes, best):
    path = make_run(tmp_path, losses=[9.0, 1.0, 30.0, 50.0, 40.0])
    (path / "changes.jsonl").write_text(as_text([Change(*each) for each in changes]))
    assert best_validation(str(path)) == (4, *best)


def test_changes_that_cannot_be_read_leave_the_best_of_all(tmp_path):
    path = make_run(tmp_path, losses=[9.0, 1.0, 30.0])
    (path / "changes.jsonl").write_text("no json")
    assert best_validation(str(path)) == (2, 1.0, 1)


def test_damaged_and_half_written_rows_are_passed_over(tmp_path):
    path = make_run(tmp_path)
    with open(path / "metrics.csv", "a") as file:
        file.write("x,8,validation,loss,1\n3,12,validation,loss,\n,validation,loss,\n4,16,validation,loss,0.1")
    assert best_validation(str(path)) == (2, 20.0, 1)


def test_a_file_of_one_endless_row_takes_no_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(listed, "CHUNK", 1000)
    (tmp_path / "metrics.csv").write_bytes(b"x" * 100_000 + b"\n1,1,validation,loss,7\n")
    assert best_validation(str(tmp_path)) == (1, 7.0, 1)


def test_a_file_that_is_far_too_large_is_not_looked_through(tmp_path):
    folder = make_run(tmp_path)
    os.truncate(folder / "metrics.csv", 100 << 30)
    began = time.monotonic()
    assert "metrics.csv: is larger than 1 GiB" in read(folder).told
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among files")
def test_pipes_are_not_waited_for(tmp_path):
    folder = make_run(tmp_path)
    for name in ("metrics.csv", "ended.json"):
        (folder / name).unlink()
        os.mkfifo(folder / name)
    assert "ended.json: is damaged" in read(folder).told


# Being trained


def age(folder, seconds):
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (time.time() - seconds,) * 2)


def test_a_run_without_an_end_is_being_trained_while_it_is_written(tmp_path):
    folder = make_run(tmp_path, outcome="")
    assert is_written(str(folder), read(folder))
    age(folder, 100)
    assert not is_written(str(folder), read(folder))
    assert read(folder).state == "no end"


def test_words_about_it_are_no_training(tmp_path):
    folder = make_run(tmp_path, outcome="")
    age(folder, 100)
    before = os.stat(folder).st_mtime_ns
    write_about(folder, title="x")
    os.utime(folder, ns=(before, before))
    assert not is_written(str(folder), read(folder))


def test_names_are_shown_on_one_line_and_in_their_own_direction():
    assert printable("a\nb\u202egnp.exe\udc80") == r"a\nb\u202egnp.exe\udc80"
    assert printable("β-VAE, 数字, עברית") == "β-VAE, 数字, עברית"
