"""A model that says what a test wants it to say, plain or streamed, and an app that asks it with OpenAI's SDK."""

import json
from typing import Any

import openai

from tests.gateways import Gateway
from tests.scripted import DONE, STREAM_HEAD, Scripted, event, reply, response

CLEAN = "Blue, red and yellow are the three primary colours that painters mix all others from."


def words(text: str) -> list[bytes]:
    """Write a text as a model streams it, word by word."""
    return [event({"content": f"{word} "}) for word in text.split()]


END = (event({}, "stop"), DONE)


def say(upstream: Scripted, text: str) -> None:
    """Have the model say this, streamed word by word to whoever wants a stream."""
    streamed = (STREAM_HEAD, *words(text), *END)
    upstream.bodies.clear()
    upstream.answer(lambda body: streamed if json.loads(body).get("stream") else (response(reply(text)),))


def user(text: str, *before: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Write a request in which a user says this after other messages."""
    return {"model": "m", "messages": [*before, {"role": "user", "content": text}], **more}


def ask(started: Gateway, use_case: str, body: dict[str, Any], *, stream: bool = False) -> tuple[str, str]:
    """Make a call; give the text that arrived and the code of what stopped it, "" if nothing did."""
    got: list[str] = []
    try:
        if not stream:
            return started.sdk(use_case).chat.completions.create(**body).choices[0].message.content or "", ""
        for chunk in started.sdk(use_case).chat.completions.create(**body, stream=True):
            got += [choice.delta.content or "" for choice in chunk.choices]
    except openai.APIError as error:
        return "".join(got), str(error.code)
    return "".join(got), ""


def heard(started: Gateway, upstream: Scripted, use_case: str) -> tuple[str, str]:
    """Listen to a stream that waits until its first text is `heard`; give what was said, and how it ended."""
    chunks = started.sdk(use_case).chat.completions.create(**user("Tell me."), stream=True)
    choices = [one.choices[0] for one in upstream.hears(chunks) if one.choices]
    return "".join(choice.delta.content or "" for choice in choices), choices[-1].finish_reason or ""
