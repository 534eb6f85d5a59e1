from ae_studio.sweeps.job import Job
from ae_studio.sweeps.plan import Planned
from ae_studio.training.defaults import complete


def test_a_job_is_called_by_its_title_or_by_what_is_trained():
    assert Job(1, Planned(complete({}), "β = 4")).name == "β = 4"
    assert Job(1, Planned(complete({"data": "mnist"}))).name == "vae on mnist"


def test_only_a_stopped_run_with_a_whole_epoch_can_go_on(tmp_path):
    job = Job(1, Planned(complete({})), "stopped", run=tmp_path)
    assert not job.can_go_on
    (tmp_path / "last.ckpt").touch()
    assert job.can_go_on
    assert not Job(1, Planned(complete({})), "failed", run=tmp_path).can_go_on
