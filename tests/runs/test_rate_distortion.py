import pytest

from ae_studio.runs import rate_distortion as module
from ae_studio.runs.library import list_runs
from ae_studio.runs.rate_distortion import FITTED, rate_distortion
from ae_studio.training.live import Change, as_text
from tests.runs.made_runs import edit, make_run


def write(run, *epochs):
    """The validation of each epoch: terms by name."""
    rows = ["epoch,step,split,term,value\n"]
    for epoch, terms in enumerate(epochs):
        rows += [f"{epoch},{epoch},batch,loss,7\n"]
        rows += [f"{epoch},{epoch},validation,{term},{value}\n" for term, value in terms.items()]
    (run / "metrics.csv").write_text("".join(rows))


def terms(loss, reconstruction, kl, mse=0.05):
    return {"loss": loss, "reconstruction": reconstruction, "kl": kl, "mse_per_pixel": mse}


@pytest.fixture
def root(tmp_path):
    run = make_run(tmp_path, "one", model="beta-vae", latent_dim=5, seed=3)
    edit(run, lambda record: record["config"]["settings"].update(beta=4))
    write(run, terms(500, 500, 0), terms(140, 100, 10), terms(150, 90, 15))
    return tmp_path


def found(root, data="digits", **more):
    return rate_distortion(root, list_runs(root).runs, data, **more)


def test_a_run_is_a_point_at_its_last_epoch_or_its_best(root):
    (last,) = found(root).points
    assert (last.rate, last.distortion, last.total, last.epoch) == (15, 90, 105, 2)
    assert (last.model, last.latent_dim, last.beta, last.seed, last.mse) == ("beta-vae", 5, 4.0, 3, 0.05)
    assert last.unit == "nats per image"
    (best,) = found(root, at="best").points
    assert (best.rate, best.distortion, best.epoch) == (10, 100, 1)


@pytest.mark.parametrize(("step", "last_beta", "best"), [(1, 0.5, (0.5, 2)), (2, 4.0, (4.0, 1))], ids=["1", "2"])
def test_a_weight_that_was_changed_is_that_of_the_epoch_and_earlier_losses_are_no_best(root, step, last_beta, best):
    edit(root / "one", lambda record: record.update(steps_per_epoch=1))
    (root / "one" / "changes.jsonl").write_text(as_text([Change(step, {"beta": 0.5})]))
    (at_last,), (at_best,) = found(root).points, found(root, at="best").points
    assert (at_last.beta, at_last.epoch) == (last_beta, 2)
    assert (at_best.beta, at_best.epoch) == best


def test_runs_of_other_data_are_no_points(root):
    make_run(root, "other", data="mnist")
    assert [point.folder for point in found(root).points] == ["one"]
    assert [point.folder for point in found(root, "mnist").points] == ["other"]


def test_a_model_without_kl_is_left_out_with_the_reason(root):
    write(make_run(root, "deep", model="deep"), {"loss": 3, "reconstruction": 3})
    assert "no KL" in found(root).left_out["deep"]


def test_a_run_without_an_epoch_or_a_file_is_left_out_with_the_reason(root):
    write(make_run(root, "young"))
    (make_run(root, "lost") / "metrics.csv").unlink()
    left_out = found(root).left_out
    assert "no epoch" in left_out["young"]
    assert "missing" in left_out["lost"]
    assert "one" not in left_out


def test_each_likelihood_has_its_own_axis(root):
    gaussian = make_run(root, "gaussian")
    edit(gaussian, lambda record: record["config"]["settings"].update(reconstruction="gaussian"))
    make_run(root, "sigma", model="sigma-vae")
    units = {point.folder: point.unit for point in found(root).points}
    assert units == {"one": "nats per image", "gaussian": "squared error per image", "sigma": FITTED}


def test_a_model_that_does_not_say_how_it_measures_is_left_out(root):
    run = make_run(root, "own")
    edit(run, lambda record: record["config"].update(settings={}))
    assert "how this model measures" in found(root).left_out["own"]


def test_what_is_known_is_read_again_only_where_it_has_changed(root, monkeypatch):
    known, read = {}, []
    original = module._read
    monkeypatch.setattr(module, "_read", lambda *given: read.append(given[1].folder) or original(*given))
    found(root, known=known)
    found(root, known=known)
    assert read == ["one"]
    write(root / "one", terms(1, 1, 1), terms(2, 2, 2), terms(3, 3, 3), terms(4, 4, 4))
    assert found(root, known=known).points[0].epoch == 3
    found(root, known=known, at="best")
    assert read == ["one"] * 3


def test_many_are_told_in_parts_and_can_be_left(root, monkeypatch):
    for number in range(5):
        make_run(root, f"run{number}")
    monkeypatch.setattr(module, "TOLD", 2)
    parts = []
    whole = found(root, on_part=parts.append)
    assert [len(part.points) for part in parts] == [2, 4]
    assert [part.unread for part in parts] == [4, 2]
    assert len(whole.points) == 6
    assert whole.unread == 0

    def leave():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found(root, check=leave)


def test_of_very_many_the_newest_are_looked_at(root, monkeypatch):
    newest = make_run(root, "newest")
    edit(newest, lambda record: record.update(started="2027-01-01 00:00:00"))
    monkeypatch.setattr(module, "MOST", 1)
    whole = found(root)
    assert [point.folder for point in whole.points] == ["newest"]
    assert "newest 1 runs" in whole.left_out["one"]
