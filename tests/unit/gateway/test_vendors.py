"""The vendors that the table-driven suite runs on: none is forgotten, and each reads back what it wrote."""

import pytest

from gateway.dialects.catalog import ENDPOINTS
from tests.vendors.catalog import MISSING, vendors
from tests.vendors.vendor import Call, Ended, Vendor

ARGUMENTS = {"location": "Zürich, 8001", "days": 2}
PIECES = ["Grüße ", "an <EMAIL_ADD", "RESS_haetf>", " und 你好"]


def test_every_dialect_has_a_vendor() -> None:
    dialects = {endpoint.dialect.name for endpoint in ENDPOINTS}
    written = [vendor.name for vendor in vendors()]
    assert sorted(written) == sorted(dialects - MISSING), "tests/vendors/vendor.py says how to write one"
    assert dialects >= MISSING


@pytest.mark.parametrize("vendor", vendors(), ids=repr)
class TestAVendorReadsWhatItWrote:
    def test_request(self, vendor: Vendor) -> None:
        for stream in {False, vendor.streams}:
            if vendor.prompted:
                assert "".join(PIECES) in vendor.seen(vendor.request("".join(PIECES), stream=stream))

    def test_reply(self, vendor: Vendor) -> None:
        if vendor.speaks:
            assert vendor.said(vendor.reply("".join(PIECES))) == "".join(PIECES)

    def test_stream(self, vendor: Vendor) -> None:
        if vendor.streams:
            raw = vendor.stream(PIECES)
            assert vendor.said_in_stream(b"".join(raw)) == "".join(PIECES)
            assert vendor.ended(b"".join(raw)) is Ended.COMPLETE
            assert vendor.ended(b"".join(raw[:3])) is Ended.CUT
            assert vendor.ended(b"".join(raw[:3]) + vendor.stream_error()) is Ended.FAILED

    def test_tools(self, vendor: Vendor) -> None:
        if vendor.tools:
            called = [Call("get_current_weather", ARGUMENTS)]
            assert vendor.calls(vendor.tool_reply(*called[0])) == called
            assert vendor.calls(vendor.reply("hello")) == []
        if vendor.tools and vendor.streams:
            raw = b"".join(vendor.tool_stream(*called[0]))
            assert vendor.calls_in_stream(raw) == called
            assert vendor.ended(raw) is Ended.COMPLETE

    def test_errors(self, vendor: Vendor) -> None:
        for status in (429, 500, 503):
            assert vendor.refusal(vendor.error(status)).message
