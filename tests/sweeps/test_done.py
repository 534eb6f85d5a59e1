from ae_studio.runs.library import list_runs
from ae_studio.sweeps.done import newest_tag, without_done
from ae_studio.sweeps.plan import make_sweep, parse_axes
from tests.sweeps.kept_runs import keep_run

TAG = "sweep beta 2026-11-29 10-00"


def planned():
    axes, _ = parse_axes([("beta", "1,4,16")], "vae")
    return make_sweep({}, axes, (0,), [TAG])


def test_only_what_is_finished_under_the_tag_with_the_very_settings_is_left_out(tmp_path):
    keep_run(tmp_path, "done", TAG, [9, 5], settings={"beta": 1.0}, device="cpu")
    keep_run(tmp_path, "cut off", TAG, [9, 5], outcome="stopped", settings={"beta": 4.0})
    keep_run(tmp_path, "another", TAG, [9, 5], settings={"beta": 16.0}, epochs=3)
    keep_run(tmp_path, "elsewhere", "another sweep", [9, 5], settings={"beta": 4.0})
    left = without_done(planned().runs, TAG, list_runs(tmp_path))
    assert [run.title for run in left] == ["β = 4", "β = 16"]


def test_the_newest_sweep_of_the_same_settings_is_found(tmp_path):
    keep_run(tmp_path, "a", "sweep beta 2026-11-28 10-00", [9, 5])
    keep_run(tmp_path, "b", TAG, [9, 5])
    keep_run(tmp_path, "c", "sweep beta+lr 2026-11-30 10-00", [9, 5])
    listing = list_runs(tmp_path)
    assert newest_tag(listing, planned().axes) == TAG
    assert newest_tag(listing, parse_axes([("lr", "0.1,0.2")], "vae")[0]) == ""
