"""Generated conversations: several turns, tools, many scripts, tokens that a user typed or another tenant was given."""

import json
import random
from dataclasses import dataclass, field
from typing import Final

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.token import ALPHABET, SUFFIX_LENGTH

LABELS: Final = {"PERSON": 0, "EMAIL_ADDRESS": 0, "PHONE_NUMBER": 0, "IBAN_CODE": 0}
_FIRST: Final = ("Ann", "Björn", "Zoë", "李", "Ольга", "مريم", "José", "O'Neil", "Anne-Marie", "İpek")
_LAST: Final = ("Lee", "Müller", "García", "小龙", "Иванова", "حداد", "d'Arc", "Smith & Co", "van den Berg", '"Bob"')
_WORDS: Final = (
    "please", "the person", "Person", "bitte", "schreibe an", "s'il vous plaît", "请", "напиши", "اكتب", "🙂", "👩‍👩‍👧",
    "a < b > c",
    "<b>bold</b>", "**note**", "`code`", "https://x.org/?q=", "&lt;", "%3C", "\\n", "\n", "\r\n", "\t", "_", "MAX_SIZE",
    '{"a": 1}', "[", "]", "{", "}", "(", ")", "\u200b", "\u00ad", "'s", "EMAIL_ADDRESS_", "<PERSON_",
    ">", "<", "\\", "&",
)  # fmt: skip


@dataclass(slots=True)
class Turn:
    """All of one request's texts, what is found in them, and the values that must not leave."""

    slots: list[Slot] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Conversation:
    """Grows turn by turn, as an app's history does: each request holds all that went before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._turn = Turn()
        self._values = [self._value() for _ in range(rng.randint(1, 6))]

    @property
    def turn(self) -> Turn:
        """The request as it stands."""
        return self._turn

    def say(self) -> None:
        """Add a text of the user's, and at times a tool call with what came of it."""
        self._add(Kind.TEXT, "user.text", self._text())
        if self._rng.random() < 0.4:
            self._add(Kind.ARGUMENTS, "assistant.arguments", self._text())
            self._add(Kind.TEXT, "tool.text", self._text(as_json=True))

    def answer(self, pieces: list[tuple[str, str]]) -> None:
        """Add what the model answered, as the app got it: with the values, and the label of each."""
        self._add(Kind.TEXT, "assistant.text", pieces)

    def foreign(self) -> str:
        """Give a token that nobody in this conversation was given."""
        suffix = "".join(self._rng.choices(ALPHABET, k=SUFFIX_LENGTH + self._rng.choice((0, 2))))
        return f"<{self._rng.choice(list(LABELS))}_{suffix}>"

    def _add(self, kind: Kind, place: str, pieces: list[tuple[str, str]]) -> None:
        text, number = "", f"s{len(self._turn.slots)}"
        for piece, label in pieces:
            if label:
                start = len(text)
                self._turn.findings.append(Finding("made", "1", label, number, start, start + len(piece), 1_000_000))
            text += piece
        inner = ("a",) if kind is Kind.ARGUMENTS else None
        self._turn.slots.append(Slot(number, (number,), kind, place, text, inner))

    def _text(self, *, as_json: bool = False) -> list[tuple[str, str]]:
        pieces = []
        for _ in range(self._rng.randint(1, 12)):
            dice = self._rng.random()
            if dice < 0.3:
                pieces.append(self._rng.choice(self._values))
            elif dice < 0.37:
                pieces.append((self.foreign(), ""))
            else:
                pieces.append((self._rng.choice(_WORDS), ""))
            pieces.append((self._rng.choice((" ", " ", " ", "", ", ")), ""))
        escaped = [(json.dumps(text)[1:-1], label) for text, label in pieces]
        return [('{"a": "', ""), *escaped, ('"}', "")] if as_json else pieces

    def _value(self) -> tuple[str, str]:
        rng = self._rng
        first, last = rng.choice(_FIRST), rng.choice(_LAST)
        digits = "".join(rng.choices("0123456789", k=10))
        return rng.choice((
            (f"{first} {last}", "PERSON"), (first, "PERSON"), (f"x{digits}@example.org", "EMAIL_ADDRESS"),
            (f"+49 {digits}", "PHONE_NUMBER"), (f"DE89 3704 {digits}", "IBAN_CODE"),
        ))  # fmt: skip
