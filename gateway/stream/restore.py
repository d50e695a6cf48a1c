"""Write what the client gets of an event: its own bytes, with the personal values back in place."""

from collections.abc import Iterable, Mapping

from gateway.dialects.event import Delta, StreamEvent
from gateway.dialects.slot import Kind, Path
from gateway.stream.ports import DialectStream, GrowingText, Restorer
from gateway.stream.whole import WholeText


class RestoringWriter:
    """Turns cleared events into bytes. Events of one choice must come in their order.

    `json_text`: the answers are JSON documents in pieces, so what is put back into them is escaped for that.
    """

    __slots__ = ("_json_text", "_restorer", "_stream", "_texts")

    def __init__(self, stream: DialectStream, restorer: Restorer, *, json_text: bool = False) -> None:
        self._stream = stream
        self._restorer = restorer
        self._json_text = json_text
        self._texts: dict[int, dict[str, GrowingText]] = {}

    def write(self, event: StreamEvent, wholes: Mapping[str, WholeText]) -> bytes:
        """Give the bytes of an event. What restoring held back of a choice goes before the end of that choice."""
        if len(event.deltas) == 1 and not (event.held or event.extras or event.finished):
            return self._write_one(event, event.deltas[0])
        new: dict[Path, str] = {}
        last: dict[str, Path] = {}
        for delta in event.deltas:
            if delta.whole:
                new[delta.path] = wholes[delta.slot].release(self._restorer)
            else:
                new[delta.path] = self._text(delta.choice, delta.slot).feed(delta.text)
                last[delta.slot] = delta.path
        before = []
        for slot, tail in [tail for choice, _ in event.finished for tail in self._tails(choice)]:
            if slot in last:
                new[last[slot]] += tail
            else:
                before.append(self._stream.text_event(slot, tail))
        changed = {delta.path: text for delta in event.deltas if (text := new[delta.path]) != delta.text}
        self._restore_extras(event, changed)
        return b"".join([*before, self._stream.render(event, changed)])

    def flush(self, choices: Iterable[int]) -> bytes:
        """Give what restoring held back of these choices."""
        tails = [tail for choice in choices for tail in self._tails(choice)]
        return b"".join(self._stream.text_event(slot, tail) for slot, tail in tails)

    def _write_one(self, event: StreamEvent, delta: Delta) -> bytes:
        """Write the ordinary event: a piece of one text, and nothing else."""
        new = self._text(delta.choice, delta.slot).feed(delta.text)
        return self._stream.render(event, {delta.path: new} if new != delta.text else {})

    def _text(self, choice: int, slot: str) -> GrowingText:
        texts = self._texts.setdefault(choice, {})
        if slot not in texts:
            texts[slot] = self._restorer.stream(escaped=self._json_text and self._stream.is_answer(slot))
        return texts[slot]

    def _tails(self, choice: int) -> list[tuple[str, str]]:
        texts = self._texts.get(choice, {})
        return [(slot, tail) for slot, text in texts.items() if (tail := text.finish())]

    def _restore_extras(self, event: StreamEvent, changed: dict[Path, str]) -> None:
        for extra in event.extras:
            if extra.kind is Kind.TEXT and (new := self._restorer.text(extra.text)) != extra.text:
                changed[extra.path] = new
