"""Lightning, importable beside any torch: import it from here and nowhere else."""

from ae_studio.torch_setup import prepare

prepare()

import pytorch_lightning as pl  # noqa: E402
from pytorch_lightning.callbacks import EarlyStopping  # noqa: E402

__all__ = ["EarlyStopping", "pl"]
