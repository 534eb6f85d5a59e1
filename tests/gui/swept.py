"""Sweeps of two settings that were never trained."""

from ae_studio.sweeps.summary import read_summary
from tests.sweeps.kept_runs import keep_run

TAG = "sweep latent_dim+lr x"


def grid(root, columns, rows, loss, seeds=1, skip=()):
    """``loss(dim, lr, seed)``; a summary with latent dimensions across and learning rates down."""
    for dim in columns:
        for rate in rows:
            for seed in range(seeds if (dim, rate) not in skip else 0):
                keep_run(
                    root, f"{dim}-{rate}-{seed}", TAG, [1e9, loss(dim, rate, seed)], latent_dim=dim, lr=rate, seed=seed
                )
    return read_summary(TAG, root)
