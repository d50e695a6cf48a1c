"""The requests and answers of the Detector API of FMS Guardrails, which TrustyAI's detectors speak as well.

https://foundation-model-stack.github.io/fms-guardrails-orchestrator/?urls.primaryName=Detector+API
"""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from pydantic import BaseModel, Field


class Params(BaseModel):
    """`detector_params`: what else a caller sends in it is for other detectors."""

    threshold: Annotated[float, Field(ge=0, le=1)] | None = None


class WithParams(BaseModel):
    """A request that may tune the detector."""

    detector_params: Params | None = None

    @property
    def least(self) -> float | None:
        """The least score that counts; None for the thresholds of the model."""
        return self.detector_params.threshold if self.detector_params else None


class Contents(WithParams):
    """`/api/v1/text/contents`."""

    contents: Annotated[list[str], Field(min_length=1)]


class Generation(WithParams):
    """`/api/v1/text/generation`."""

    prompt: str
    generated_text: str


class Context(WithParams):
    """`/api/v1/text/context/doc`."""

    content: str
    context_type: Literal["docs", "url", "chunks", "document"]
    context: list[str]


class Chat(WithParams):
    """`/api/v1/text/chat`: messages and tools of OpenAI's Chat Completions."""

    messages: Annotated[list[dict[str, Any]], Field(min_length=1)]
    tools: list[dict[str, Any]] = []


class Evidence(TypedDict):
    """Where a detection comes from: `name` is the part of the request, `value` the stretch of its text."""

    name: str
    value: NotRequired[str]
    score: NotRequired[float]


class Detection(TypedDict):
    """What was detected. `start`, `end` and `text` are there in answers to `contents` only."""

    detection: str
    detection_type: str
    score: float
    start: NotRequired[int]
    end: NotRequired[int]
    text: NotRequired[str]
    evidence: NotRequired[list[Evidence]]
