"""What `detectors.yaml` says of one model: where it comes from, what its labels mean, how a text is cut for it."""

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationInfo, model_validator
from pydantic.functional_validators import AfterValidator

JUDGEMENT: Final = r"[a-z][a-z0-9_]{0,63}"
"""How a label of ours is written that judges a whole text or a picture: a gateway believes no other."""

ENTITY: Final = r"[A-Z][A-Z0-9_]{0,63}"
"""How a label of ours is written that names a value in a text."""

_COMMIT: Final = r"^[0-9a-f]{40}$"
_SHA256: Final = r"^[0-9a-f]{64}$"
_HUB_ID: Final = re.compile(r"[A-Za-z0-9][\w.\-]*/[\w.\-]+")
_DEVICE: Final = r"^(cpu|cuda(:[0-9]{1,3})?)$"

Device = Annotated[str, Field(pattern=_DEVICE)]
Share = Annotated[float, Field(gt=0, lt=1)]
Positive = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]


def beside_file(path: Path, info: ValidationInfo) -> Path:
    """Make a path start at the folder of the file that names it."""
    folder = (info.context or {}).get("folder", Path.cwd())
    return Path(folder, path.expanduser())


FilePath = Annotated[Path, AfterValidator(beside_file)]


class Section(BaseModel):
    """A mapping of the configuration: unknown members are an error, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Model(Section):
    """What every kind of model has.

    `source` is a folder, or with a `revision` (the full hash of a commit) the id of a repository of the hub. `sha256`
    pins the content of its files: the digest that `model_files` makes. `device` is by default the one of all models.
    """

    label_pattern: ClassVar[str] = JUDGEMENT

    source: str = Field(min_length=1)
    revision: str | None = Field(default=None, pattern=_COMMIT)
    sha256: str | None = Field(default=None, pattern=_SHA256)
    device: Device | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_code(cls, values: Any) -> Any:
        if isinstance(values, dict) and "trust_remote_code" in values:
            raise ValueError(
                "trust_remote_code is not supported: it would run code that comes with the weights, with this"
                " service's rights; use a model that transformers knows by itself"
            )
        return values

    @model_validator(mode="after")
    def _somewhere(self, info: ValidationInfo) -> Self:
        if self.revision is None:
            object.__setattr__(self, "source", str(beside_file(Path(self.source), info)))
        elif not _HUB_ID.fullmatch(self.source):
            raise ValueError("a `revision` is for an id of the hub, such as `organisation/model`; a folder has none")
        return self


class EncoderSettings(_Model):
    """The fused encoder, in the folder format of `encoder/files.py`, which brings its labels and thresholds along."""

    kind: Literal["encoder"]


def _form(value: Any) -> str:
    """Say which way thresholds or temperatures are written: one number, by label, or in a file."""
    return "labels" if isinstance(value, dict) else "file" if isinstance(value, str | Path) else "number"


_Shares = Annotated[
    Annotated[Share, Tag("number")] | Annotated[dict[str, Share], Tag("labels")] | Annotated[FilePath, Tag("file")],
    Discriminator(_form),
]
_Temperatures = Annotated[
    Annotated[Positive, Tag("number")] | Annotated[dict[str, Positive], Tag("labels")], Discriminator(_form)
]


class _Classifier(_Model):
    """What models of transformers have.

    `labels` maps the model's names to ours; a name that is left out, or stands for null, is not reported. Without the
    mapping the model's own names are taken. `thresholds` are by our names, one for all, or a file in the format of
    the encoder's `thresholds.json`; what has none counts from 0.5 on. `temperature` divides the log-odds.
    """

    labels: dict[str, str | None] = Field(default_factory=dict)
    thresholds: _Shares = 0.5
    temperature: _Temperatures = 1.0
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"

    @model_validator(mode="after")
    def _written_as_ours(self) -> Self:
        wrong = sorted({name for name in self.labels.values() if name and not re.fullmatch(self.label_pattern, name)})
        if wrong:
            raise ValueError(f"labels: {', '.join(wrong)} should match {self.label_pattern}")
        if self.labels and not any(self.labels.values()):
            raise ValueError("labels: nothing would be reported")
        return self


class _TextModel(_Classifier):
    """What models of texts have.

    A text is read in windows of `window` tokens, special ones included, that share `overlap` tokens. `batch_tokens` is
    the most that goes through the model at once. `normalise` takes out what is invisible or dressed up, as for the
    encoder. With `script: latin` text in other scripts counts as unread.
    """

    window: int | None = Field(default=None, ge=8, le=131_072)
    overlap: int | None = Field(default=None, ge=0)
    batch_tokens: int | None = Field(default=None, ge=8)
    normalise: bool = True
    script: Literal["any", "latin"] = "any"

    @model_validator(mode="after")
    def _goes_on(self) -> Self:
        if self.window and self.overlap and 4 * self.overlap > self.window:
            raise ValueError("an overlap of more than a quarter of the window makes long texts slow for nothing")
        return self


class TextSettings(_TextModel):
    """A model for text classification. `activation` is by default what the model's own configuration says."""

    kind: Literal["text-classification"]
    activation: Literal["sigmoid", "softmax"] | None = None


class TokenSettings(_TextModel):
    """A model for token classification, in BIO, BIOES or plain tags. `labels` maps entities, without `B-` and `I-`."""

    label_pattern: ClassVar[str] = ENTITY

    kind: Literal["token-classification"]


class ImageSettings(_Classifier):
    """A model for image classification."""

    kind: Literal["image-classification"]
    activation: Literal["sigmoid", "softmax"] | None = None
    batch_images: int = Field(default=8, ge=1, le=1024)


class GuardSettings(_TextModel):
    """An LLM that is asked about a text, and judged by the chances of its first token.

    A `preset` names what a family of guards needs; the rest is for others, or goes before it. `template` is Jinja
    with the variable `text`; without one the tokenizer's own chat template is used, with the text as a message.
    `questions` are by our label, each with values for the template. `found` and `clean` are the answers, whose first
    tokens count; `answer_prefix` is what the model writes before them. Less than `least_chance` for all answers
    together is no answer.
    """

    kind: Literal["guard"]
    preset: Literal["llama-guard", "granite-guardian", "shieldgemma"] | None = None
    template: str | None = None
    questions: dict[Annotated[str, Field(pattern=f"^{JUDGEMENT}$")], dict[str, Any]] = Field(default_factory=dict)
    found: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()
    answer_prefix: str | None = None
    least_chance: float = Field(default=0.05, ge=0, lt=1)

    @model_validator(mode="after")
    def _askable(self) -> Self:
        if self.labels:
            raise ValueError("labels: a guard's labels are those of its questions")
        if self.preset is None and not (self.questions and self.found and self.clean):
            raise ValueError("a guard needs a `preset`, or `questions` with the answers `found` and `clean`")
        return self


ModelSettings = Annotated[
    EncoderSettings | TextSettings | TokenSettings | ImageSettings | GuardSettings, Field(discriminator="kind")
]
HuggingFace = TextSettings | TokenSettings | ImageSettings | GuardSettings
"""The settings of what transformers loads."""
