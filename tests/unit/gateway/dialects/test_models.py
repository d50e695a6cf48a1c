"""Lists of models: read from a provider with nothing but known facts, written as each vendor's clients want them."""

import json
from typing import Any

import pytest

from gateway.dialects.anthropic.models import MODELS as ANTHROPIC
from gateway.dialects.gemini.models import MODELS as GEMINI
from gateway.dialects.models import Model, ModelFormat
from gateway.dialects.openai.models import MODELS as OPENAI
from gateway.errors import UpstreamInvalid

MANY = [Model(f"m{number}") for number in range(1, 6)]


def read(form: ModelFormat, *entries: Any) -> list[Model]:
    return form.read_list(json.dumps({form.member: list(entries)}).encode())


def page(form: ModelFormat, query: dict[str, str], models: list[Model] = MANY) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(form.write_list(models, query))
    return told


LISTS: dict[str, tuple[ModelFormat, dict[str, Any], Model]] = {
    "openai": (
        OPENAI,
        {"id": "gpt-4o", "object": "model", "created": 1686935002, "owned_by": "openai", "note": "Ann"},
        Model("gpt-4o", 1686935002, "openai"),
    ),
    "anthropic": (
        ANTHROPIC,
        {"type": "model", "id": "claude-x", "display_name": "Claude X", "created_at": "2025-02-19T00:00:00Z",
         "max_input_tokens": 200_000, "max_tokens": 8192, "note": "Ann"},
        Model("claude-x", 1739923200, title="Claude X", input_tokens=200_000, output_tokens=8192),
    ),
    "gemini": (
        GEMINI,
        {"name": "models/gemini-x", "displayName": "Gemini X (new)", "inputTokenLimit": 9, "outputTokenLimit": 7,
         "supportedGenerationMethods": ["generateContent", "for Ann", 4], "description": "Ann"},
        Model("gemini-x", title="Gemini X (new)", input_tokens=9, output_tokens=7, methods=("generateContent",)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("form", "entry", "model"), LISTS.values(), ids=LISTS)
class TestEveryFormat:
    def test_known_facts_are_read_and_written_and_nothing_else(
        self, form: ModelFormat, entry: dict[str, Any], model: Model
    ) -> None:
        assert read(form, entry) == [model]
        told = json.loads(form.write_one(model))
        assert "Ann" not in str(told)
        assert told.items() <= {**entry, "supportedGenerationMethods": ["generateContent"]}.items()
        assert page(form, {}, [model])[form.member] == [told]

    def test_entries_without_a_proper_name_are_left_out(
        self, form: ModelFormat, entry: dict[str, Any], model: Model
    ) -> None:
        name = "name" if "name" in entry else "id"
        odd = [{**entry, name: value} for value in ("for Ann", "", 4, None, ["a"])]
        assert read(form, *odd, "Ann", entry) == [model]

    def test_what_is_not_known_is_not_made_up(self, form: ModelFormat, entry: dict[str, Any], model: Model) -> None:
        assert json.loads(form.write_one(Model("m")))
        bare = {key: entry[key] for key in entry if key in ("id", "name")}
        assert read(form, bare) == [Model(model.id)]

    @pytest.mark.parametrize("raw", [b"<html>", b"[]", b"{}", b'{"data": {}, "models": {}}'], ids=repr)
    def test_what_is_no_list_is_refused(
        self, form: ModelFormat, entry: dict[str, Any], model: Model, raw: bytes
    ) -> None:
        with pytest.raises(UpstreamInvalid):
            form.read_list(raw)


@pytest.mark.parametrize(
    ("query", "ids", "more"),
    [
        ({}, ["m1", "m2", "m3", "m4", "m5"], False),
        ({"limit": "2"}, ["m1", "m2"], True),
        ({"limit": "2", "after_id": "m2"}, ["m3", "m4"], True),
        ({"limit": "2", "after_id": "m4"}, ["m5"], False),
        ({"limit": "2", "before_id": "m4"}, ["m2", "m3"], True),
        ({"limit": "9", "before_id": "m3"}, ["m1", "m2"], False),
        ({"after_id": "of nobody"}, [], False),
        ({"limit": "none"}, ["m1", "m2", "m3", "m4", "m5"], False),
        ({"limit": "0"}, ["m1"], True),
    ],
    ids=str,
)
def test_anthropics_pages(query: dict[str, str], ids: list[str], more: bool) -> None:
    told = page(ANTHROPIC, query)
    assert [model["id"] for model in told["data"]] == ids
    assert told["has_more"] is more
    assert (told["first_id"], told["last_id"]) == ((ids[0], ids[-1]) if ids else (None, None))


@pytest.mark.parametrize(
    ("query", "names", "token"),
    [
        ({}, ["m1", "m2", "m3", "m4", "m5"], None),
        ({"pageSize": "2"}, ["m1", "m2"], "2"),
        ({"pageSize": "2", "pageToken": "2"}, ["m3", "m4"], "4"),
        ({"pageSize": "2", "pageToken": "4"}, ["m5"], None),
        ({"pageToken": "nonsense", "pageSize": "-3"}, ["m1", "m2", "m3", "m4", "m5"], None),
    ],
    ids=str,
)
def test_geminis_pages(query: dict[str, str], names: list[str], token: str | None) -> None:
    told = page(GEMINI, query)
    assert [model["name"] for model in told["models"]] == [f"models/{name}" for name in names]
    assert told.get("nextPageToken") == token
