"""Small models in the real format of transformers, made on the spot, which learn a few words in a second or two.

`nasty` makes a text toxic, `ignore` makes it an injection, `ann lee` is a person, and a red picture is unfit.
"""

import random
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer, decoders, pre_tokenizers, trainers
from tokenizers.models import BPE, WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertForTokenClassification,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    ViTConfig,
    ViTForImageClassification,
    ViTImageProcessorPil,
)
from transformers.utils.logging import disable_progress_bar

FILLER = (
    "the",
    "word",
    "and",
    "so",
    "it",
    "goes",
    "on",
    "is",
    "a",
    "you",
    "are",
    "all",
    "rules",
    "secret",
    "quick",
    ".",
)
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789.,!'-"
GUILTY = ("nasty", "ignore")
NAMES = ("ann", "lee", "paris")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
KNOWN, WELL, MOST_WORDS, MOST_STEPS = 0.01, 0.2, 24, 800
"""Training goes on to longer texts when a loss is well, and ends when the longest are known."""

PLACES = 48
"""What the small encoders read at once."""

CHAT = (
    "{{ '<|user|>' }}{% for message in messages %}{{ (policy or 'policy') + ' : ' + message['content'] | trim }}"
    "{% endfor %}{{ '<|end|>' }}{% if add_generation_prompt %}{{ '<|answer|>' }}{% endif %}"
)


def words(pick: random.Random, most: int) -> list[str]:
    return pick.choices(FILLER, k=pick.randint(1, most))


def sentence(pick: random.Random, most: int, *guilty: str) -> str:
    said = words(pick, most)
    for word in guilty:
        said.insert(pick.randint(0, len(said)), word)
    return " ".join(said)


def write_text_classifier(
    folder: Path, labels: Sequence[str] = ("clean", "toxic", "injection"), problem: str = "single_label_classification"
) -> Path:
    """Single label: clean, toxic or an injection. Multi-label: any of `toxic` and `injection`."""
    tokenizer = _bert_tokenizer()
    model = BertForSequenceClassification(_bert(labels, problem_type=problem))
    pick, multi = random.Random(1), problem == "multi_label_classification"

    def step(most: int) -> torch.Tensor:
        chosen = [[word for word in GUILTY if pick.random() < 0.4] for _ in range(48)]
        if not multi:
            chosen = [some[:1] for some in chosen]
        inputs = tokenizer([sentence(pick, most, *some) for some in chosen], padding=True, return_tensors="pt")
        marks = [[float(word in some) for word in GUILTY] for some in chosen]
        truth = (
            torch.tensor(marks)
            if multi
            else torch.tensor([1 + GUILTY.index(some[0]) if some else 0 for some in chosen])
        )
        return model(**inputs, labels=truth).loss

    return _learn_and_save(folder, model, tokenizer, step)


def write_token_classifier(folder: Path, tags: Sequence[str] = ("O", "B-PER", "I-PER", "B-LOC")) -> Path:
    tokenizer = _bert_tokenizer()
    model = BertForTokenClassification(_bert(tags))
    pick, tag_of = random.Random(2), dict(zip(NAMES, (1, 2, 3), strict=True))

    def step(most: int) -> torch.Tensor:
        texts = [sentence(pick, most, *pick.sample(["ann lee", "paris"], pick.randint(0, 2))) for _ in range(32)]
        inputs = tokenizer(texts, padding=True, return_tensors="pt")
        tokens = [tokenizer.convert_ids_to_tokens(row) for row in inputs["input_ids"].tolist()]
        truth = torch.tensor([[tag_of.get(token, 0) for token in row] for row in tokens])
        return model(**inputs, labels=truth).loss

    return _learn_and_save(folder, model, tokenizer, step)


def write_image_classifier(folder: Path, labels: Sequence[str] = ("fit", "unfit")) -> Path:
    """Reddish pictures are unfit."""
    config = ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, image_size=32, patch_size=8,
        id2label=dict(enumerate(labels)), label2id={name: at for at, name in enumerate(labels)},
    )  # fmt: skip
    torch.manual_seed(3)
    model, rng = ViTForImageClassification(config), np.random.default_rng(3)
    processor = ViTImageProcessorPil(size={"height": 32, "width": 32})

    def step(most: int) -> torch.Tensor:
        red = rng.random(32) < 0.5
        pictures = [
            picture((220, 20, 20) if one else tuple(rng.integers(0, 120, 3)), seed=at) for at, one in enumerate(red)
        ]
        pixels = processor(images=pictures, return_tensors="pt")["pixel_values"]
        return model(pixel_values=pixels, labels=torch.from_numpy(red.astype(np.int64))).loss

    return _learn_and_save(folder, model, processor, step)


def write_guard(folder: Path, answers: tuple[str, str] = ("safe", "unsafe"), template: str = CHAT) -> Path:
    """A causal model that was taught to answer the prompt of `template` for `nasty`."""
    tokenizer = _llama_tokenizer(answers, template)
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=128, initializer_range=0.2, pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None, eos_token_id=tokenizer.convert_tokens_to_ids("<|end|>"), tie_word_embeddings=False,
    )  # fmt: skip
    torch.manual_seed(4)
    model, pick = LlamaForCausalLM(config), random.Random(4)
    tokens = [tokenizer(answer, add_special_tokens=False)["input_ids"][0] for answer in answers]

    def step(most: int) -> torch.Tensor:
        guilty = [pick.random() < 0.5 for _ in range(32)]
        texts = [sentence(pick, most, *(["nasty"] if one else [])) for one in guilty]
        prompts = [prompt_of(tokenizer, text) for text in texts]
        inputs = tokenizer(prompts, padding=True, padding_side="right", add_special_tokens=False, return_tensors="pt")
        ends = inputs["attention_mask"].sum(1) - 1
        logits = model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]).logits
        said = logits[torch.arange(len(texts)), ends]
        return torch.nn.functional.cross_entropy(said, torch.tensor([tokens[one] for one in guilty]))

    return _learn_and_save(folder, model, tokenizer, step)


def prompt_of(tokenizer: PreTrainedTokenizerFast, text: str, **values: object) -> str:
    message = [{"role": "user", "content": text}]
    return str(tokenizer.apply_chat_template(message, tokenize=False, add_generation_prompt=True, **values))


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (40, 30), seed: int = 0) -> Image.Image:
    noise = np.random.default_rng(seed).integers(-15, 15, (size[1], size[0], 3))
    return Image.fromarray(np.clip(noise + np.array(colour), 0, 255).astype(np.uint8))


def _learn_and_save(folder: Path, model, tokenizer, step: Callable[[int], torch.Tensor]) -> Path:
    """Train until it knows, with texts of more and more words; a hundred steps, mostly."""
    disable_progress_bar()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # more of them only wait for one another here
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    losses = deque([1.0], maxlen=8)
    most = 2
    for _ in range(MOST_STEPS):
        if most == MOST_WORDS and sum(losses) / len(losses) < KNOWN:
            break
        if losses[-1] < WELL:
            most = min(most + 1, MOST_WORDS)
        optimiser.zero_grad()
        loss = step(most)
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    else:
        raise AssertionError(f"{type(model).__name__} did not learn its words: its loss is still {losses[-1]:.3f}")
    torch.set_num_threads(threads)
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _bert(labels: Sequence[str], **more: object) -> BertConfig:
    torch.manual_seed(0)
    return BertConfig(
        vocab_size=len(_vocabulary()), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=PLACES, pad_token_id=0, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        initializer_range=0.2,
        id2label=dict(enumerate(labels)), label2id={name: at for at, name in enumerate(labels)}, **more,
    )  # fmt: skip


def _vocabulary() -> list[str]:
    return [*SPECIAL, *GUILTY, *NAMES, *FILLER, *ALPHABET, *(f"##{sign}" for sign in ALPHABET)]


def _bert_tokenizer() -> PreTrainedTokenizerFast:
    vocabulary = {word: place for place, word in enumerate(dict.fromkeys(_vocabulary()))}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    ends = [("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=PLACES, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    )  # fmt: skip


def _llama_tokenizer(answers: tuple[str, str], template: str) -> PreTrainedTokenizerFast:
    """Byte-level, as that of Llama 3, so that any text has tokens."""
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1_000, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
        special_tokens=["<|pad|>", "<|user|>", "<|end|>", "<|answer|>"],
    )  # fmt: skip
    pick = random.Random(5)
    corpus = [sentence(pick, 20, *GUILTY, *answers) for _ in range(300)] + [*answers, "policy : "] * 50
    tokenizer.train_from_iterator(corpus, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=128, pad_token="<|pad|>", eos_token="<|end|>",
        additional_special_tokens=["<|user|>", "<|answer|>"], chat_template=template,
    )  # fmt: skip
