"""Every dialect, plain and streamed, with what all its tests say and look at."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from tests.vendors.catalog import vendors
from tests.vendors.faults import good
from tests.vendors.stage import Told
from tests.vendors.vendor import Ended, Vendor
from tests.vendors.words import pieces

SECRET = "AKIAQYLPMN5HHHFPZAM2"
ADDRESS = "ann.lee@example.com"
TOKEN = re.compile(r"<EMAIL_ADDRESS_[a-z0-9]+>")
TOOL = "get_current_weather"


def having(*traits: str, plain: bool = True) -> list[tuple[Vendor, bool]]:
    """Give each dialect that has these traits, plain (unless told otherwise) and streamed."""
    return [
        (vendor, stream)
        for vendor in vendors()
        for stream in (False, True)
        if (vendor.streams if stream else plain) and all(getattr(vendor, trait) for trait in traits)
    ]


def ways(*traits: str, plain: bool = True) -> pytest.MarkDecorator:
    """Run a test for each of those."""
    rows = having(*traits, plain=plain)
    names = [f"{vendor} {'streamed' if stream else 'plain'}" for vendor, stream in rows]
    return pytest.mark.parametrize(("vendor", "stream"), rows, ids=names)


def answer(vendor: Vendor, stream: bool, text: str) -> Sequence[bytes]:
    """Give the parts of an answer that says this."""
    return good(vendor, *(vendor.stream(pieces(text)) if stream else [vendor.reply(text)])).parts


def call_answer(vendor: Vendor, stream: bool, arguments: dict[str, Any]) -> Sequence[bytes]:
    events = vendor.tool_stream(TOOL, arguments) if stream else [vendor.tool_reply(TOOL, arguments)]
    return good(vendor, *events).parts


def said(vendor: Vendor, stream: bool, told: Told) -> str:
    return vendor.said_in_stream(told.body) if stream else vendor.said(told.body)


def unscanned(document: dict[str, Any]) -> set[str]:
    """Give the reasons of what was not looked at, after a look at whether every detector did its part."""
    coverage = document["coverage"]
    assert coverage["reports"]
    assert {report["status"] for report in coverage["reports"]} == {"ok"}
    return {part["reason"] for part in coverage["unscanned"]}


def assert_looked_at_all(vendor: Vendor, told: Told) -> None:
    """Check that both doors saw everything, but for what the dialect is known to hold that nobody can read."""
    assert unscanned(told.asked) == set()
    assert unscanned(told.answered) == set(vendor.unscanned)
    assert told.asked["request"]["dialect"] == vendor.name


def assert_complete(vendor: Vendor, stream: bool, told: Told) -> None:
    """Check that the client got a whole answer, and that the record says so."""
    assert told.status == 200
    assert told.headers["x-airlock-decision"] == "allow"
    if stream:
        assert told.headers["content-type"].startswith(vendor.stream_type)
        assert vendor.ended(told.body) is Ended.COMPLETE
    record = told.closed.body
    assert (record["status"], record["decision"], "error" in record) == (200, "allow", False)
    if vendor.usage is None:
        assert "usage" not in record or record["usage_estimated"]  # counting costs nothing
    else:
        assert (record["usage"]["input"], record["usage"]["output"]) == vendor.usage
        assert "usage_estimated" not in record
