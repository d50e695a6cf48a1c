"""Write what the client gets of an event: its own bytes, with the personal values back in place."""

from collections.abc import Collection, Mapping

from gateway.dialects.dialect import DialectStream
from gateway.dialects.event import Delta, Repeat, StreamEvent, is_in
from gateway.dialects.slot import Kind, Path
from gateway.stream.ports import GrowingText, Restorer
from gateway.stream.whole import WholeText


class RestoringWriter:
    """Turns cleared events into bytes. Events of one text must come in their order.

    `json_text`: the answers are JSON documents in pieces, so what is put back into them is escaped for that.
    """

    __slots__ = ("_echo", "_json_text", "_restorer", "_stream", "_texts")

    def __init__(self, stream: DialectStream, restorer: Restorer, *, json_text: bool = False) -> None:
        self._stream = stream
        self._restorer = restorer
        self._echo = restorer.uncounted()
        self._json_text = json_text
        self._texts: dict[str, GrowingText] = {}

    def write(self, event: StreamEvent, wholes: Mapping[str, WholeText]) -> bytes:
        """Give the bytes of an event. What restoring held back of a text goes before the end of that text."""
        if len(event.deltas) == 1 and not (event.held or event.extras or event.repeats or event.ends):
            return self._write_one(event, event.deltas[0])
        new: dict[Path, str] = {}
        last: dict[str, Path] = {}
        deltas = [delta for delta in event.deltas if delta.path]
        for delta in deltas:
            if delta.whole:
                new[delta.path] = wholes[delta.slot].release(self._restorer)
            elif delta.kind is not Kind.SEALED:
                new[delta.path] = self._text(delta.slot).feed(delta.text)
                last[delta.slot] = delta.path
        before = []
        for slot, tail in self._tails(event.ends):
            if slot in last:
                new[last[slot]] += tail
            else:
                before.append(self._stream.text_event(slot, tail))
        changed = {delta.path: new[delta.path] for delta in deltas if new.get(delta.path, delta.text) != delta.text}
        self._restore_extras(event, changed)
        changed |= {repeat.path: text for repeat in event.repeats if (text := self._again(repeat)) != repeat.text}
        return b"".join([*before, self._stream.render(event, changed)])

    def flush(self) -> bytes:
        """Give all that restoring held back."""
        return b"".join(self._stream.text_event(slot, tail) for slot, tail in self._tails(None))

    def _write_one(self, event: StreamEvent, delta: Delta) -> bytes:
        """Write the ordinary event: a piece of one text, and nothing else."""
        if delta.kind is Kind.SEALED:
            return self._stream.render(event, {})
        new = self._text(delta.slot).feed(delta.text)
        return self._stream.render(event, {delta.path: new} if new != delta.text else {})

    def _text(self, slot: str) -> GrowingText:
        if slot not in self._texts:
            self._texts[slot] = self._restorer.stream(escaped=self._json_text and self._stream.is_answer(slot))
        return self._texts[slot]

    def _again(self, repeat: Repeat) -> str:
        """Restore a text that says again what grew before, and in the same way."""
        if repeat.kind is Kind.ARGUMENTS:
            return self._echo.embedded(repeat.text)
        is_source = self._json_text and self._stream.is_answer(repeat.slot)
        return self._echo.escaped(repeat.text) if is_source else self._echo.text(repeat.text)

    def _tails(self, groups: Collection[str] | None) -> list[tuple[str, str]]:
        ending = [slot for slot in self._texts if groups is None or is_in(slot, groups)]
        return [(slot, tail) for slot in ending if (tail := self._texts[slot].finish())]

    def _restore_extras(self, event: StreamEvent, changed: dict[Path, str]) -> None:
        for extra in event.extras:
            if extra.kind is Kind.TEXT and (new := self._restorer.text(extra.text)) != extra.text:
                changed[extra.path] = new
        for path, text in event.documents:
            if (new := self._restorer.embedded(text)) != text:
                changed[path] = new
