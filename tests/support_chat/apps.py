"""The same app twice, on OpenAI's SDK and on Anthropic's: it keeps the history, runs the tools, shows the answer.

Each reads requests and writes replies for the scripted provider, too, plain or streamed, cut at odd places.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, Protocol

import anthropic
import openai

from tests.message_streams import MESSAGE, START, STOP, begin, call, end, finish, give, say
from tests.scripted import DONE, STREAM_HEAD, Script, event, response
from tests.scripted import reply as completion
from tests.support_chat.model import Said
from tests.support_chat.story import TOOLS

Run = Callable[[str, Any], Any]
"""Runs a tool: its name and arguments, and gives its result."""

_PIECE: Final = 7
_MODEL: Final = "support-1"


class App(Protocol):
    """An app of the support desk."""

    api: str

    def ask(self, gateway: str, key: str, text: str, run: Run) -> str:
        """Ask through this gateway, run the tools that the model wants, and give its answer."""
        ...

    def answer(self, body: bytes, said: Said) -> Script:
        """Write what the provider answers to this request."""
        ...


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


class OpenAIApp:
    """On Chat Completions."""

    api = "openai"

    def __init__(self, *, streams: bool) -> None:
        self._streams = streams
        self._history: list[Any] = [{"role": "system", "content": "You are the support desk of a shop."}]

    def ask(self, gateway: str, key: str, text: str, run: Run) -> str:
        """Ask; see `App`."""
        self._history.append({"role": "user", "content": text})
        with openai.OpenAI(base_url=f"{gateway}/v1", api_key=key, timeout=20, max_retries=0) as client:
            while calls := (message := self._message(client)).tool_calls:
                self._history.append(message.to_dict())
                for one in calls:
                    result = run(one.function.name, json.loads(one.function.arguments))
                    content = result if isinstance(result, str) else json.dumps(result)
                    self._history.append({"role": "tool", "tool_call_id": one.id, "content": content})
        self._history.append({"role": "assistant", "content": message.content})
        return message.content or ""

    def answer(self, body: bytes, said: Said) -> Script:
        """Answer; see `App`."""
        if not json.loads(body).get("stream"):
            return [response(_whole(said))]
        return [STREAM_HEAD, *_chunks(said), DONE]

    def _message(self, client: openai.OpenAI) -> Any:
        tools: Any = [{"type": "function", "function": _described(name, "parameters")} for name in TOOLS]
        asked: dict[str, Any] = {"model": _MODEL, "messages": self._history, "tools": tools}
        if not self._streams:
            return client.chat.completions.create(**asked).choices[0].message
        with client.chat.completions.stream(**asked) as stream:
            return stream.get_final_completion().choices[0].message


class AnthropicApp:
    """On Messages."""

    api = "anthropic"

    def __init__(self, *, streams: bool) -> None:
        self._streams = streams
        self._history: list[Any] = []

    def ask(self, gateway: str, key: str, text: str, run: Run) -> str:
        """Ask; see `App`."""
        self._history.append({"role": "user", "content": text})
        with anthropic.Anthropic(base_url=gateway, api_key=key, timeout=20, max_retries=0) as client:
            while (message := self._message(client)).stop_reason == "tool_use":
                results = [
                    {"type": "tool_result", "tool_use_id": block.id, "content": _told(run(block.name, block.input))}
                    for block in message.content
                    if block.type == "tool_use"
                ]
                self._history += _turns(message, {"role": "user", "content": results})
        self._history += _turns(message)
        return "".join(block.text for block in message.content if block.type == "text")

    def answer(self, body: bytes, said: Said) -> Script:
        """Answer; see `App`."""
        reason = "tool_use" if said.tool else "end_turn"
        if not json.loads(body).get("stream"):
            return [response({**MESSAGE, "content": [_block(said)], "stop_reason": reason})]
        if said.tool:
            pieces = [call(name=said.tool), *map(give, _pieces(said.arguments))]
        else:
            pieces = [begin(text=""), *map(say, _pieces(said.text))]
        return [STREAM_HEAD, START, *pieces, end(), finish(reason), STOP]

    def _message(self, client: anthropic.Anthropic) -> Any:
        asked: dict[str, Any] = {
            "model": _MODEL,
            "max_tokens": 500,
            "system": "You are the support desk of a shop.",
            "messages": self._history,
            "tools": [_described(name, "input_schema") for name in TOOLS],
        }
        if not self._streams:
            return client.messages.create(**asked)
        with client.messages.stream(**asked) as stream:
            return stream.get_final_message()


def texts(value: Any) -> Iterator[str]:
    """Give all texts of a JSON document in their order, those inside of JSON texts as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def _described(name: str, schema: str) -> dict[str, Any]:
    return {"name": name, "description": f"Use {name}.", schema: {"type": "object", "properties": TOOLS[name]}}


def _told(result: Any) -> str:
    return result if isinstance(result, str) else json.dumps(result)


def _turns(message: Any, *more: Any) -> Sequence[Any]:
    return [{"role": "assistant", "content": [block.to_dict() for block in message.content]}, *more]


def _block(said: Said) -> dict[str, Any]:
    if said.tool:
        return {"type": "tool_use", "id": "toolu_0", "name": said.tool, "input": json.loads(said.arguments)}
    return {"type": "text", "text": said.text}


def _whole(said: Said) -> dict[str, Any]:
    whole = completion(said.text)
    if said.tool:
        function = {"name": said.tool, "arguments": said.arguments}
        calls = [{"id": "call_0", "type": "function", "function": function}]
        message = {"role": "assistant", "content": None, "tool_calls": calls}
        whole["choices"] = [{"index": 0, "message": message, "finish_reason": "tool_calls"}]
    return whole


def _chunks(said: Said) -> Iterator[bytes]:
    if not said.tool:
        yield from (event({"content": piece}) for piece in _pieces(said.text))
        yield event({}, "stop")
        return
    first = {"index": 0, "id": "call_0", "type": "function", "function": {"name": said.tool, "arguments": ""}}
    yield event({"role": "assistant", "tool_calls": [first]})
    for piece in _pieces(said.arguments):
        yield event({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
    yield event({}, "tool_calls")
