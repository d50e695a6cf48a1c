"""Content note: swear words, since a classifier has to tell an oath from an attack."""

import re
from typing import Final

from detectors.training.made.patterns import table

FUCKING: Final = table("fucking | fucking | goddamn | bloody | fuckin | damn | freaking | motherfucking | effing")
SWEAR: Final = table(
    """
    fuck | shit | damn | bollocks | holy shit | for fuck's sake | Jesus fucking Christ | fuck me | what the fuck
    """
)
SWEAR_NOUNS: Final = table(
    """
    assholes | bastards | pricks | cunts | shitheads | bitches | dickheads | motherfuckers | pieces of shit
    arseholes | fuckers | twats | wankers
    """
)
SWEAR_NOUN: Final = table(
    """
    asshole | bastard | prick | cunt | shithead | bitch | dickhead | motherfucker | piece of shit | arsehole | fucker
    twat | wanker | dipshit | dumbass
    """
)

_STRONG = re.compile(
    r"fuck|\bshit|bullshit|cunt|asshole|arsehole|bastard|\bprick|\bbitch|dickhead|twat\b|twats|wanker|dumbass|\bpiss|"
    r"bollocks|\bass\b|\bcock\b|\bdick\b|\btits\b",
    re.IGNORECASE,
)


def is_obscene(text: str) -> bool:
    """Say whether `text` holds a strong oath in plain spelling."""
    return bool(_STRONG.search(text))
