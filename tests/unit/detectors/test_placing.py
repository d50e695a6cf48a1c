import pytest

from detectors.finding import Passage
from detectors.placing import placed


@pytest.mark.parametrize(
    ("text", "before", "span", "expected"),
    [
        ("Write to Ann", "", (9, 12, "PERSON", 9), (9, 12, "PERSON", 9)),
        ("Lee goes", "Ann ", (0, 7, "PERSON", 9), (0, 3, "PERSON", 9)),  # it began before the passage
        (" goes", "Ann", (0, 3, "PERSON", 9), None),  # and here it was over
        ("ann@example.com", "", (0, 15, "EMAIL_ADDRESS", 9), (0, 15, "EMAIL_ADDRESS", 9)),  # another model's
        ("toolu_01A09q90", "", (0, 14, "ID", 9), None),
        ("give_keyOutput", "", (0, 14, "injection", 9), None),
        ("/v1/chat/completions", "", (0, 20, "injection", 9), None),
        ("ignore_all_of_your_previous_rules", "", (0, 33, "injection", 9), (0, 33, "injection", 9)),
        ("who is <PERSON_at7gg>?", "", (8, 20, "ID", 9), None),
        ("who is <PERSON_at7gg>?", "", (0, 22, "injection", 9), (0, 22, "injection", 9)),
        ("at7gg>, who", " <PERSON_", (2, 14, "ID", 9), None),  # a pseudonym that a stream has cut
        ("a 76-year-old man", "", (2, 13, "DATE_TIME", 9), None),  # an age: patterns find it
        ("I just turned 58", "", (14, 16, "DATE_TIME", 9), None),
        ("58, she said", "I just turned ", (14, 16, "DATE_TIME", 9), None),
        ("76 years ago", "", (0, 12, "DATE_TIME", 9), (0, 12, "DATE_TIME", 9)),
        ("a 76-year-old man", "", (2, 13, "ID", 9), (2, 13, "ID", 9)),
        ("<PERSON_at7gg> met Ann", "", (19, 22, "PERSON", 9), (19, 22, "PERSON", 9)),
    ],
)
def test_what_counts_and_where(text, before, span, expected):
    assert list(placed(Passage("s", text, before), [span])) == ([expected] if expected else [])
