"""What there is to read in a chat: every string that is not a word of the format."""

import pytest

from detectors.serving.api.chat_parts import parts_of

CALLED = {"name": "f", "arguments": "{}"}
PICTURE = {"type": "image_url", "image_url": {"url": "https://example.com/"}}


@pytest.mark.parametrize(
    ("message", "texts"),
    [
        ({"role": "user", "content": "hello"}, {"content": "hello"}),
        ({"role": "user", "content": None}, {}),
        ({"role": "user", "name": "ann", "content": "hello"}, {"name": "ann", "content": "hello"}),
        ({"role": "user", "content": [{"type": "text", "text": "a"}]}, {"content[0].text": "a"}),
        ({"role": "assistant", "refusal": "no"}, {"refusal": "no"}),
        ({"role": "assistant", "content": [{"type": "refusal", "refusal": "no"}]}, {"content[0].refusal": "no"}),
        ({"role": "tool", "tool_call_id": "call_1", "content": "done"}, {"content": "done"}),
        (
            {"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": CALLED}]},
            {"tool_calls[0].function.name": "f", "tool_calls[0].function.arguments": "{}"},
        ),
        ({"role": "user", "reasoning": {"deep": ["thought"]}}, {"reasoning.deep[0]": "thought"}),
        ({"role": "not a word of the format"}, {"role": "not a word of the format"}),
        ({"role": "user", "id": "words, not an id"}, {"id": "words, not an id"}),
    ],
)  # fmt: skip
def test_texts_of_a_message(message, texts):
    found, others = parts_of([{}, message], [])
    assert dict(found) == {f"messages[1].{name}": text for name, text in texts.items()}
    assert others == []


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (PICTURE, "modality.image_url"),
        ({"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}}, "modality.input_audio"),
        ({"type": "file", "file": {"file_id": "f"}}, "modality.file"),
        ({"type": "a long story that is no type"}, "modality"),
    ],
)
def test_what_is_no_text_is_named_and_not_read(part, said):
    texts, others = parts_of([{"role": "user", "content": [{"type": "text", "text": "a"}, part]}], [])
    assert texts == [("messages[0].content[0].text", "a")]
    assert others == [("messages[0].content[1]", said)]


def test_tools_are_read_with_their_schemas():
    schema = {"type": "object", "properties": {"to": {"type": "string", "description": "whom"}}}
    tool = {"type": "function", "function": {"name": "send", "description": "sends", "parameters": schema}}
    texts, _ = parts_of([], [tool])
    assert dict(texts) == {
        "tools[0].function.name": "send",
        "tools[0].function.description": "sends",
        "tools[0].function.parameters.properties.to.description": "whom",
    }
