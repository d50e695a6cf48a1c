"""Where public frameworks speak of what a label names.

Identifiers are those of the OWASP Top 10 for LLM Applications 2025 (https://genai.owasp.org/llm-top-10/), of MITRE's
ATLAS (https://atlas.mitre.org/techniques), of the risks in section 2 of NIST AI 600-1
(https://doi.org/10.6028/NIST.AI.600-1) and of the articles of Regulation (EU) 2024/1689, the AI Act.
"""

from typing import Final

from detectors.encoder.format import BIAS

_DISCLOSURE: Final = ("OWASP-LLM-2025:LLM02",)
"""Sensitive Information Disclosure: personal data and secrets."""

_INJECTION: Final = "OWASP-LLM-2025:LLM01"
_ATTACKS: Final = "EU-AI-ACT:15(5)"
"""Attempts by third parties to alter the use, outputs or performance of a system."""

_HATEFUL: Final = "NIST-AI-600-1:2.3"
"""Dangerous, violent, or hateful content."""

_HARMFUL_BIAS: Final = "NIST-AI-600-1:2.6"
"""Harmful bias or homogenization."""

_ABUSIVE: Final = "NIST-AI-600-1:2.11"
"""Obscene, degrading, and/or abusive content."""

_REFERENCES: Final = {
    "toxic": (_HATEFUL, _ABUSIVE),
    "hate": (_HATEFUL,),
    "insult": (_ABUSIVE,),
    "obscene": (_ABUSIVE,),
    "threat": (_HATEFUL,),
    "sexual": (_ABUSIVE,),
    "sexism": (_HATEFUL, _HARMFUL_BIAS),
    **dict.fromkeys(BIAS, (_HARMFUL_BIAS,)),
    "injection": (_INJECTION, "MITRE-ATLAS:AML.T0051", _ATTACKS),
    "jailbreak": (_INJECTION, "MITRE-ATLAS:AML.T0054", _ATTACKS),
    "indirect": (_INJECTION, "MITRE-ATLAS:AML.T0051.001", _ATTACKS),
}


def refs_of(label: str) -> tuple[str, ...]:
    """Give the references of a label in public frameworks; none for a judgement of a model that we don't know."""
    return _REFERENCES.get(label, () if label.islower() else _DISCLOSURE)
