"""Lightning, importable beside any torch: import it from here and nowhere else."""

from ae_studio.torch_setup import prepare

prepare()

import pytorch_lightning as pl  # noqa: E402
from pytorch_lightning.callbacks import EarlyStopping  # noqa: E402
from pytorch_lightning.plugins.environments import (  # type: ignore[attr-defined]  # noqa: E402
    ClusterEnvironment,
    LightningEnvironment,
    SLURMEnvironment,
    TorchElasticEnvironment,
)
from pytorch_lightning.strategies import DDPStrategy  # noqa: E402
from pytorch_lightning.strategies.launchers import _SubprocessScriptLauncher as SubprocessLauncher  # noqa: E402

__all__ = [
    "ClusterEnvironment",
    "DDPStrategy",
    "EarlyStopping",
    "LightningEnvironment",
    "SLURMEnvironment",
    "SubprocessLauncher",
    "TorchElasticEnvironment",
    "pl",
]
