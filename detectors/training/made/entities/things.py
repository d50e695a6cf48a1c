"""What surrounds personal data and is none: jobs, goods, prices, versions, ailments, works of art."""

from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, plain
from detectors.training.made.entities.word_lists import words

JOBS: Final = words("things", "jobs")
GOODS: Final = words("things", "goods")
AILMENTS: Final = words("things", "ailments")
DRUGS: Final = words("things", "drugs")
FOODS: Final = words("things", "foods")
WORKS: Final = words("things", "works")
PRICES: Final = words("things", "prices")
VERSIONS: Final = words("things", "versions")
COUNTS: Final = words("things", "counts")


def _share(maker: Maker) -> str:
    number = str(maker.rng.randint(1, 99))
    return maker.choice((f"{number}%", f"{number}.{maker.digits('#')}%", f"{number} percent", "half", "a third"))


THING_KINDS: Final[dict[str, Kind]] = {
    "job": plain(lambda maker: maker.choice(JOBS)),
    "thing": plain(lambda maker: maker.choice(GOODS)),
    "ailment": plain(lambda maker: maker.choice(AILMENTS)),
    "drug": plain(lambda maker: maker.choice(DRUGS)),
    "food": plain(lambda maker: maker.choice(FOODS)),
    "work": plain(lambda maker: maker.choice(WORKS)),
    "price": plain(lambda maker: maker.digits(maker.choice(PRICES))),
    "version": plain(lambda maker: maker.digits(maker.choice(VERSIONS))),
    "count": plain(lambda maker: maker.digits(maker.choice(COUNTS))),
    "share": plain(_share),
    "digit": plain(lambda maker: maker.digits("%")),
    "two": plain(lambda maker: maker.digits("%#")),
    "four": plain(lambda maker: maker.digits("####")),
}
