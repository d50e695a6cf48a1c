"""What is said in the chat: the customer's words, what the model does, what the tools answer, and who must not leak.

What the model says is a template: `{PERSON#1}` is the second person that it has read of. It writes tokens as models do:
`{PERSON#0|bold}` in Markdown, `lower` case, `bare` without brackets, `escaped` for Markdown.
"""

from dataclasses import dataclass, field
from typing import Any, Final

MARIA, PETER = "Maria Lopez", "Peter Novak"
MAIL, HIS_MAIL = "maria.lopez@example.com", "peter.novak@example.org"
PHONE = "+44 20 7946 0958"
CARD = "4111 1111 1111 1111"
IBAN, IBAN_TOGETHER = "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"
ADDRESS = "203.0.113.7"

PLANTED: Final = (MARIA, PETER, MAIL, HIS_MAIL, PHONE, CARD, IBAN, IBAN_TOGETHER, ADDRESS)
"""None of these may ever reach a provider, however it is written."""

LOOK_ALIKE: Final = "<PERSON_2b4d6>"
"""The customer types this; it was issued to nobody, so it stays what it is."""

VALUES: Final = {
    "PERSON": (MARIA, PETER),
    "EMAIL_ADDRESS": (MAIL, HIS_MAIL),
    "PHONE_NUMBER": (PHONE,),
    "CREDIT_CARD": (CARD,),
    "IBAN_CODE": (IBAN, IBAN_TOGETHER),
    "IP_ADDRESS": (ADDRESS,),
}
"""What each type's tokens stand for, in the order in which a model reads of them."""


@dataclass(frozen=True)
class Use:
    """A tool that the model calls, with templates as arguments, and what the tool answers."""

    tool: str
    arguments: dict[str, Any]
    result: Any


@dataclass(frozen=True)
class Turn:
    """The customer's words, then the tools that the model calls one after the other, then its answer."""

    asked: str
    answer: str
    uses: tuple[Use, ...] = field(default=())


TURNS: Final = (
    Turn(
        f"Hello, my name is {MARIA}. My parcel has not arrived yet. You can reach me at {MAIL}.",
        "Good morning, {PERSON#0}! I will write to {EMAIL_ADDRESS#0} as soon as I know more. May I have your number?",
    ),
    Turn(
        f"Sure, call me on {PHONE} in the afternoon.",
        "Found it. **{PERSON#0|bold}**, we have {PHONE_NUMBER#0|lower} and the card {CREDIT_CARD#0} on file.",
        (
            Use(
                "find_customer",
                {"email": "{EMAIL_ADDRESS#0}", "phones": ["{PHONE_NUMBER#0}"]},
                {"id": 17, "name": MARIA, "contact": {"email": MAIL}, "card": CARD},
            ),
        ),
    ),
    Turn(
        f"Then please send the money back to my account, it is {IBAN}.",
        "Done: the refund to {IBAN_CODE#1|bare} is on its way, {PERSON#0}.",
        (Use("refund", {"iban": "{IBAN_CODE#0}", "holder": "{PERSON#0}"}, f"Refunded to {IBAN_TOGETHER}, {MARIA}."),),
    ),
    Turn(
        f"My husband {PETER} will look after it from now on. His mail is {HIS_MAIL}.",
        "Noted: {PERSON#1} ({EMAIL_ADDRESS#1}) acts for {PERSON#0|lower}'s account from today.",
    ),
    Turn(
        f"Somebody tried to log in from {ADDRESS} last night, was that you?",
        "No, {IP_ADDRESS#0} is none of ours. I have told {EMAIL_ADDRESS#0|escaped} how to change the password.",
        (Use("send_mail", {"to": "{EMAIL_ADDRESS#0}", "text": "Dear {PERSON#0},\nplease act: {IP_ADDRESS#0}"}, "ok"),),
    ),
    Turn(
        "Do you still have my number and my account?",
        "Yes: {PHONE_NUMBER#0} and {IBAN_CODE#0}.",
    ),
    Turn(
        f'Here is what my provider logged: {{"user": "{MAIL}", "from": "{ADDRESS}", "ok": false}}',
        'I see `"user": "{EMAIL_ADDRESS#0}"` and {IP_ADDRESS#0|lower} in it.',
    ),
    Turn(
        "Please write to my husband that everything is settled.",
        "I have written to {EMAIL_ADDRESS#1}.",
        (
            Use("find_customer", {"email": "{EMAIL_ADDRESS#1}"}, {"id": 18, "name": PETER, "phones": [PHONE]}),
            Use("send_mail", {"to": "{EMAIL_ADDRESS#1}", "text": 'Dear {PERSON#1}, "{PERSON#0}" is paid.'}, "ok"),
        ),
    ),
    Turn(
        f"In your last mail it says {LOOK_ALIKE}, what is that?",
        f"A mistake: {LOOK_ALIKE} should have been {{PERSON#1}}.",
    ),
    Turn(
        "Thank you! Now sum up what you know about us.",
        "| who | mail | number |\n|---|---|---|\n"
        "| {PERSON#0} | {EMAIL_ADDRESS#0|lower} | {PHONE_NUMBER#0|bare} |\n"
        "| {PERSON#1|escaped} | {EMAIL_ADDRESS#1} | |\n\nPaid to {IBAN_CODE#0}, card {CREDIT_CARD#0|lower}.",
    ),
)

TOOLS: Final = {
    "find_customer": {"email": {"type": "string"}, "phones": {"type": "array", "items": {"type": "string"}}},
    "refund": {"iban": {"type": "string"}, "holder": {"type": "string"}},
    "send_mail": {"to": {"type": "string"}, "text": {"type": "string"}},
}
