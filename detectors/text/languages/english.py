"""English: ages alone. Names, addresses and numbers in it are left to the encoder and to Presidio's recognisers."""

from typing import Final

from detectors.text.languages.form import AGE, BLANK, JOINT, Form

_UNITS: Final = "(?:years?|yrs?|months?|mos?|weeks?|wks?)"
_OLD: Final = rf"{JOINT}{{0,2}}{_UNITS}\.?{JOINT}{{1,2}}(?:olds?|of{BLANK}age)\b"
_DAYS_OLD: Final = rf"{JOINT}days?{JOINT}old{BLANK}(?:baby|infant|newborn|neonate|boy|girl|son|daughter)\b"
_YO: Final = (
    rf"(?:[ \u00a0-]?(?:y/o|Y/O|y\.o)\b|-?(?:yo|YO)[mfMF]?\b"
    rf"|{BLANK}(?:yo|YO){BLANK}(?:male|female|man|woman|boy|girl|kid|son|daughter|[mfMF])\b)"
)
_ABOUT: Final = rf"(?:(?:about|around|just|only|approximately|roughly|almost|nearly){BLANK})?"
_NUMBER: Final = "(?:[a-z]{4,13}.)?[0-9]"
"""At least what `_ABOUT` and a number are, for gates: without it "page" and "then" would have each text searched."""

_MORE: Final = "(?:over|above|older|under|below|up|younger|more|less)"
_NO_LIMIT: Final = (
    rf"(?!{BLANK}?[\u2013\u2014-]{BLANK}?[0-9]|\+|{BLANK}(?:to|through|and|or|&){BLANK}(?:[0-9]|{_MORE}\b)"
    rf"|{BLANK}(?:years?|yrs?){BLANK}(?:and|or){BLANK}{_MORE}\b|{BLANK}?(?:days?|hours?|minutes?|seconds?|[dhms])\b)"
)
"""Not behind it: what makes it one end of a range, or a rule for many ("aged 18 and over"), or no years."""

_NO_RULE: Final = (
    "(?<!\\b(?:under|over|below|above|minimum|maximum|legal|median|mean|average|drinking|retirement|pension|voting"
    f"|than|until|before|any)(?:{BLANK}(?:the|an))?{BLANK})(?<![\\w-])"
)
"""Not before it: what makes it a rule for many, or a mean."""

_ENDS: Final = rf"(?:{BLANK}{{0,2}}(?:[.;!?)]|,|$)"
_LATER: Final = (
    rf"(?={_ENDS}|{BLANK}(?:today|yesterday|tomorrow|soon|this|next|last|on|in|and|but|when|while|years?|yrs?)\b))"
)
_SHE: Final = "(?:[Hh]e|[Ss]he|[Ww]ho|son|daughter|mother|father|mum|mom|dad|brother|sister|wife|husband|child|baby)"
_TURNED: Final = (
    rf"(?:\b[Tt]urn(?:ed|ing)|\b{_SHE}{BLANK}turns"
    rf"|(?:\b[Ww]ill|['\u2019]ll|\bwould|\b(?:about|going|due|set){BLANK}to){BLANK}turn)"
)
_WHEN: Final = rf"\b(?:[Ww]hen|[Uu]ntil|[Bb]efore|[Ss]ince){BLANK}(?:I|he|she|they|you|we){BLANK}(?:was|were|am|is|are)"
_SOMEBODY: Final = "(?:man|woman|boy|girl|lad|lady|gentleman|baby|infant|toddler|child)"

ENGLISH: Final = (
    Form("AGE", r"[0-9].{0,2}(?:year|yr|mo|week|wk)[a-z.]{0,6}.{1,2}o(?:ld|f)", rf"{AGE}(?={_OLD})"),
    Form("AGE", "[0-9].days?.old", rf"{AGE}(?={_DAYS_OLD})"),
    Form("AGE", r"[0-9].?[yY][/.]?[oO]", rf"{AGE}(?={_YO})"),
    Form("AGE", f"(?:[Aa]ged|AGED).{_NUMBER}", rf"(?<![\w-])(?:[Aa]ged|AGED){BLANK}{_ABOUT}\K{AGE}{_NO_LIMIT}"),
    Form(
        "AGE",
        f"(?:[Aa]ge|AGE)(?:.(?:of|is|was))?.{_NUMBER}",
        rf"{_NO_RULE}(?:age|AGE|[Aa]ge{BLANK}(?:of|is|was)){BLANK}{_ABOUT}\K{AGE}{_NO_LIMIT}",
    ),
    Form(
        "AGE",
        r"(?:[Aa]ge|AGE).{0,2}[:=].{0,2}[0-9]",
        rf"{_NO_RULE}(?:[Aa]ge|AGE)[\"']?{BLANK}?[:=]{BLANK}?[\"']?\K{AGE}{_NO_LIMIT}",
    ),
    Form("AGE", f"[Tt]urn(?:ed|ing|s)?.{_NUMBER}", rf"{_TURNED}{BLANK}{_ABOUT}\K{AGE}{_LATER}"),
    Form(
        "AGE",
        f"(?:hen|ntil|efore|ince).[a-zI]{{1,4}}.(?:was|were|am|is|are).{_NUMBER}",
        rf"{_WHEN}{BLANK}{_ABOUT}\K{AGE}(?={_ENDS}|{BLANK}(?:and|or|but)\b))",
    ),
    Form(
        "AGE",
        f"{_SOMEBODY}.of.{_NUMBER}",
        rf"\b{_SOMEBODY}{BLANK}of{BLANK}{_ABOUT}\K{AGE}(?={_ENDS}|{BLANK}(?:{_UNITS}|who|with|from)\b))",
    ),
)
"""The number of an age, where words beside it say that it is one."""
