"""Which numbers the payment networks give out: how they begin, and how many digits they have.

A number's structure and its check digit are those of ISO/IEC 7812-1. The ranges are those that the networks publish for
merchants, as https://en.wikipedia.org/wiki/Payment_card_number gathers them.
"""

from typing import Final, NamedTuple


class Network(NamedTuple):
    """How its numbers begin: expressions of four digits, in which `#` is any digit.

    `plain` are the lengths at which beginning and check digit tell a card; at those in `vague`, it takes a word beside.
    """

    name: str
    heads: str
    plain: frozenset[int]
    vague: frozenset[int]


def _network(name: str, heads: str, plain: str = "", vague: str = "") -> Network:
    return Network(name, heads, frozenset(map(int, plain.split())), frozenset(map(int, vague.split())))


NETWORKS: Final = (
    _network("American Express", "3[47]##", "15"),
    _network("BORICA", "2205", "16", "16"),
    _network("Diners Club", "30[0-5]#|3095|36##|3[89]##", "16", "14 15 17 18 19"),
    _network("Discover", "6011|64[4-9]#|65##", "16", "17 18 19"),
    _network("Humo", "9860", "16"),
    _network("JCB", "35(?:2[89]|[3-8]#)", "16", "17 18 19"),
    _network("JCB, the old ones", "2131|1800", "", "15"),
    _network("Maestro", "50##|5[6-8]##|6###", "16", "12 13 14 15 17 18 19"),
    _network("Maestro, the old ones", "0604", "", "12 13 14 15 16 17 18 19"),
    _network("Mastercard", "5[1-5]##", "16"),
    _network("Mastercard, 2-series", "222[1-9]|22[3-9]#|2[3-6]##|27[01]#|2720", "16", "16"),
    _network("Mir", "220[0-4]", "16", "16 17 18 19"),
    _network("Napas", "9704", "16", "19"),
    _network("RuPay", "508#|60##|65##|8[12]##", "16"),
    _network("Troy", "9792", "16"),
    _network("UATP", "1###", "", "15"),
    _network("UnionPay", "62##", "16 19", "17 18"),
    _network("UnionPay, beyond 62", "81##", "16", "17 18 19"),
    _network("UzCard", "8600", "16"),
    _network("Visa", "4###", "16 19", "13"),
)
"""Where ids that are no cards have the same length and often the same beginning, a length is vague: order numbers and
parcels have 12 to 15 digits, ids that count time 17 to 19."""

TIME: Final = r"2[2-7](?:0[1-9]|1[0-2])(?:20|(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9])"
"""How a point in time begins that is written without marks, year or day first: `2311261609...`, `26112026...`. It could
be the beginning of a Mastercard, Mir or BORICA card, which is why these are vague, too."""


def heads(length: int, *, plain: bool) -> str:
    """Give the expression of the first four digits of numbers of a length; an empty one if there are none."""
    fitting = (network.heads for network in NETWORKS if length in (network.plain if plain else network.vague))
    return "|".join(dict.fromkeys(fitting)).replace("#", "[0-9]")
