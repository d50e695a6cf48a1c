"""A question to an LLM guard, in tokens: what stands before and after the text is fixed, and the text stays text.

The template is rendered once, with a mark where the text goes. So no template ever sees a stranger's words, and what
looks like the template's own special tokens in them is tokenised as the plain characters that it is: nobody can end
the guard's question early and answer in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from detectors.encoder.model import Integers
from detectors.serving.errors import ModelUnusable
from detectors.serving.guard_presets import Interview
from detectors.serving.loading import plain_tokenizer

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_MARK: Final = "\ue000\ue001\ue000"
"""Private characters that no template writes by itself."""

_SAMPLES: Final = ("Some text.", "two lines,\n\n  and 12 more words")
_STARTS: Final = ("", "\x01")
"""Some tokenizers put a blank before the first word of what they are given: a character that goes again stops that."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. `head` and `tail` are its fixed tokens, `left` and `right` what touches the text.

    `found` and `clean` are the first tokens of the answers, int64.
    """

    tokenizer: "Tokenizer"
    head: Integers
    left: str
    right: str
    tail: Integers
    found: Integers
    clean: Integers
    start: str = ""

    def ids(self, text: str) -> Integers:
        """Give all tokens of the question about a text."""
        encoding = self.tokenizer.encode(self.start + self.left + text + self.right, add_special_tokens=False)
        own = [token for token, (_, end) in zip(encoding.ids, encoding.offsets, strict=True) if end > len(self.start)]
        return np.concatenate([self.head, np.array(own if self.start else encoding.ids, dtype=np.int64), self.tail])


def prompts_of(tokenizer: Any, interview: Interview) -> list[Prompt]:
    """Make the prompts of all questions, in their order.

    Raises:
        ModelUnusable: the template can't be rendered, or drops the text; or answers can't be told by a first token.
    """
    return [_prompt(tokenizer, interview, label, values) for label, values in interview.questions.items()]


def _prompt(tokenizer: Any, interview: Interview, label: str, values: Mapping[str, Any]) -> Prompt:
    before, after = _rendered(tokenizer, interview.template, label, values).split(_MARK)
    if not after.endswith(interview.answer_prefix):
        after += interview.answer_prefix
    plain, reader = plain_tokenizer(tokenizer), plain_tokenizer(tokenizer)
    reader.encode_special_tokens = False  # the prompt's own special tokens are meant
    special = {token for token, added in reader.get_added_tokens_decoder().items() if added.special}
    head, left = _cut_behind_last(reader, before, special)
    right, tail = _cut_at_first(reader, after, special)

    def whole(text: str) -> list[int]:
        return list(_encode(reader, before + text + after).ids)

    found, clean = (
        _first_tokens(reader, before + _SAMPLES[0] + after, said) for said in (interview.found, interview.clean)
    )
    if set(found) & set(clean):
        raise ModelUnusable(f"question {label}: answers for `found` and `clean` begin with the same token")
    for start in _STARTS:
        prompt = Prompt(plain, head, left, right, tail, np.array(found), np.array(clean), start)
        if all(prompt.ids(sample).tolist() == whole(sample) for sample in _SAMPLES):
            return prompt
    raise ModelUnusable(f"question {label}: the tokenizer reads the prompt otherwise in parts than as a whole")


def _rendered(tokenizer: Any, template: str | None, label: str, values: Mapping[str, Any]) -> str:
    """Render the prompt in transformers' sandbox; chat templates take a message as a string, or as a list of parts."""
    fault = "it leaves out the text, or has it twice"
    for content in (_MARK, [{"type": "text", "text": _MARK}]):
        try:
            rendered = tokenizer.apply_chat_template(
                [{"role": "user", "content": content}],
                chat_template=template,
                tokenize=False,
                add_generation_prompt=True,
                **{"text": _MARK, **values},
            )
        except Exception as exc:  # noqa: BLE001 - a template raises what it likes
            fault = type(exc).__name__
            continue
        if rendered.count(_MARK) == 1:
            return str(rendered)
    raise ModelUnusable(f"question {label}: the template can't be used ({fault})")


def _encode(reader: "Tokenizer", text: str) -> "Encoding":
    return reader.encode(text, add_special_tokens=False)


def _cut_behind_last(reader: "Tokenizer", text: str, special: set[int]) -> tuple[Integers, str]:
    encoding = _encode(reader, text)
    ends = [end for token, (_, end) in zip(encoding.ids, encoding.offsets, strict=True) if token in special]
    cut = ends[-1] if ends else 0
    return np.array(_encode(reader, text[:cut]).ids, dtype=np.int64), text[cut:]


def _cut_at_first(reader: "Tokenizer", text: str, special: set[int]) -> tuple[str, Integers]:
    encoding = _encode(reader, text)
    starts = [start for token, (start, _) in zip(encoding.ids, encoding.offsets, strict=True) if token in special]
    cut = starts[0] if starts else len(text)
    return text[:cut], np.array(_encode(reader, text[cut:]).ids, dtype=np.int64)


def _first_tokens(reader: "Tokenizer", prompt: str, answers: Sequence[str]) -> list[int]:
    """Give the tokens that a model would begin these answers with, after the prompt."""
    asked = _encode(reader, prompt).ids
    firsts = []
    for answer in answers:
        told = _encode(reader, prompt + answer).ids
        if len(told) <= len(asked) or told[: len(asked)] != asked:
            raise ModelUnusable(f"the answer {answer!r} runs into the end of the prompt: see `answer_prefix`")
        firsts.append(told[len(asked)])
    return list(dict.fromkeys(firsts))
