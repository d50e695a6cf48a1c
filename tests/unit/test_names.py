"""Only the dialects know whose wire they speak; all other code gets what differs as data, or by a method."""

import re
from pathlib import Path

import pytest

GATEWAY = Path(__file__).parents[2] / "gateway"
VENDORS = re.compile(r"openai|anthropic|gemini|claude|gpt|azure|goog", re.IGNORECASE)
TOOL_SERVERS = re.compile(r"mcp", re.IGNORECASE)

FOR_PEOPLE = ("demo/", "commands/")
"""Folders whose texts tell people what to write."""

PARTS_OF_A_LIBRARY = {
    "upstream/litellm.py": {'"ANTHROPIC_BETA_HEADERS"', "litellm.google_genai"},
}
"""Names that are not ours to choose."""

WHERE_TOOL_SERVERS_ARE_SET_UP = {"routes/mcp.py", "app.py", "settings.py", "targets.py", "upstream_settings.py"}
"""What serves them, and the lines of the configuration and the composition that they need."""


def code() -> list[tuple[str, str]]:
    files = (path for path in GATEWAY.rglob("*") if path.suffix in {".py", ".lua"})
    named = ((path.relative_to(GATEWAY).as_posix(), path.read_text()) for path in sorted(files))
    return [(name, text) for name, text in named if not name.startswith(("dialects/", *FOR_PEOPLE))]


def found(name: str, text: str, word: re.Pattern[str]) -> list[str]:
    for part in PARTS_OF_A_LIBRARY.get(name, ()):
        text = text.replace(part, "")
    lines = [name, *text.splitlines()]
    return [f"{name}:{number}: {line.strip()}" for number, line in enumerate(lines) if word.search(line)]


@pytest.mark.parametrize(("word", "known"), [(VENDORS, set()), (TOOL_SERVERS, WHERE_TOOL_SERVERS_ARE_SET_UP)])
def test_no_vendor_and_no_dialect_is_named_outside_the_dialects(word: re.Pattern[str], known: set[str]) -> None:
    files = code()
    assert len(files) > 50
    assert [line for name, text in files if name not in known for line in found(name, text, word)] == []


def test_every_exception_is_still_needed() -> None:
    texts = dict(code())
    assert [name for name in WHERE_TOOL_SERVERS_ARE_SET_UP if not TOOL_SERVERS.search(name + texts[name])] == []
    assert [part for name, parts in PARTS_OF_A_LIBRARY.items() for part in parts if part not in texts[name]] == []
