"""The encoder as one of the service's models, whatever runs it: `ports.TextModel`."""

from collections.abc import Mapping, Sequence

from detectors.encoder.detector import says_something
from detectors.encoder.format import ENTITIES, LABELS
from detectors.encoder.model import Encoder, Logits
from detectors.encoder.pieces import Piece
from detectors.encoder.reading import TextReading
from detectors.placing import LEFT_TO_PATTERNS
from detectors.serving.ports import Answer, Found


class EncoderTask:
    """One text on its way through the encoder: `ports.Task`. Not thread-safe."""

    def __init__(self, encoder: Encoder, text: str) -> None:
        self._reading = TextReading(encoder, text)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to run any more and every answer was taken."""
        return self._reading.is_done

    def more(self) -> Sequence[Piece]:
        """Give pieces of about a thousand tokens; none while answers are missing, or when it is done."""
        return self._reading.more()

    def take(self, piece: Piece, answer: Logits) -> None:
        """Take the model's answer for one of the pieces."""
        self._reading.take(piece, answer)

    def result(self) -> Answer:
        """Give what was found. Ask when it is done."""
        reading = self._reading.result()
        spans = tuple(Found(*span) for span in reading.spans)
        scores = dict(zip(LABELS, map(float, reading.scores), strict=True))
        return Answer(spans, scores, reading.unread)


class EncoderModel:
    """Reads as a gateway's own encoder does: a text without any letter is not read, and scores nothing."""

    labels = frozenset((*LABELS, *ENTITIES))
    left_to_patterns = LEFT_TO_PATTERNS

    def __init__(self, name: str, encoder: Encoder) -> None:
        self.name = name
        self.version = encoder.version
        self.held_bytes = encoder.held_bytes
        self.is_packed = not encoder.is_padded
        self._encoder = encoder

    @property
    def thresholds(self) -> Mapping[str, float]:
        """The shipped thresholds."""
        return {label: self._encoder.calibration.threshold(label) for label in (*LABELS, *ENTITIES)}

    def begin(self, text: str) -> EncoderTask:
        """Begin to read a text."""
        return EncoderTask(self._encoder, text if says_something(text) else "")

    def run(self, pieces: Sequence[Piece]) -> Sequence[Logits]:
        """Run pieces of any tasks in as few runs as the encoder can."""
        answers: dict[int, Logits] = {}
        for batch in self._encoder.batches([len(piece) for piece in pieces]):
            answers |= zip(batch, self._encoder.run([pieces[place].tokens for place in batch]), strict=True)
        return [answers[place] for place in range(len(pieces))]

    def close(self) -> None:
        """Give its memory back."""
        self._encoder.close()
