import json
import tracemalloc
from collections.abc import Sequence

import pytest

from detectors.escapes import in_blanks
from detectors.finding import Finding, Passage
from gateway.dialects.gemini.framing import framing_of
from gateway.dialects.gemini.stream import GeminiStream
from gateway.errors import InternalFault, PolicyBlocked
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from gateway.stream.limits import Limits
from tests.chat_streams import DONE, assembled, call, choice, documents, end, event, guard, run, say, turn

SMALL = Limits(reach=4, stride=1, run=100)
TOKENS = {"<PERSON_k3f9a>": 'Ann "A"', "<EMAIL_ADDRESS_bcdef>": "ann@x.org"}
ROLE = event(choice({"role": "assistant", "content": ""}))
TOKENS_SAID = ["<EMAIL_ADDRESS_bcdef>", "<PERSON_k3f9a>"]
BLOCKED = PolicyBlocked("Not allowed.", code="secret.detected")


def fed(*chunks: bytes, mode: str = "window", limits: Limits = SMALL) -> StreamGuard:
    guarded = guard(mode, TOKENS, limits)
    for chunk in chunks:
        guarded.feed(chunk)
    return guarded


def ended(*chunks: bytes, mode: str = "window", limits: Limits = SMALL) -> tuple[StreamGuard, dict[str, str]]:
    guarded = guard(mode, TOKENS, limits)
    out, _ = run(guarded, chunks)
    return guarded, assembled(out)


def hits(value: str, passages: Sequence[Passage]) -> list[Finding]:
    places = [(passage.slot, passage.text.find(value)) for passage in passages]
    return [Finding("test", "1", "VALUE", slot, at, at + len(value), 900_000) for slot, at in places if at >= 0]


class TestWindows:
    def test_text_waits_for_its_window_and_then_leaves_as_it_came(self) -> None:
        guarded = fed(ROLE, say("one "), say("two th"))
        passages = guarded.to_screen()
        assert [passage.text for passage in passages] == ["one two th"]
        assert guarded.take() == b""
        guarded.cleared(passages)
        assert guarded.take() == ROLE + say("one ")

    def test_nothing_at_all_leaves_before_the_first_window_is_cleared(self) -> None:
        guarded = fed(b": hello\n\n", ROLE)
        assert (guarded.to_screen(), guarded.take()) == ([], b"")

    def test_names_and_ids_of_the_stream_are_screened_and_wait_for_the_first_text(self) -> None:
        role = event(choice({"role": "assistant", "content": ""}), system_fingerprint="fp_44709d6fcb")
        guarded = fed(role)
        passages = guarded.to_screen()
        assert [(guarded.place(one.slot), one.text) for one in passages] == [("other.id", "fp_44709d6fcb")]
        guarded.cleared(passages)
        assert guarded.take() == b""
        guarded.feed(say("one two three"))
        guarded.cleared(guarded.to_screen())
        assert guarded.take().startswith(role)

    def test_the_same_text_is_not_handed_out_twice(self) -> None:
        guarded = fed(say("one two three"))
        assert len(guarded.to_screen()) == 1
        assert guarded.to_screen() == []

    def test_a_secret_cut_over_chunks_is_screened_whole_before_any_of_it_leaves(self) -> None:
        guarded, out, screened = guard("window", {}, SMALL), b"", list[Passage]()
        for part in ["key: sk-", "abc", "def", "ghi and", " so on and on"]:
            guarded.feed(say(part))
            out += turn(guarded, screened)
            seen = any("sk-abcdefghi" in passage.text for passage in screened)
            assert seen or "sk-" not in assembled(out).get("0.content", "")
        assert "sk-abcdefghi" in assembled(out)["0.content"]

    def test_a_window_that_is_out_does_not_stop_the_reading(self) -> None:
        guarded = fed(say("one two three"))
        first = guarded.to_screen()
        guarded.feed(say(" four five six"))
        assert guarded.to_screen() == []
        guarded.cleared(first)
        assert [passage.text for passage in guarded.to_screen()] == ["two three four five six"]

    def test_choices_do_not_wait_for_each_other(self) -> None:
        guarded = fed(say("slow-and-unbroken"), say("one two three", 1), say(" x", 1))
        turn_out = turn(guarded, [])
        assert assembled(turn_out) == {}
        guarded.feed(say(" four five", 1))
        assert assembled(turn(guarded, [])) == {"1.content": "one two three x"}

    def test_a_run_without_blanks_that_is_too_long_ends_the_stream(self) -> None:
        guarded, read = ended(say("fine words come first and "), *(say("x" * 30) for _ in range(5)), end(), DONE)
        assert guarded.fault is not None
        assert guarded.fault.code == "stream.overflow"
        assert read == {"0.content": "fine words come first and ", "error": "stream.overflow"}

    def test_more_than_may_be_held_ends_the_stream(self) -> None:
        guarded = fed(*(say(f"{n} ") for n in range(50)), limits=Limits(held=1000), mode="hold")
        assert guarded.fault is not None
        assert assembled(guarded.take()) == {"error": "stream.overflow"}


class TestModes:
    def test_hold_gives_nothing_until_all_is_cleared(self) -> None:
        guarded = fed(ROLE, say("one two three four "), say("five"), end(), mode="hold")
        assert (guarded.to_screen(), guarded.take()) == ([], b"")
        guarded.feed(DONE)
        passages = guarded.to_screen()
        assert [passage.text for passage in passages] == ["one two three four five"]
        assert guarded.take() == b""
        guarded.cleared(passages)
        assert guarded.take() == ROLE + say("one two three four ") + say("five") + end() + DONE
        assert guarded.closed

    def test_observe_gives_all_at_once_and_screens_it_still(self) -> None:
        guarded = fed(ROLE, say("one two three"), mode="observe")
        assert guarded.take() == ROLE + say("one two three")
        assert [passage.text for passage in guarded.to_screen()] == ["one two three"]
        guarded.feed(end() + DONE)
        assert guarded.take() == end() + DONE
        assert not guarded.closed

    def test_observe_is_closed_when_the_screening_is_done(self) -> None:
        guarded, read = ended(say("one two three"), end(), DONE, mode="observe")
        assert read == {"0.content": "one two three", "0.end": "stop", "done": "yes"}
        assert guarded.closed

    def test_observe_does_not_mind_a_long_run(self) -> None:
        guarded, read = ended(say("x" * 300), end(), DONE, mode="observe")
        assert (read["0.content"], guarded.fault) == ("x" * 300, None)

    def test_an_unknown_mode_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="careless"):
            guard("careless")


class TestRestoring:
    def test_a_token_cut_over_chunks_is_restored_and_screening_sees_only_the_token(self) -> None:
        guarded = guard("window", TOKENS, SMALL)
        out, screened = run(guarded, [say("Dear <PER"), say("SON_k3"), say("f9a>, hello"), end(), DONE])
        assert assembled(out)["0.content"] == 'Dear Ann "A", hello'
        assert not any("Ann" in passage.text for passage in screened)

    def test_a_held_back_tail_comes_before_the_end_of_its_choice(self) -> None:
        out, _ = run(guard("window", TOKENS, SMALL), [say("a <PERS"), end(), DONE])
        assert [d if d == "[DONE]" else d["choices"][0]["delta"].get("content") for d in documents(out)] == [
            "a ", "<PERS", None, "[DONE]",
        ]  # fmt: skip

    def test_a_held_back_tail_joins_the_text_of_the_last_event(self) -> None:
        last = event(choice({"content": "PERS"}, reason="stop"))
        out, _ = run(guard("window", TOKENS, SMALL), [say("a <"), last, DONE])
        assert [d["choices"][0]["delta"].get("content") for d in documents(out)[:-1]] == ["a ", "<PERS"]

    def test_other_strings_are_restored_and_screened_once_however_often_they_come(self) -> None:
        chunk = event(choice({"content": "x "}), note="by <PERSON_k3f9a>")
        out, screened = run(guard("window", TOKENS, SMALL), [chunk] * 5 + [end(), DONE])
        assert {d["note"] for d in documents(out) if "note" in d} == {'by Ann "A"'}
        assert [passage.text for passage in screened].count("by <PERSON_k3f9a>") == 1

    def test_extra_texts_that_are_out_are_not_handed_out_again(self) -> None:
        guarded = fed(*(event(choice({"role": "assistant"}), note="by Bob Ray") for _ in range(3)), mode="window")
        passages = guarded.to_screen()
        assert [passage.text for passage in passages] == ["by Bob Ray"]
        guarded.cleared(passages)
        assert guarded.take().count(b"by Bob Ray") == 3

    def test_answers_in_json_are_restored_as_json_and_what_is_beside_them_as_text(self) -> None:
        answer = ['{"to": "<PER', 'SON_k3f9a>", "cc": "\\u003cPERSON', '_k3f9a\\u003e"}']
        thoughts = [event(choice({"reasoning_content": part})) for part in ("by <PERSON_", "k3f9a>")]
        out, _ = run(guard("window", TOKENS, SMALL, json_text=True), [*thoughts, *map(say, answer), end(), DONE])
        assert json.loads(assembled(out)["0.content"]) == {"to": 'Ann "A"', "cc": 'Ann "A"'}
        assert assembled(out)["0.reasoning_content"] == 'by Ann "A"'


class TestLimits:
    def test_pieces_of_tool_calls_that_are_kept_count(self) -> None:
        guarded = guard(limits=Limits())
        tracemalloc.start()
        for number in range(100):
            guarded.feed(call("", number, id=f"c{number}", name="f"))
            guarded.feed(call("x" * 900_000, number))
            assert turn(guarded, []) == b"" or guarded.fault
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert guarded.fault is not None
        assert guarded.fault.code == "stream.overflow"
        assert held < 40 * 2**20

    def test_a_call_that_has_left_counts_no_more(self) -> None:
        guarded = guard(limits=Limits(held=20_000))
        for index in range(5):
            guarded.feed(call("", id="c", name="f", index=index) + call("one " * 2_000, index=index))
            guarded.feed(end("tool_calls", index))
            assert b"one " * 2_000 in turn(guarded, [])
        assert guarded.fault is None

    def test_what_waits_for_the_first_text_counts(self) -> None:
        guarded = guard(limits=Limits(held=20_000))
        for _ in range(100):
            guarded.feed(ROLE)
            turn(guarded, [])
        assert guarded.fault is None
        for _ in range(200):
            guarded.feed(ROLE)
            turn(guarded, [])
        assert guarded.fault is not None

    def test_comments_before_the_first_text_are_not_kept(self) -> None:
        guarded = guard(limits=Limits(held=2_000))
        guarded.feed(b": wait\n\n" * 1_000)
        assert (turn(guarded, []), guarded.fault) == (b"", None)
        guarded.feed(say("word " * 30))
        turn(guarded, [])
        guarded.feed(b": ann@x.org\n\n")
        assert turn(guarded, []) == b":\n\n"

    def test_many_choices_end_the_stream(self) -> None:
        guarded = fed(*(say("a", index) for index in range(129)))
        assert guarded.fault is not None
        assert guarded.fault.code == "upstream.invalid"

    def test_parts_that_cannot_be_screened_are_told_once_a_kind(self) -> None:
        guarded = guard(allow_unwalked=True)
        for _ in range(50):
            guarded.feed(event(choice({"audio": {"data": "QUJD"}})))
        assert [(part.id, part.reason) for part in guarded.unwalked] == [("u0", "modality.audio")]


class TestToolCalls:
    ARGUMENTS = '{"to": "<EMAIL_ADDRESS_bcdef>", "body": "\\u003cPERSON_k3f9a>", "n": 1.50}'
    RESTORED = '{"to": "ann@x.org", "body": "Ann \\"A\\"", "n": 1.50}'

    @pytest.mark.parametrize("mode", ["window", "hold", "observe"])
    def test_a_call_leaves_in_one_piece_when_its_choice_is_done(self, mode: str) -> None:
        first = call(self.ARGUMENTS[:9], id="call_1", name="send")
        guarded = fed(ROLE, first, call(self.ARGUMENTS[9:]), mode=mode)
        assert b"send" not in turn(guarded, [])
        guarded.feed(end("tool_calls") + DONE)
        out = turn(guarded, [])
        whole = first.replace(json.dumps(self.ARGUMENTS[:9]).encode(), json.dumps(self.RESTORED).encode())
        assert out.endswith(whole + end("tool_calls") + DONE)
        assert out.count(b"tool_calls") == 2

    def test_the_strings_of_its_arguments_are_screened_one_by_one(self) -> None:
        guarded = fed(call(self.ARGUMENTS, id="c", name="f"), end("tool_calls"))
        passages = guarded.to_screen()
        assert [token in passage.text for passage, token in zip(passages, TOKENS_SAID, strict=True)] == [True, True]
        assert {guarded.place(passage.slot) for passage in passages} == {"assistant.arguments"}
        guarded.cleared(passages[:1])
        assert guarded.take() == b""
        guarded.cleared(passages[1:])
        assert b"ann@x.org" in guarded.take()

    def test_calls_in_parallel_leave_one_after_the_other(self) -> None:
        chunks = [call('{"a"', 0, id="x", name="f"), call('{"b"', 1, id="y", name="g"), call(":1}", 0), call(":2}", 1)]
        _, read = ended(*chunks, end("tool_calls"), DONE)
        assert (read["0.tool0.arguments"], read["0.tool1.arguments"]) == ('{"a":1}', '{"b":2}')

    def test_a_call_does_not_hold_up_another_choice(self) -> None:
        guarded = fed(call("{", id="c", name="f"), say("one two three", 1), say(" four", 1))
        assert assembled(turn(guarded, [])) == {"1.content": "one two three"}

    def test_a_call_that_was_cut_off_is_never_sent(self) -> None:
        guarded, read = ended(say("Wait. "), call('{"rm": "/', id="c", name="shell"))
        assert read == {"0.content": "Wait. ", "error": "upstream.cut_off"}
        assert guarded.fault is not None

    def test_a_call_that_is_too_long_ends_the_stream(self) -> None:
        _, read = ended(call("x" * 60, id="c", name="f"), call("x" * 60), end(), limits=Limits(whole=100))
        assert read == {"error": "stream.overflow"}

    def test_a_call_without_arguments_leaves_too(self) -> None:
        _, read = ended(
            event(choice({"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f"}}]})), end(), DONE
        )
        assert (read["0.tool0.name"], read["done"]) == ("f", "yes")


class TestCallsToDecideOn:
    CALL = (call("", id="c1", name="send"), call('{"to": "<EMAIL_'), call('ADDRESS_bcdef>"}'))

    @staticmethod
    def told(guarded: StreamGuard) -> list[tuple[str, str]]:
        return [(one.name, one.arguments) for one in guarded.calls(guarded.to_screen())]

    @pytest.mark.parametrize("mode", ["window", "observe"])
    def test_a_complete_call_is_told_as_the_model_wrote_it_and_waits_to_be_cleared(self, mode: str) -> None:
        guarded = fed(*self.CALL, mode=mode)
        assert guarded.calls(guarded.to_screen()) == []
        guarded.feed(end("tool_calls"))
        passages = guarded.to_screen()
        assert [(one.name, one.arguments) for one in guarded.calls(passages)] == [
            ("send", '{"to": "<EMAIL_ADDRESS_bcdef>"}')
        ]
        assert b"send" not in guarded.take()
        guarded.cleared(passages)
        assert assembled(guarded.take())["0.tool0.arguments"] == '{"to": "ann@x.org"}'

    def test_each_call_is_told(self) -> None:
        guarded = fed(*self.CALL, call("{}", 1, id="c2", name="stop"), end("tool_calls"))
        assert self.told(guarded) == [("send", '{"to": "<EMAIL_ADDRESS_bcdef>"}'), ("stop", "{}")]

    @pytest.mark.parametrize("arguments", ["", "{}", "7", "{"])
    def test_a_call_that_says_nothing_is_told_and_waits_all_the_same(self, arguments: str) -> None:
        guarded = fed(call(arguments, id="c1", name="stop"), end("tool_calls"))
        passages = guarded.to_screen()
        assert [(one.name, one.arguments) for one in guarded.calls(passages)] == [("stop", arguments)]
        assert b"stop" not in guarded.take()
        guarded.cleared(passages)
        assert b"stop" in guarded.take()

    def test_a_call_without_the_member_for_arguments_is_told(self) -> None:
        nothing = event(choice({"tool_calls": [{"index": 0, "id": "c1", "function": {"name": "stop"}}]}))
        assert self.told(fed(nothing, end("tool_calls"))) == [("stop", "")]

    def test_arguments_that_begin_after_the_name_are_not_lost(self) -> None:
        name = event(choice({"tool_calls": [{"index": 0, "id": "c1", "function": {"name": "stop"}}]}))
        _, read = ended(name, call('{"a"'), call(": 1}"), end("tool_calls"), DONE)
        assert (read["0.tool0.name"], read["0.tool0.arguments"]) == ("stop", '{"a": 1}')

    def test_a_name_in_pieces_is_one_name(self) -> None:
        guarded = fed(call("", id="c1", name="search"), call("{}", name="_delete"), end("tool_calls"))
        assert self.told(guarded) == [("search_delete", "{}")]

    @pytest.mark.parametrize("name", ["", "ann lee", "n" * 300])
    def test_what_is_no_name_is_not_repeated(self, name: str) -> None:
        guarded = fed(call("{}", id="c1", name=name), end("tool_calls"))
        assert self.told(guarded) == [("unnamed", "{}")]

    def test_a_name_after_the_end_is_refused(self) -> None:
        guarded = fed(
            call("{}", id="c1", name="search"), end("tool_calls"), call("", name="_delete"), end("tool_calls")
        )
        turn(guarded, [])
        assert guarded.fault is not None
        assert guarded.fault.code == "upstream.invalid"

    def test_a_call_that_is_not_allowed_does_not_leave_with_the_end(self) -> None:
        guarded = fed(ROLE, say("one two three"), *self.CALL, end("tool_calls"))
        passages = guarded.to_screen()
        guarded.cleared([one for one in passages if guarded.place(one.slot) == "assistant.text"])
        out = guarded.take() + guarded.stop(BLOCKED)
        assert assembled(out) == {"0.content": "one two three", "0.end": "content_filter", "done": "yes"}

    def test_a_call_that_stands_complete_in_one_event_waits_as_well(self) -> None:
        part = {"functionCall": {"name": "send", "args": {"n": 1}}}
        document = {"candidates": [{"index": 0, "content": {"role": "model", "parts": [part]}}]}
        guarded = StreamGuard(GeminiStream(framing_of({"alt": "sse"})), Restorer(TokenMap({})), "window", SMALL)
        guarded.feed(b"data: " + json.dumps(document).encode() + b"\n\n")
        passages = guarded.to_screen()
        assert [(one.name, one.arguments) for one in guarded.calls(passages)] == [("send", '{"n":1}')]
        assert b"send" not in guarded.take()
        guarded.cleared(passages)
        assert b"send" in guarded.take()

    def test_a_call_that_was_cut_off_is_not_told(self) -> None:
        guarded = fed(*self.CALL)
        guarded.finish()
        assert self.told(guarded) == []


class TestEnds:
    def test_what_came_is_told_in_numbers(self) -> None:
        usage = event(usage={"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3})
        guarded, read = ended(say("one"), end("length"), usage, DONE)
        assert read == {"0.content": "one", "0.end": "length", "done": "yes"}
        assert guarded.usage is not None
        assert (guarded.usage.total_tokens, guarded.finish_reasons, guarded.characters) == (3, {0: "length"}, 3)
        assert (guarded.model, guarded.fault, guarded.closed) == ("small-1", None, True)

    def test_the_usage_event_reaches_a_client_that_asked_for_it(self) -> None:
        usage = event(usage={"prompt_tokens": 1})
        out, _ = run(guard(usage_asked=True), [say("one"), end(), usage, DONE])
        assert out == say("one") + end() + usage + DONE

    @pytest.mark.parametrize(
        ("chunks", "read"),
        [
            ([], {"error": "upstream.cut_off"}),
            ([say("one")], {"0.content": "one", "error": "upstream.cut_off"}),
            ([say("one"), say("two")[:-9]], {"0.content": "one", "error": "upstream.cut_off"}),
            ([say("one"), b"data: {\n\n", say("x")], {"0.content": "one", "error": "upstream.invalid"}),
            ([say("one"), end(), say("x")], {"0.content": "one", "0.end": "stop", "error": "upstream.invalid"}),
            (
                [say("one"), b'data: {"error": {"message": "m", "code": "boom"}}\n\n'],
                {"0.content": "one", "error": "boom"},
            ),
            ([say("a <PERS")], {"0.content": "a <PERS", "error": "upstream.cut_off"}),
        ],
        ids=["nothing", "no end", "half an event", "no JSON", "text after the end", "told", "held back"],
    )
    @pytest.mark.parametrize("mode", ["window", "hold", "observe"])
    def test_a_stream_that_ends_badly_is_never_a_success(
        self, chunks: list[bytes], read: dict[str, str], mode: str
    ) -> None:
        guarded, told = ended(*chunks, mode=mode)
        assert told == read
        assert guarded.fault is not None
        assert guarded.closed

    def test_the_providers_error_is_screened_and_restored_like_all_text(self) -> None:
        error = b'data: {"error": {"message": "no <PERSON_k3f9a>", "type": "t", "code": null}}\n\n'
        guarded = fed(say("one "), error)
        passages = guarded.to_screen()
        assert sorted(passage.text for passage in passages) == ["no <PERSON_k3f9a>", "one "]
        guarded.cleared(passages)
        assert documents(guarded.take())[-1]["error"]["message"] == 'no Ann "A"'

    def test_an_end_without_the_done_event_is_fine_and_none_is_made_up(self) -> None:
        guarded, read = ended(say("one"), end())
        assert (read, guarded.fault) == ({"0.content": "one", "0.end": "stop"}, None)

    def test_a_policy_stop_gives_what_was_cleared_and_ends_each_open_choice(self) -> None:
        guarded = fed(say("one two three"), say(" four key=sk-1"), say("x", 1), end(index=1))
        passages = guarded.to_screen()
        guarded.cleared(passages)
        guarded.to_screen()
        read = assembled(guarded.stop(BLOCKED))
        assert read == {
            "0.content": "one two three",
            "1.content": "x",
            "1.end": "stop",
            "0.end": "content_filter",
            "done": "yes",
        }
        assert (guarded.take(), guarded.closed, guarded.fault) == (b"", True, BLOCKED)

    def test_a_policy_stop_does_not_repeat_names_of_the_chunk_that_is_stopped(self) -> None:
        guarded = fed(say("one "), say("two three"))
        guarded.cleared(guarded.to_screen())
        bad = event(choice({"content": "x"}), id="sk-secret", model="by Ann Lee", system_fingerprint="sk-secret")
        guarded.feed(bad)
        guarded.to_screen()
        out = guarded.stop(BLOCKED)
        assert assembled(out)["0.end"] == "content_filter"
        assert [word for word in (b"sk-secret", b"Ann") if word in out] == []

    def test_after_a_stop_nothing_more_comes(self) -> None:
        guarded = fed(say("one two three"))
        passages = guarded.to_screen()
        guarded.stop(BLOCKED)
        guarded.feed(say("more") + end() + DONE)
        guarded.finish()
        guarded.cleared(passages)
        assert (guarded.to_screen(), guarded.take(), guarded.stop(BLOCKED), guarded.fail(BLOCKED)) == (
            [],
            b"",
            b"",
            b"",
        )

    def test_a_stop_after_the_end_was_told_adds_nothing(self) -> None:
        guarded = fed(say("one"), end(), DONE, mode="observe")
        assert guarded.take() == say("one") + end() + DONE
        assert guarded.stop(BLOCKED) == b""

    def test_a_fault_of_ours_is_told_as_an_error(self) -> None:
        guarded = fed(say("one two three"))
        assert assembled(guarded.fail(InternalFault("Something broke."))) == {"error": "internal_error"}

    def test_a_part_that_cannot_be_screened_ends_the_stream_unless_it_is_allowed(self) -> None:
        sound = event(choice({"audio": {"id": "audio_1", "data": "QUJD"}}))
        strict, lax = guard(), guard(allow_unwalked=True)
        assert assembled(run(strict, [sound, end(), DONE])[0]) == {"error": "coverage.unscanned"}
        assert run(lax, [sound, end(), DONE])[0] == sound + end() + DONE
        assert [part.reason for part in lax.unwalked] == ["modality.audio"]

    def test_an_empty_stream_that_says_so_is_fine(self) -> None:
        assert run(guard(), [DONE])[0] == DONE


class TestFindings:
    def test_a_finding_shown_in_two_windows_counts_once_and_in_the_whole_texts_offsets(self) -> None:
        guarded = guard("window", {}, Limits(reach=12, stride=1))
        text, found = "I am Ann Lee and I live here since long", 0
        for chunk in [*(say(part) for part in (text[:20], text[20:30], text[30:])), end(), DONE]:
            guarded.feed(chunk)
            while passages := guarded.to_screen():
                hits = [
                    Finding("test", "1", "PERSON", p.slot, at, at + 7, 900_000)
                    for p in passages
                    if (at := p.text.find("Ann Lee")) >= 0
                ]
                found += len(hits)
                guarded.cleared(passages, hits)
        assert found > 1
        assert [(f.slot, text[f.start : f.end]) for f in guarded.findings] == [("0.content", "Ann Lee")]
        assert guarded.place("0.content") == "assistant.text"

    def test_what_is_fresh_is_told_before_it_is_cleared_and_only_once(self) -> None:
        guarded = fed(say("I am Ann Lee, and you?"), limits=Limits(reach=12, stride=1))
        passages = guarded.to_screen()
        found = hits("Ann Lee", passages)
        new = guarded.fresh(passages, found)
        assert [(f.slot, f.start, f.end, guarded.place(f.slot)) for f in new] == [
            ("0.content", 5, 12, "assistant.text")
        ]
        assert (guarded.fresh(passages, found), guarded.findings) == (new, [])
        guarded.cleared(passages, found)
        assert guarded.findings == new
        guarded.finish()
        passages = guarded.to_screen()
        found = hits("Ann Lee", passages)
        assert len(found) == 1
        assert guarded.fresh(passages, found) == []

    def test_what_may_go_on_holds_back_its_text_until_it_is_final(self) -> None:
        guarded = fed(say("say "), say("password is a b c d e f g"), limits=Limits(reach=4, stride=1))
        passages = guarded.to_screen()
        found = [Finding("test", "1", "PASSWORD", passages[0].slot, 4, len(passages[0].text), 900_000)]
        assert guarded.fresh(passages, found) == []
        guarded.cleared(passages, found)
        assert assembled(guarded.take()) == {"0.content": "say "}
        assert guarded.findings == []
        guarded.feed(say(" and no more of it. ") + end() + DONE)
        passages = guarded.to_screen()
        found = hits("password is a b c d e f g", passages)
        assert [(f.start, f.end) for f in guarded.fresh(passages, found)] == [(4, 29)]

    def test_what_never_ends_is_final_when_it_is_as_long_as_the_longest_run(self) -> None:
        guarded, told = fed(limits=Limits(reach=4, stride=1, run=100)), list[Finding]()
        for _ in range(60):
            guarded.feed(say("all of it "))
            while passages := guarded.to_screen():
                found = [Finding("test", "1", "ALL", p.slot, 0, len(p.text), 900_000) for p in passages]
                told += guarded.fresh(passages, found)
                guarded.cleared(passages, found)
        assert told
        assert guarded.fault is None
        assert len(assembled(guarded.take())["0.content"]) > 400

    def test_findings_in_other_texts_are_fresh_too(self) -> None:
        guarded = fed(event(choice({"role": "assistant"}), note="by Ann Lee"), call('"Ann Lee"', id="c"), end())
        passages = guarded.to_screen()
        found = hits("Ann Lee", passages)
        new = guarded.fresh(passages, found)
        assert sorted(guarded.place(f.slot) for f in new) == ["assistant.arguments", "other.text"]
        guarded.cleared(passages, found)
        assert guarded.findings == new

    def test_escaped_line_breaks_end_words_and_are_never_cut(self) -> None:
        said = "keys:\\nAKIA and \\tmore\\n of these"
        for place in range(len(said)):
            out, screened = run(guard("window", {}, SMALL), [say(said[:place]), say(said[place:]), end(), DONE])
            assert assembled(out)["0.content"] == said
            assert said.endswith(screened[-1].text)
            assert not any(passage.text.startswith(("n", "tm")) for passage in screened)
            assert any("AKIA" in in_blanks(passage.text).split() for passage in screened)

    def test_only_what_is_out_can_be_cleared(self) -> None:
        with pytest.raises(ValueError, match="not out for screening"):
            fed(say("one two three")).cleared([Passage("0.content@8", "one two three")])

    def test_a_finding_in_no_passage_that_is_given_back_is_an_error(self) -> None:
        guarded = fed(say("I am Ann Lee, and you?"), limits=Limits(reach=4, stride=1))
        passages = guarded.to_screen()
        new = guarded.fresh(passages, hits("Ann Lee", passages))
        with pytest.raises(ValueError, match="in no passage"):
            guarded.cleared(passages, new)
        assert guarded.take() == b""
