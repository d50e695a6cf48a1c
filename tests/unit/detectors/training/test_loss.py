import math

import numpy as np
import torch

from detectors.encoder.format import LABELS, TAGS
from detectors.training.loss import label_loss, of_texts, tag_loss
from detectors.training.tokens import label_targets, may_be_outside

EVEN = torch.ones(len(LABELS), 2)
TOXIC, HATE = LABELS.index("toxic"), LABELS.index("hate")


def test_a_label_that_nobody_gave_has_no_loss_and_no_gradient() -> None:
    logits = torch.zeros(1, len(LABELS), requires_grad=True)
    loss = label_loss(logits, torch.from_numpy(label_targets({"toxic": 1.0}))[None], EVEN)
    loss.backward()
    assert math.isclose(loss.item(), math.log(2), rel_tol=1e-6)
    assert logits.grad is not None
    assert logits.grad.nonzero().tolist() == [[0, TOXIC]]


def test_a_row_without_any_known_label_costs_nothing() -> None:
    assert label_loss(torch.ones(2, len(LABELS)), torch.full((2, len(LABELS)), torch.nan), EVEN).item() == 0


def test_presence_and_absence_weigh_as_the_table_says() -> None:
    weights = EVEN.clone()
    weights[HATE] = torch.tensor([0.5, 4.0])
    zero = torch.zeros(1, len(LABELS))
    present, absent, half = (
        label_loss(zero, torch.from_numpy(label_targets({"hate": value}))[None], weights).item() / math.log(2)
        for value in (1.0, 0.0, 0.5)
    )
    assert np.allclose([present, absent, half], [4.0, 0.5, 2.25])


def test_a_text_scores_as_its_highest_window() -> None:
    logits = torch.tensor([[1.0, -3.0], [2.0, -4.0], [-9.0, 7.0]])
    assert of_texts(logits, torch.tensor([0, 0, 1]), 2).tolist() == [[2.0, -3.0], [-9.0, 7.0]]


def tags_with(favourite: str) -> torch.Tensor:
    logits = torch.zeros(1, 1, len(TAGS))
    logits[0, 0, TAGS.index(favourite)] = 12.0
    return logits


def outside(*annotated: str) -> torch.Tensor:
    return torch.from_numpy(may_be_outside(frozenset(annotated)))[None]


def test_outside_all_spans_a_kind_that_nobody_looked_for_is_as_good_as_none() -> None:
    none = torch.zeros(1, 1, dtype=torch.int64)
    for tag, costs in (("O", False), ("B-PHONE_NUMBER", False), ("B-PERSON", True), ("I-PERSON", True)):
        loss = tag_loss(tags_with(tag), none, outside("PERSON", "LOCATION")).item()
        assert (loss > 5) == costs, tag


def test_a_marked_token_must_bear_its_very_tag() -> None:
    person = torch.tensor([[TAGS.index("B-PERSON")]])
    assert tag_loss(tags_with("B-PERSON"), person, outside("PERSON")).item() < 0.01
    assert tag_loss(tags_with("O"), person, outside("PERSON")).item() > 5


def test_tokens_of_rows_without_annotation_are_not_learnt_from() -> None:
    unknown = torch.full((1, 1), -1)
    assert tag_loss(tags_with("B-PERSON"), unknown, outside()).item() == 0
