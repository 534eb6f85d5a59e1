import errno

import pytest
import torch

from ae_studio.config import ConfigError, RunConfig
from ae_studio.training.defaults import complete
from ae_studio.training.failures import TrainingDiverged, in_words
from tests.models.own_files import written

CONFIG = complete({"batch_size": 96})


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried to ..."),
    ],
)
def test_out_of_memory_says_what_needs_less(error):
    text = in_words(error, CONFIG)
    assert "Out of memory" in text
    assert "96 images" in text


def test_a_full_disk_and_an_unwritable_file_name_the_place():
    full = OSError(errno.ENOSPC, "No space left on device", "/runs/a/metrics.csv")
    assert in_words(full, CONFIG).startswith("The disk is full (/runs/a/metrics.csv).")
    denied = PermissionError(errno.EACCES, "Permission denied", "/runs/a/config.json")
    assert in_words(denied, CONFIG).startswith("/runs/a/config.json: Permission denied.")


@pytest.mark.parametrize("error", [TrainingDiverged("The loss is NaN at step 7."), ConfigError("lr must be above 0")])
def test_what_is_in_words_already_stays_so(error):
    assert in_words(error, CONFIG) == str(error)


def test_a_bug_names_its_kind_and_its_line():
    def broken():
        return {}["missing"]

    with pytest.raises(KeyError) as caught:
        broken()
    text = in_words(caught.value, CONFIG)
    assert "KeyError: 'missing'" in text
    assert "test_failures.py, line" in text
    assert "log.txt" in text


def test_an_ordinary_runtime_error_is_no_lack_of_memory():
    assert "memory" not in in_words(RuntimeError("mat1 and mat2 shapes cannot be multiplied"), CONFIG)


def test_of_a_model_of_ones_own_the_innermost_line_of_its_file_is_told_with_its_text(tmp_path):
    from ae_studio.models.own import load_file

    path = written(tmp_path)
    model = load_file(path).model_class()((1, 4, 4), 2, None)
    with pytest.raises(RuntimeError) as caught:
        model.terms(torch.zeros(3, 7))
    text = in_words(caught.value, RunConfig(model=str(path)))
    assert "(mine.py, line 20: `return self.encoder(x.flatten(1))`)" in text
    assert "linear.py" in in_words(caught.value, RunConfig()), "torch's own line is the innermost"
