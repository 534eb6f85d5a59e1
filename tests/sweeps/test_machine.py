import pytest

from ae_studio.sweeps.machine import Machine, find_machine
from ae_studio.training.defaults import complete


def test_trainings_at_once_share_the_cores(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    machine = Machine(cores=4)
    assert machine.environment(1) == {}
    assert machine.environment(2) == {"OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"}
    assert machine.environment(8)["OMP_NUM_THREADS"] == "1"


def test_the_users_own_number_of_threads_stands(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    assert Machine(cores=4).environment(2) == {"MKL_NUM_THREADS": "2"}


def test_on_the_cpu_one_is_usual_and_as_many_as_cores_are_allowed():
    machine = Machine(cores=8)
    assert (machine.usual_workers, machine.most_workers) == (1, 8)
    assert "longer each" in machine.why_so_many


def test_each_gpu_is_worth_one_and_the_least_used_is_given():
    machine = Machine(("0", "1", "2"), cores=8)
    assert machine.usual_workers == 3
    assert machine.free_gpu([]) == "0"
    assert machine.free_gpu(["0", "1"]) == "2"
    assert machine.free_gpu(["0", "1", "2", "0"]) == "1"
    assert machine.environment(1, "2")["CUDA_VISIBLE_DEVICES"] == "2"


@pytest.mark.parametrize(
    ("values", "takes"), [({}, True), ({"device": "cuda"}, True), ({"device": "cpu"}, False), ({"devices": 2}, False)]
)
def test_only_a_run_on_one_gpu_gets_one_of_its_own(values, takes):
    assert Machine(("0", "1"), 4).takes_gpu(complete(values)) is takes
    assert not Machine((), 4).takes_gpu(complete(values))


def test_the_gpus_are_named_as_the_user_has_named_them(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/nvidia-smi")
    monkeypatch.setattr("ae_studio.training.devices.gpu_count", lambda: 2)
    assert find_machine({}).gpus == ("0", "1")
    assert find_machine({"CUDA_VISIBLE_DEVICES": "4, 6"}).gpus == ("4", "6")
