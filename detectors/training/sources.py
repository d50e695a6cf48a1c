"""Which public set is used for what, and how often: one line a file, from what its readers found.

Left out on purpose: `bias/redditbias_gender_weak` (marks "my wife is a nurse" as biased), everything below `eval/`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from detectors.training import rows
from detectors.training.rows import Labels, Row

NAMES: Final = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
"""What every set of named entities marks, and so says everything about."""

TRAIN: Final = ("train",)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the data format below `DATA`.

    `per_round` is how many of its rows one round of training draws: fewer than it has, or the same ones again. `doubt`
    takes hard labels towards 0.5 (0.1: 1 becomes 0.95) where annotators were rash. `splits` are what may be trained
    on. `lower` is the share of rows that are shown in small letters, against sets whose labels show in the case.
    """

    file: str
    per_round: int
    read: Callable[[Row], Labels | None] = rows.plain
    doubt: float = 0.0
    splits: tuple[str, ...] = TRAIN
    annotated: frozenset[str] = frozenset()
    lower: float = 0.25

    @property
    def name(self) -> str:
        """The file's name without folder: its `source` in the mixture and in the model card."""
        return self.file.rpartition("/")[2]


SOURCES: Final = (
    Source("toxicity/jigsaw_binary", 12000, rows.clean, doubt=0.04, lower=0.7),
    Source("toxicity/jigsaw_multilabel", 350, rows.clean),
    Source("toxicity/civil_toxic_spans", 5000, rows.shares),
    Source("toxicity/hatemoji_build", 4700),
    Source("toxicity/toxigen_safenlp", 5800, rows.toxigen, doubt=0.1),
    Source("toxicity/toxigen_demonstrations", 1000, rows.toxigen, doubt=0.1),
    Source("toxicity/edos", 7000, rows.sexism, doubt=0.04),
    Source("toxicity/stormfront_vicomtech", 5000, doubt=0.1),
    Source("toxicity/convabuse", 600, doubt=0.2),
    Source("toxicity/davidson_tweets", 5000, rows.tweet, doubt=0.1),
    Source("bias/redditbias", 5000, rows.of_a_stereotype, doubt=0.2),
    # Rows of these three are those of toxicity/ with other labels: equal texts become one row of the first file.
    Source("bias/toxigen_safenlp", 0, rows.toxigen, doubt=0.1),
    Source("bias/toxigen_demonstrations", 0, rows.toxigen, doubt=0.1),
    Source("bias/edos_gender", 0, rows.about_one_group, doubt=0.04),
    Source("bias/seegull_statements", 500, rows.about_one_group, doubt=0.1),
    Source("bias/holisticbias_neutral", 2500, rows.of_a_stereotype),
    Source("injection/deepset_prompt_injections", 500, rows.no_attack, doubt=0.2),
    Source("injection/neuralchemy_core", 1800, rows.short_of_shortcuts, doubt=0.1),
    Source("injection/jailbreak_llms_wild", 800, rows.jailbreak, doubt=0.1),
    Source("injection/gptfuzzer_templates", 190, rows.jailbreak),
    Source("injection/garak_probe_prompts", 10, rows.jailbreak),
    Source("injection/giskard_prompt_injections", 29, rows.jailbreak),
    Source("injection/plain_harmful_questions", 800, rows.no_attack),
    Source("injection/bipia_train", 2000, doubt=0.1),
    Source("benign/banking77", 2000, rows.harmless),
    Source("benign/clinc150", 3500, rows.harmless),
    Source("benign/gsm8k_questions", 1200, rows.harmless),
    Source("benign/self_instruct_human", 400, rows.no_attack),
    Source("benign/awesome_chatgpt_prompts", 1200, rows.no_attack),
    Source("benign/mitre_atlas_descriptions", 600, rows.no_attack),
    Source("ner/uner_ewt", 8000, annotated=NAMES, lower=0.1),
    Source("ner/broad_twitter", 5000, annotated=NAMES | {"USERNAME"}, lower=0.1),
    Source("ner/wnut17", 3000, annotated=NAMES | {"USERNAME"}, lower=0.1),
    Source("ner/wikigold", 1500, annotated=NAMES, lower=0.1),
    Source("ner/sec_filings", 300, annotated=frozenset({"PERSON", "LOCATION"}), lower=0.05),
    # The train split of CrossNER is tiny: its dev split is trained on, its test split is our dev split.
    Source("ner/crossner", 2700, splits=("train", "dev"), annotated=NAMES, lower=0.1),
)
