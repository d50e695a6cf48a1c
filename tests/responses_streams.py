"""Streamed responses as providers send them."""

import json
from collections.abc import Iterator
from typing import Any

MESSAGE = "msg_68a1f0c2d4e6"
CALL = "fc_68a1f0c2d4e7"


class Script:
    """Writes the events of one response, numbered as they come."""

    def __init__(self, response_id: str = "resp_68a1f0c2d4e5", **more: Any) -> None:
        self._number = 0
        self._items: list[dict[str, Any]] = []
        self._response: dict[str, Any] = {
            "id": response_id,
            "object": "response",
            "created_at": 1700000000,
            "status": "in_progress",
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "model": "small-1",
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "metadata": {},
            "store": True,
            **more,
        }

    @property
    def response(self) -> dict[str, Any]:
        """The response as it is after what was written."""
        return {**self._response, "output": self._items}

    def event(self, kind: str, **members: Any) -> bytes:
        """Write one event."""
        document = {"type": kind, "sequence_number": self._number, **members}
        self._number += 1
        return f"event: {kind}\ndata: {json.dumps(document, ensure_ascii=False)}\n\n".encode()

    def begin(self) -> bytes:
        """Write the two events that begin a response."""
        return self._lifecycle("created") + self._lifecycle("in_progress")

    def say(self, *pieces: str) -> Iterator[bytes]:
        """Write a message whose text comes in these pieces."""
        index, text = len(self._items), "".join(pieces)
        where = {"item_id": MESSAGE, "output_index": index, "content_index": 0}
        item = {"id": MESSAGE, "type": "message", "role": "assistant", "status": "in_progress", "content": []}
        yield self.event("response.output_item.added", output_index=index, item=item)
        part = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
        yield self.event("response.content_part.added", **where, part=part)
        for piece in pieces:
            yield self.event("response.output_text.delta", **where, delta=piece, logprobs=[])
        yield self.event("response.output_text.done", **where, text=text, logprobs=[])
        yield self.event("response.content_part.done", **where, part={**part, "text": text})
        yield self._end_item({**item, "status": "completed", "content": [{**part, "text": text}]})

    def call(self, name: str, *pieces: str, call_id: str = "call_1") -> Iterator[bytes]:
        """Write a function call whose arguments come in these pieces."""
        index = len(self._items)
        item = {"id": CALL, "type": "function_call", "status": "in_progress", "name": name, "call_id": call_id}
        yield self.event("response.output_item.added", output_index=index, item={**item, "arguments": ""})
        for piece in pieces:
            yield self.event(
                "response.function_call_arguments.delta", item_id=CALL, output_index=index, delta=piece, obfuscation="x"
            )
        arguments = "".join(pieces)
        yield self.event("response.function_call_arguments.done", item_id=CALL, output_index=index, arguments=arguments)
        yield self._end_item({**item, "status": "completed", "arguments": arguments})

    def end(self, status: str = "completed", **more: Any) -> bytes:
        """Write the event that ends a response."""
        usage = {
            "input_tokens": 12,
            "input_tokens_details": {"cached_tokens": 4},
            "output_tokens": 7,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 19,
        }
        self._response |= {"status": status, "usage": usage, **more}
        return self._lifecycle(status)

    def _end_item(self, item: dict[str, Any]) -> bytes:
        self._items.append(item)
        return self.event("response.output_item.done", output_index=len(self._items) - 1, item=item)

    def _lifecycle(self, name: str) -> bytes:
        return self.event(f"response.{name}", response={**self._response, "output": self._items})


def documents(raw: bytes) -> list[dict[str, Any]]:
    """Read the events of a stream as a simple client does; each must be named after its type."""
    found = []
    for block in raw.split(b"\n\n"):
        if b"data: " in block:
            head, _, data = block.partition(b"data: ")
            document = json.loads(data)
            assert head == f"event: {document['type']}\n".encode()
            found.append(document)
    return found
