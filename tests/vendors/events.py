"""Server-sent events as a simple client writes and reads them."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple


class Told(NamedTuple):
    """One event with data; `name` is the `event:` line's, "" for none."""

    name: str
    data: str

    def json(self) -> Any:
        """Read the data as JSON."""
        return json.loads(self.data)


def event(document: Any, name: str = "") -> bytes:
    """Write an event with a document as vendors write them: one line of compact JSON."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def events(raw: bytes) -> Iterator[Told]:
    """Read the events of a stream that have data; what comes after the last blank line is no event."""
    *blocks, _ = raw.decode("utf-8", "replace").replace("\r\n", "\n").split("\n\n")
    for block in blocks:
        fields = [line.partition(":")[::2] for line in block.split("\n")]
        data = [value.removeprefix(" ") for field, value in fields if field == "data"]
        names = [value.strip() for field, value in fields if field == "event"]
        if data:
            yield Told(names[-1] if names else "", "\n".join(data))


def documents(raw: bytes) -> list[Any]:
    """Read the events that are JSON."""
    return [one.json() for one in events(raw) if one.data != "[DONE]"]
