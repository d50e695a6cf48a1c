"""The slots that patterns share, by name."""

from typing import Final

from detectors.training.made.patterns import Slots
from detectors.training.made.words import groups, outsiders, swearing, verdicts

SHARED: Final[Slots] = {
    "bad": verdicts.BAD,
    "foul": verdicts.FOUL,
    "bads": verdicts.BAD_NOUNS,
    "bad1": verdicts.BAD_NOUN,
    "vermin": verdicts.VERMIN,
    "good": verdicts.GOOD,
    "goods": verdicts.GOOD_NOUNS,
    "hate": verdicts.HATE_VERB,
    "love": verdicts.LOVE_VERB,
    "very": verdicts.INTENSE,
    "ever": verdicts.EVER,
    "worth": verdicts.WORTH,
    "other": tuple(target.many for group in groups.HATED for target in group),
    "plain": verdicts.PLAIN,
    "thing": outsiders.THINGS,
    "mass": outsiders.MASSES,
    "name": outsiders.NAMES,
    "person": outsiders.PERSONS,
    "fucking": swearing.FUCKING,
    "swear": swearing.SWEAR,
    "swears": swearing.SWEAR_NOUNS,
    "swear1": swearing.SWEAR_NOUN,
}
"""Words for the patterns of toxicity; a family's target adds its own slots."""
