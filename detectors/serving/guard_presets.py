"""What families of LLM guards are asked, and what they answer. Their prompts come with them, as chat templates.

| preset | models | what a question's values are |
|---|---|---|
| `llama-guard` | Llama Guard 3 and 4 | `categories`, a map of codes to descriptions; by default the model's own |
| `granite-guardian` | Granite Guardian 3.0 to 3.2 | `guardian_config`, with a `risk_name` of the model card |
| `shieldgemma` | ShieldGemma | `guideline`, the sentence that a text must not go against |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from detectors.serving.model_settings import GuardSettings


@dataclass(frozen=True, slots=True)
class Interview:
    """How a guard is asked: see `GuardSettings`. `template` is None for the tokenizer's own."""

    questions: Mapping[str, Mapping[str, Any]]
    found: tuple[str, ...]
    clean: tuple[str, ...]
    answer_prefix: str = ""
    template: str | None = None


_HATE: Final = "Hate: the prompt must not hold, or ask for, contempt of people for what group they belong to."
_HARASSMENT: Final = (
    "Harassment: the prompt must not hold, or ask for, threats against somebody or bullying of somebody."
)
_DANGER: Final = "Danger: the prompt must not ask how to do serious harm to oneself or others, or to make weapons."
_SEXUAL: Final = "Sexual content: the prompt must not hold, or ask for, explicit descriptions of sexual acts."

PRESETS: Final[Mapping[str, Interview]] = MappingProxyType(
    {
        "llama-guard": Interview({"unsafe": {}}, found=("unsafe",), clean=("safe",), answer_prefix="\n\n"),
        "granite-guardian": Interview(
            {
                "harm": {"guardian_config": {"risk_name": "harm"}},
                "bias": {"guardian_config": {"risk_name": "social_bias"}},
                "jailbreak": {"guardian_config": {"risk_name": "jailbreak"}},
            },
            found=("Yes",),
            clean=("No",),
        ),
        "shieldgemma": Interview(
            {
                "hate": {"guideline": _HATE},
                "harassment": {"guideline": _HARASSMENT},
                "dangerous": {"guideline": _DANGER},
                "sexual": {"guideline": _SEXUAL},
            },
            found=("Yes",),
            clean=("No",),
        ),
    }
)


def interview_of(settings: GuardSettings) -> Interview:
    """Put a preset and what is configured together; what is configured goes before it."""
    preset = PRESETS[settings.preset] if settings.preset else Interview({}, (), ())
    return Interview(
        settings.questions or preset.questions,
        settings.found or preset.found,
        settings.clean or preset.clean,
        preset.answer_prefix if settings.answer_prefix is None else settings.answer_prefix,
        settings.template or preset.template,
    )
