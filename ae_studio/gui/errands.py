"""What the window does that has to do with no run: data sets, models of the user's own, the doctor.

In a thread of its own, so that a download of minutes holds back no run that is opened meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ae_studio.data.catalog import DATASETS, on_disk
from ae_studio.gui.worker import Worker
from ae_studio.paths import data_root

if TYPE_CHECKING:
    from ae_studio.data.download import DownloadProgress
    from ae_studio.data.preview import Preview


class Errands(QObject):
    """Sent by the window, one of each kind at a time.

    Signals:
        disk_looked_at(there): each data set's name, and whether it is on this machine.
        download_progressed(done, total, text), download_ended(error): the error is empty when all is there.
        preview_ready(Preview): what a data set holds.
        examined(healthy, text): what is installed here, what is missing, what to do.
        model_ready(name): a model of the user's own was loaded.
        errand_failed(kind, message, details): "data", "model" or "doctor" failed.
    """

    disk_looked_at = Signal(object)
    download_progressed = Signal(object, object, str)
    download_ended = Signal(str)
    preview_ready = Signal(object)
    examined = Signal(bool, str)
    model_ready = Signal(str)
    errand_failed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def end(self) -> None:
        """Cancels a download, and waits for the thread."""
        self.cancel_download()
        self._worker.end()

    def look_at_disk(self) -> None:
        """Which data sets are on this machine."""
        root = data_root()
        self.disk_looked_at.emit({name: on_disk(name, root) for name in DATASETS})

    def preview_data(self, name: str, validation_fraction: float) -> None:
        self._worker.request("data", partial(_preview, name, validation_fraction))

    def examine(self) -> None:
        self._worker.request("doctor", _examine)

    def load_model(self, name: str) -> None:
        """A file that the user lets run, or a model of an installed package."""
        self._worker.request("model", partial(_load_model, name))

    def download(self, name: str) -> None:
        self._cancelled = False
        self._worker.request("download", partial(_download, name, self._report, lambda: self._cancelled))

    def cancel_download(self) -> None:
        self._cancelled = True

    def _report(self, progress: DownloadProgress) -> None:
        text = f"{progress.file} ({progress.file_index + 1} of {progress.files})"
        self.download_progressed.emit(progress.bytes_done, progress.bytes_total, text)

    def _take_result(self, kind: str, result: Any) -> None:
        if kind == "data":
            self.preview_ready.emit(result)
        elif kind == "download":
            self.download_ended.emit("")
        elif kind == "model":
            self.model_ready.emit(result)
        elif kind == "doctor":
            self.examined.emit(*result)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        if kind == "download":
            self.download_ended.emit(message)
        else:
            self.errand_failed.emit(kind, message, details)


def _load_model(name: str) -> str:
    from ae_studio.models.own import load

    return load(name).name


def _examine() -> tuple[bool, str]:
    from ae_studio.doctor import as_text, examine, healthy

    findings = examine()
    return healthy(findings), as_text(findings)


def _preview(name: str, validation_fraction: float) -> Preview:
    from ae_studio.data.images import load
    from ae_studio.data.preview import preview

    return preview(load(name, validation_fraction=validation_fraction))


def _download(name: str, report: Callable[[DownloadProgress], None], cancelled: Callable[[], bool]) -> None:
    from ae_studio.data.download import DownloadCancelled, download

    try:
        download(name, data_root(), report, cancelled)
    except DownloadCancelled:
        raise RuntimeError("Cancelled; what was fetched is kept, and the next download goes on from there.") from None
