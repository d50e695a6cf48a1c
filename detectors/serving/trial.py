"""A model is tried before it is asked for: a full window must go through, and come out as numbers."""

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import ModelFiles
from detectors.serving.ports import TextModel
from detectors.serving.reading import UNDECIDED, read_now

WORDS = "the quick brown fox jumps over the lazy dog and so it goes on , as a text does . "


def try_window(model: TextModel, files: ModelFiles, window: int) -> None:
    """Read ordinary words that fill a window.

    Raises:
        ModelUnusable: that raises, or gives no numbers; the model is closed then.
    """
    try:
        (answer,) = read_now(model, [WORDS * (1 + window // 20)])
    except Exception as exc:  # whatever a model's own code may raise
        model.close()
        raise ModelUnusable(f"{files.folder} can't be run ({type(exc).__name__})") from exc
    if answer.unread == UNDECIDED:
        model.close()
        raise ModelUnusable(
            f"{files.folder} gives no answer to ordinary words: is its prompt or precision the right one?"
        )
