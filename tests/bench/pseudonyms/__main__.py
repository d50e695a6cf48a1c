"""`python -m tests.bench.pseudonyms`: the round trip of generated conversations, and of bent tokens.

Deterministic: the same numbers give the same files. Exit code 1 if anything was lost or wrongly restored.
"""

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.pseudonyms.distortions import DISTORTIONS
from tests.bench.pseudonyms.report import measure
from tests.bench.pseudonyms.trial import try_one
from tests.bench.table import lined_up

_BAD = ("lost", "false", "leaked", "moved")
_FARED = ("restored", "left", "wrong")
_GOOD = ("conversations", "turns", "texts", "tokens", "foreign")


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.bench.pseudonyms", description=__doc__)
    options.add_argument("--conversations", type=int, default=100_000)
    options.add_argument("--tokens", type=int, default=1_000, help="Tokens that are bent in every way.")
    options.add_argument("--seed", type=int, default=0, help="Of the first conversation.")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--markdown", type=Path, help="Write the tables there.")
    asked = options.parse_args()
    total = Counter[str]()
    with ProcessPoolExecutor(asked.processes) as pool:
        seeds = range(asked.seed, asked.seed + asked.conversations)
        for made in pool.map(try_one, seeds, chunksize=200):
            total.update(made)
    bent = measure(asked.tokens)
    text = _markdown(total, bent)
    print(text)
    if asked.markdown:
        asked.markdown.write_text(text)
    return int(any(total[name] for name in _BAD) or any(one["wrong"] for one in bent.values()))


_HEAD = """# Pseudonyms, there and back

Written by `make soak`. Each text of each turn is masked and restored, whole and, when it is new, in pieces; each answer
quotes tokens of the call, tokens of nobody (`foreign`) and tokens with a letter changed. `lost`: came back changed.
`false`: restored though never issued. `leaked`: a found value left. `moved`: an old text left in another form.

"""
_BENT = """

## Tokens as models bend them

Each in five sentences, whole and character by character. `left` where a value is wanted: not certain enough.

"""


def _markdown(total: Counter[str], bent: dict[str, Counter[str]]) -> str:
    numbers = [(name, f"{total[name]:,}") for name in (*_GOOD, *_BAD)]
    rows = [
        (f"`{one.name}`", "value" if one.put else "as it is", *(f"{bent[one.name][how]:,}" for how in _FARED))
        for one in DISTORTIONS
    ]
    kinds = lined_up([("distortion", "wanted", *_FARED), *rows], 2)
    return f"{_HEAD}{lined_up([('what', 'count'), *numbers], 1)}{_BENT}{kinds}\n"


if __name__ == "__main__":
    sys.exit(main())
