import subprocess
import sys
import warnings

from ae_studio.lightning import EarlyStopping, pl


def test_lightning_is_there_whatever_torchvision_does():
    assert issubclass(EarlyStopping, pl.Callback)
    assert pl.__version__ not in ("2.6.2", "2.6.3")


def test_it_can_be_imported_first_of_all_without_a_warning():
    code = "from ae_studio.lightning import pl; print(pl.Trainer.__name__)"
    done = subprocess.run([sys.executable, "-W", "default", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "Trainer"
    assert "operator torchvision::nms does not exist" not in done.stderr


def test_nothing_is_printed_when_a_trainer_is_made(capsys, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pl.Trainer(accelerator="cpu", logger=False, enable_checkpointing=False, default_root_dir=tmp_path)
    assert capsys.readouterr().out == ""
