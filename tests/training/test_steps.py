import numpy as np
import pytest
import torch

from ae_studio.training.failures import TrainingDiverged
from ae_studio.training.steps import StepCollector


def collect(losses, images=10):
    collector = StepCollector()
    collector.loss_before_training = 100.0
    for index, loss in enumerate(losses):
        collector.add(index + 1, {"loss": torch.tensor(loss), "kl": torch.tensor(1.0)}, images)
    return collector


def test_a_flush_hands_on_every_step_once():
    collector = collect([3.0, 2.0, 1.0])
    done = collector.flush(epoch=1)
    assert done.steps.tolist() == [1, 2, 3]
    assert done.terms["loss"].tolist() == [3.0, 2.0, 1.0]
    assert collector.flush(epoch=1) is None


def test_what_is_handed_on_cannot_be_written_to():
    done = collect([3.0]).flush(epoch=1)
    assert not done.steps.flags.writeable
    assert not done.terms["loss"].flags.writeable


def test_means_weigh_a_smaller_last_batch_less():
    collector = StepCollector()
    collector.add(1, {"loss": torch.tensor(1.0)}, 30)
    collector.add(2, {"loss": torch.tensor(5.0)}, 10)
    collector.flush(epoch=1)
    assert collector.means()["loss"] == pytest.approx(2.0)


@pytest.mark.parametrize("before", [100.0, float("inf")])
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_no_number_is_found_and_named_with_its_step(bad, before):
    collector = collect([3.0, bad, 1.0])
    collector.loss_before_training = before
    with pytest.raises(TrainingDiverged, match=f"The loss became {bad} at step 2"):
        collector.check(collector.flush(epoch=1))


def test_a_single_spike_is_no_explosion():
    collector = collect([3.0, 1e9, 3.0])
    collector.check(collector.flush(epoch=1))


def test_a_loss_beyond_every_scale_is_an_explosion():
    collector = collect([1e6, 1e7, 1e8])
    with pytest.raises(TrainingDiverged, match="exploded"):
        collector.check(collector.flush(epoch=1))


def test_steps_are_kept_as_tensors_until_the_flush():
    terms = {"loss": torch.tensor(2.0, requires_grad=True) * 3}
    collector = StepCollector()
    collector.add(1, terms, 1)
    done = collector.flush(epoch=1)
    assert isinstance(done.terms["loss"], np.ndarray)


def test_another_scale_begins_with_what_comes_next_and_holds_from_there_on():
    collector = collect([3.0])
    collector.check(collector.flush(epoch=1))
    collector.begin_another_scale()
    for first, losses in ((2, [5e5, 4e5]), (4, [6e5])):  # beyond the old scale of 100, but not beyond 5e5
        for step, loss in enumerate(losses, start=first):
            collector.add(step, {"loss": torch.tensor(loss)}, 10)
        collector.check(collector.flush(epoch=1))
    assert collector.loss_before_training == 5e5
    collector.add(5, {"loss": torch.tensor(6e8)}, 10)
    with pytest.raises(TrainingDiverged, match="exploded: 6e"):
        collector.check(collector.flush(epoch=1))


def test_no_number_is_none_of_another_scale_either():
    collector = collect([float("nan")])
    collector.begin_another_scale()
    with pytest.raises(TrainingDiverged, match="The loss became nan"):
        collector.check(collector.flush(epoch=1))
