"""What only an NVIDIA GPU can show. Elsewhere each of these is reported as skipped."""

import numpy as np
import pytest
import torch

from ae_studio.data.batches import Armful, TrainBatches, place
from ae_studio.data.mapped import MappedImages
from ae_studio.data.pinned import PinnedBatches
from ae_studio.events import EpochDone, RunStarted
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete
from ae_studio.training.module import TrainingModule
from ae_studio.training.train import train

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device"),
]
SMALL = {"data": "digits", "epochs": 2, "settings": {"hidden": "32"}, "precision": "32"}


def epochs(tmp_path, device, **values):
    events = []
    ended = train(complete({**SMALL, **values, "device": device}), events.append, out=tmp_path / device)
    assert ended.outcome == "finished", ended.reason
    assert isinstance(events[0], RunStarted)
    return [event for event in events if isinstance(event, EpochDone)]


def test_a_linear_model_learns_the_same_as_on_the_cpu(tmp_path):
    """No noise in it: only the order of sums differs."""
    here, there = (epochs(tmp_path, device, model="linear", settings={}) for device in ("cuda", "cpu"))
    for ours, theirs in zip(here, there, strict=True):
        assert ours.validation["loss"] == pytest.approx(theirs.validation["loss"], rel=1e-3)


@pytest.mark.parametrize("network", ["mlp", "conv"])
@pytest.mark.parametrize("precision", ["32", "bf16"])
def test_a_vae_learns(tmp_path, network, precision):
    done = epochs(tmp_path, "cuda", settings={"network": network}, precision=precision)
    assert done[-1].validation["loss"] < done[0].validation["loss"]
    assert np.isfinite(done[-1].look.codes).all()
    assert done[-1].look.decoder(done[-1].look.codes[:3]).shape == (3, 8, 8)


def test_a_small_data_set_lives_on_the_device_and_a_large_ones_batches_are_pinned(monkeypatch):
    images = torch.zeros(64, 1, 8, 8, dtype=torch.uint8)
    assert place(images, torch.device("cuda")).is_cuda
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (images.nbytes, images.nbytes))
    batch = place(images, torch.device("cuda")).index_select(0, torch.arange(8))
    assert not batch.is_cuda
    assert batch.is_pinned()


@pytest.fixture(params=["in memory", "mapped"])
def outside(request, tmp_path):
    """Images that do not live on the device, and all of them: 4,096 of 16 kB."""
    images = np.random.default_rng(0).integers(0, 256, (4096, 1, 128, 128), np.uint8)
    if request.param == "in memory":
        return PinnedBatches(torch.from_numpy(images)), images
    np.save(tmp_path / "images.npy", images)
    return MappedImages(np.load(tmp_path / "images.npy", mmap_mode="r"), pinned=True), images


def test_a_batch_is_copied_while_the_device_computes(outside):
    """The copy is asked for and the program goes on, though the device is busy for a good while yet."""
    batch = outside[0].index_select(0, torch.arange(1024))
    batch.to("cuda", non_blocking=True)  # whatever the first copy sets up
    busy = torch.cuda.Event()
    torch.cuda._sleep(2_000_000_000)  # cycles: about a second
    busy.record()
    copied = batch.to("cuda", non_blocking=True)
    assert not busy.query(), "the copy waited for the device"
    assert torch.equal(copied.cpu(), batch)


def test_no_batch_is_overwritten_before_the_device_has_it(outside):
    """Chunks are gathered and let go while the device is busy: their memory must not be gathered into anew."""
    images, all_of_them = outside
    batches = TrainBatches(images, np.zeros(4096, np.int64), np.arange(4096), batch_size=256, seed=0, chunk=1)

    def copied():
        return [chunk.to("cuda", non_blocking=True) for armful in batches for chunk, _, _ in armful]

    copied()  # now all the memory is there: to ask the system for some may wait for the device
    torch.cuda._sleep(2_000_000_000)
    copies = copied()
    order = torch.randperm(4096, generator=torch.Generator().manual_seed(0))
    assert torch.equal(torch.cat(copies).cpu(), torch.from_numpy(all_of_them)[order])


def test_a_step_never_waits_for_the_device():
    config = complete({**SMALL, "batch_size": 8})
    observer = type("Quiet", (), {"before_step": lambda self: None, "after_step": lambda self, *told: None})()
    module = TrainingModule(build_model(config, (1, 8, 8)), config, 3, observer).cuda()
    adam = torch.optim.Adam(module.parameters(), lr=0.01, fused=True)
    module.optimizers = lambda use_pl_optimizer=False: adam
    images = torch.randint(0, 256, (32, 1, 8, 8), dtype=torch.uint8, device="cuda")
    chunk = (images, torch.zeros(32, dtype=torch.int64, device="cuda"), 32)
    module.training_step(Armful(iter([chunk])), 0)  # the first makes Adam's state
    torch.cuda.set_sync_debug_mode("error")
    try:
        module.training_step(Armful(iter([chunk])), 1)
    finally:
        torch.cuda.set_sync_debug_mode("default")
