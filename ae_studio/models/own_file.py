"""A model of one's own as a file: read, never run. Knows no torch."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from ae_studio.config import ConfigError
from ae_studio.models.trust import fingerprint, is_trusted, trust, trusted_at

MAX_BYTES = 1 << 20  # of a file; a model is some kilobytes, and what is larger is no model
COPY = "model.py"  # a run folder's copy of the file that it was trained with


class NotTrusted(ConfigError):
    """A file whose content this user has not yet let run."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's content at one moment: what is trusted, run, kept in the run folder and quoted in errors."""

    path: Path
    content: bytes
    sha256: str

    @property
    def trusted(self) -> bool:
        return is_trusted(self.sha256)

    @property
    def text(self) -> str:
        """For people to read."""
        return self.content.decode("utf-8", errors="replace")

    def trust(self) -> None:
        trust(self.sha256, self.path)


def names_a_file(model: str) -> bool:
    """Whether a model's name is the path of a Python file."""
    return model.lower().endswith(".py")


def absolute(path: str | Path) -> Path:
    """So that a run finds its file from anywhere."""
    return Path(path).expanduser().absolute()


def read_source(path: str | Path) -> Source:
    """Raises :class:`~ae_studio.config.ConfigError` that says why it cannot be read."""
    path = absolute(path)
    try:
        if path.is_dir():
            raise ConfigError(f"{path}: is a folder; name the Python file in it that holds the model")
        if path.exists() and not path.is_file():  # a pipe, say, which would be waited for
            raise ConfigError(f"{path}: is no ordinary file")
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file") from None
    except (OSError, ValueError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > MAX_BYTES:
        raise ConfigError(f"{path}: is larger than {MAX_BYTES // 1024:,} KiB, which no file with a model is")
    return Source(path, content, fingerprint(content))


def trust_file(path: str | Path) -> Source:
    """For a file that the user has named to be run."""
    source = read_source(path)
    source.trust()
    return source


def refuse_untrusted(source: Source, *, changed: bool = False) -> None:
    """Raises :class:`NotTrusted` where the user has not let this content run; ``changed``: but an earlier one of it."""
    if not source.trusted and changed:
        raise NotTrusted(f"{source.path.name} has changed since it was opened: press Reload under the model")
    if not source.trusted:
        raise NotTrusted(
            f"{source.path}: is Python code that has not been run here as it is now. Read it; if you trust it, name it "
            "on the command line (ae-studio train --model FILE), or open it in the window"
        )


def kept_file(run: Path, sha256: str = "") -> Path | None:
    """The file with a run's model: the one that was trained with, where it is still the same, else the run's copy.

    None where the run keeps no copy, or the copy is not of this fingerprint. Reads only the copy and a file that the
    user has trusted, never a path that stands in a run folder from elsewhere.
    """
    copy = run.absolute() / COPY
    if not sha256:
        try:
            sha256 = read_source(copy).sha256
        except ConfigError:
            return None
    original = trusted_at(sha256)
    return next((path for path in (original, copy) if path is not None and _holds(path, sha256)), None)


def _holds(path: Path, sha256: str) -> bool:
    try:
        return read_source(path).sha256 == sha256
    except ConfigError:
        return False


def place(error: BaseException, file: str = "") -> str:
    """``my_model.py, line 31: `z = self.encoder(x)```: the innermost line of this file, else of all, with its text."""
    frames = traceback.extract_tb(error.__traceback__)
    chosen = [frame for frame in frames if frame.filename == file] or list(frames)
    if not chosen:
        return "no line known"
    frame = chosen[-1]
    text = f": `{frame.line}`" if file and frame.filename == file and frame.line else ""
    return f"{Path(frame.filename).name}, line {frame.lineno}{text}"
