"""Where real MNIST lies, which every measurement here is made on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ae_studio.paths import data_root

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "data"


def use_mnist() -> None:
    """Lets ``AE_STUDIO_DATA`` name a folder that holds MNIST: data sets' own, else beside the checkout, as tests do.

    Ends the process with 2 where there is none.
    """
    for root in (data_root(), BESIDE_THE_CHECKOUT):
        if (root / "MNIST" / "raw").is_dir():
            os.environ["AE_STUDIO_DATA"] = str(root)
            return
    sys.stderr.write(f"MNIST is not in {data_root()}: `ae-studio data mnist` fetches it\n")
    sys.exit(2)
