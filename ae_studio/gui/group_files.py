"""Groups in the run's folder, and selections that are taken along. In a thread of its own: a disk may be slow."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.named import named
from ae_studio.gui.worker import Worker
from ae_studio.latent.errors import Errors
from ae_studio.latent.groups import Groups
from ae_studio.latent.scene import Scene

FILTERS = {"csv": "Table (*.csv)", "npz": "NumPy arrays (*.npz)", "png": "Picture (*.png)"}


class GroupFiles(QObject):
    """Reads, writes and exports.

    Signals:
        groups_read(groups): of the run that was opened.
        exported(path)
        failed(message)
    """

    groups_read = Signal(object)
    exported = Signal(object)
    failed = Signal(str)

    def __init__(self, laboratory: Laboratory, window: QWidget) -> None:
        super().__init__(window)
        self._laboratory = laboratory
        self._window = window
        self._run: Path | None = None
        self._damaged = False  # what the run has kept is not to be overwritten
        self._unwritten: tuple[Path, Groups, int] | None = None
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def end(self) -> None:
        """Waits for the thread; what it has not come to is written now."""
        self._worker.end()
        if self._unwritten is not None:
            _write(*self._unwritten)

    # Groups

    def begin(self, run: Path | None, sample: int) -> None:
        """Another run, of whose images so many are in the sample."""
        self._flush()
        self._run, self._damaged = run, False
        self.groups_read.emit(())
        if run is not None and sample:
            self._worker.request("read", partial(_read, run, sample))

    def write(self, groups: Groups) -> None:
        scene = self._laboratory.scene
        if self._run is None or self._damaged or scene is None:
            return
        self._unwritten = (self._run, groups, len(scene.labels))
        self._worker.request("write", partial(_write, *self._unwritten))

    def _flush(self) -> None:
        """The run before is left: what is unwritten of it is not to be overtaken by what the next one writes."""
        if self._unwritten is not None:
            self._worker.request(f"write {self._unwritten[0]}", partial(_write, *self._unwritten))
            self._unwritten = None

    # Export

    def choose_file(self, kind: str, errors: Errors | None) -> None:
        """Asks where to; ``kind`` is "csv", "npz" or "png"."""
        dialog = named(QFileDialog(self._window, "Export the selection", f"selection.{kind}"), "export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.setNameFilter(FILTERS[kind])
        dialog.fileSelected.connect(lambda file: self.export(Path(file), errors))
        dialog.open()

    def export(self, path: Path, errors: Errors | None) -> None:
        """What is selected now; ``errors`` are those of the whole sample, where they are known."""
        scene, selected = self._laboratory.scene, self._laboratory.marks.selected
        if scene is not None and selected:
            self._worker.request("export", partial(_export, scene, selected, errors, path))

    def _take_result(self, kind: str, result: Any) -> None:
        if kind == "read":
            run, groups = result
            if run == self._run and self._unwritten is None:
                self.groups_read.emit(groups)
        elif kind == "export":
            self.exported.emit(result)
        elif self._unwritten is not None and result is self._unwritten[1]:
            self._unwritten = None

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        if kind == "read":
            self._damaged = True
            self.failed.emit(f"The groups of this run cannot be read, and new ones are not kept: {message}")
        elif kind == "export":
            self.failed.emit(f"The selection could not be exported: {message}")
        else:
            self._unwritten = None
            self.failed.emit(f"The groups could not be kept with the run: {message}")


def _read(run: Path, sample: int) -> tuple[Path, Groups]:
    from ae_studio.runs.kept_groups import read_groups

    return run, read_groups(run, sample)


def _write(run: Path, groups: Groups, sample: int) -> Groups:
    from ae_studio.runs.kept_groups import write_groups

    write_groups(run, groups, sample)
    return groups


def _export(scene: Scene, selected: tuple[int, ...], errors: Errors | None, path: Path) -> Path:
    from ae_studio.export.selection import Selected, save
    from ae_studio.latent.groups import read_only

    chosen = read_only(selected)
    some = Selected(
        indices=chosen,
        labels=scene.labels[chosen],
        class_names=scene.class_names,
        codes=scene.codes[chosen],
        errors=None if errors is None else errors[chosen],
        images=None if scene.images is None else scene.images[chosen],
    )
    return save(some, path)
