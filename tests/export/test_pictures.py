import shutil

import numpy as np
import pytest
from PIL import Image

from ae_studio.export.pictures import export_pictures
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

NAMES = ["loss.png", "latent.png", "reconstructions.png", "samples.png"]


@pytest.fixture(scope="module", params=[1, 2, 5])
def folder(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("trained") / "run"
    config = complete({"epochs": 1, "latent_dim": request.param, "settings": {"hidden": "16"}})
    train(config, lambda event: None, out=folder)
    return folder


def test_a_runs_pictures_show_something(folder, tmp_path):
    paths = export_pictures(RecordedRun(folder), tmp_path / "pictures")
    assert [path.name for path in paths] == NAMES
    for path in paths:
        assert np.asarray(Image.open(path)).std() > 1


def test_pictures_go_into_the_run_folder_by_default(folder):
    assert export_pictures(RecordedRun(folder))[0].parent == folder / "pictures"


def test_a_run_with_nothing_to_show_is_refused(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "run")
    shutil.rmtree(copy / "looks")
    with pytest.raises(RunError, match="nothing to draw"):
        export_pictures(RecordedRun(copy))


def test_pictures_of_an_earlier_epoch_show_that_epoch(folder, tmp_path):
    run = RecordedRun(folder)
    first = export_pictures(run, tmp_path / "first", epoch=0)
    last = export_pictures(run, tmp_path / "last")
    for name in NAMES:
        one, other = (np.asarray(Image.open(paths[NAMES.index(name)])) for paths in (first, last))
        assert one.shape != other.shape or not np.array_equal(one, other)


def test_an_epoch_that_is_not_kept_is_refused(folder, tmp_path):
    with pytest.raises(RunError, match="epoch 7; it has looks of 0 to 1"):
        export_pictures(RecordedRun(folder), tmp_path, epoch=7)
