r"""Recognisers of the operator's own, in the YAML format that Presidio's registry reads: what such a file may say.

    recognizers:
      - name: Employee numbers
        supported_entity: EMPLOYEE_NUMBER
        patterns:
          - {name: number, regex: '\bEMP-\d{6}\b', score: 0.9}
      - name: Projects
        supported_entity: PROJECT
        deny_list: [Blue Heron]

A fault's message names the place and never quotes what stands there: lists hold what must not get out.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

import regex
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from detectors.errors import RecognizersUnusable

FLAGS: Final = int(regex.DOTALL | regex.MULTILINE | regex.IGNORECASE)
"""What Presidio compiles patterns with unless a file says otherwise."""

_ONE_LABEL: Final = "name one label, in supported_entity or supported_entities"


def _own(value: Any) -> Any:
    """Refuse recognisers of Presidio's own, which need no entry."""
    if isinstance(value, str) or (isinstance(value, dict) and value.get("type", "custom") != "custom"):
        raise ValueError("only recognisers of type `custom` can be listed; Presidio's own are built in")
    return value


def _word(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    return value.strip()


Word = Annotated[str, Field(max_length=1000), AfterValidator(_word)]
Words = tuple[Word, ...]
Score = Annotated[float, Field(gt=0, le=1, strict=True, allow_inf_nan=False)]
Label = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", max_length=40)]


class Part(BaseModel):
    """A mapping of the file: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PatternPart(Part):
    """An expression in the syntax of the `regex` module, and how sure a match of it is."""

    name: str
    regex: Annotated[str, Field(min_length=1, max_length=10_000)]
    score: Score


class Language(Part):
    """A language, and the context words in it."""

    language: str
    context: Words = ()


class RecognizerPart(Part):
    """One recogniser. Patterns and lists are looked for in texts of any language: a language only brings context."""

    name: str
    supported_entity: Label | None = None
    supported_entities: tuple[Label, ...] = ()
    type: Literal["custom"] = "custom"
    enabled: bool = True
    supported_language: str | None = None
    supported_languages: tuple[str | Language, ...] | None = None
    country_code: str | None = None
    patterns: tuple[PatternPart, ...] | None = None
    deny_list: Annotated[Words, Field(min_length=1)] | None = None
    deny_list_score: Score = 1.0
    context: Words | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if len([*self.supported_entities, *([self.supported_entity] if self.supported_entity else [])]) != 1:
            raise ValueError(_ONE_LABEL)
        if not self.patterns and not self.deny_list:
            raise ValueError("there is nothing to look for: give patterns or a deny_list")
        return self

    @property
    def label(self) -> str:
        """The label of what it finds."""
        return self.supported_entity or self.supported_entities[0]

    @property
    def words(self) -> list[str]:
        """The context words of all languages."""
        by_language = (one for one in self.supported_languages or () if isinstance(one, Language))
        return [*(self.context or ()), *(word for language in by_language for word in language.context)]


class RecognizersFile(Part):
    """All of a file."""

    recognizers: Annotated[tuple[Annotated[RecognizerPart, BeforeValidator(_own)], ...], Field(min_length=1)]
    supported_languages: tuple[str, ...] = ()
    global_regex_flags: int = FLAGS

    @field_validator("global_regex_flags")
    @classmethod
    def _known(cls, flags: int) -> int:
        if flags & ~FLAGS:
            raise ValueError(f"only IGNORECASE (2), MULTILINE (8) and DOTALL (16) can be set, all together {FLAGS}")
        return flags

    @model_validator(mode="after")
    def _compile(self) -> Self:
        if faults := list(self._bad_expressions()):
            raise ValueError("; ".join(faults))
        return self

    def _bad_expressions(self) -> Iterator[str]:
        for number, recognizer in enumerate(self.recognizers):
            for place, pattern in enumerate(recognizer.patterns or ()):
                try:
                    regex.compile(pattern.regex, self.global_regex_flags)
                except (regex.error, ValueError, OverflowError, RecursionError) as exc:
                    why = getattr(exc, "msg", type(exc).__name__)
                    yield f"recognizers.{number}.patterns.{place}.regex: it is no regular expression ({why})"


def read_recognizers(file: Path) -> tuple[RecognizersFile, str]:
    """Read a file. Give what it says, and a digest that changes with its content.

    Raises:
        RecognizersUnusable: it can't be read, is not YAML, or a field is wrong; the message names it.
    """
    try:
        raw = file.read_bytes()
        values = yaml.safe_load(raw.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as exc:
        raise RecognizersUnusable(f"{file} can't be read ({getattr(exc, 'strerror', None) or 'not UTF-8'})") from exc
    except (yaml.YAMLError, RecursionError) as exc:
        mark = getattr(exc, "problem_mark", None)
        raise RecognizersUnusable(f"{file} is not YAML{f' (line {mark.line + 1})' if mark else ''}") from None
    if not isinstance(values, dict):
        raise RecognizersUnusable(f"{file}: the top level must be a mapping with a list `recognizers`")
    try:
        read = RecognizersFile.model_validate(values)
    except ValidationError as exc:
        faults = dict.fromkeys(map(_fault, exc.errors(include_input=False, include_url=False)))
        raise RecognizersUnusable(f"{file}: {'; '.join(faults)}") from None
    return read, sha256(raw).hexdigest()[:12]


def _fault(error: ErrorDetails) -> str:
    told = "unknown field" if error["type"] == "extra_forbidden" else error["msg"].removeprefix("Value error, ")
    place = ".".join(map(str, error["loc"]))
    return f"{place}: {told}" if place else told
