"""Sexual talk among or about adults, wanted and unwanted, beside health, education, romance and words alike."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, Family, drawn, without
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    **{name: everyday.SLOTS[name] for name in ("place", "food", "day", "topic")},
    "bits": table(
        """
        cock | dick | tits | boobs | ass | pussy | nipples | balls | arse | clit | naked body | bare breasts
        wet lips
        """
    ),
    "deed": table(
        """
        fuck | suck | lick | ride | screw | bang | go down on | undress | spank | blow | finger | moan with
        strip for
        """
    ),
    "deeds": table(
        """
        fucking | sucking | licking | riding | screwing | banging | undressing | spanking | moaning | stripping
        """
    ),
    "lover": table(
        """
        my husband | my wife | my boyfriend | my girlfriend | the stranger | her lover | his lover | the masseur
        a guy from the bar | my ex
        """
    ),
}

EXPLICIT: Final = table(
    """
    [I want|She wanted|He begged me|I need|They love] to {deed} [you|him|her|{lover}] [all night|hard|again|in the \
        shower|on the kitchen table].
    [He|She|{lover}] [slid|pushed|ran] a [hand|tongue|finger] [over|between|along] my [thighs|{bits}] [and I \
        moaned|slowly|until I came|].
    [Show|Send] me your {bits}[, sexy|, I'm so horny|, babe| 😏| 🍆💦].
    [I'm|She's|He's] [so|] [horny|wet|hard] [right now|for you|tonight], [come over and {deed} me|I can't stop \
        touching myself|let's fuck].
    [Write|Tell me|Continue] [a|an] [dirty|erotic|explicit|steamy] [story|scene] [where|in which] {lover} {deeds} \
        [slowly|on the beach|in a hotel].
    [We|They] [spent the night|were caught|can't stop] {deeds} [in the car|on the sofa|in the hotel|at {place}].
    [Best|Hot|Free|New] [porn|nudes|sex videos|cam girls|naked pics] [here|in my bio|tonight], [click \
        now|18+|subscribe for more].
    [Her|His] {bits} [bounced|pressed against me|felt so good] [while|as] [we fucked|I took him deep|she rode me].
    I [came|moaned|screamed] [so hard|twice] [when|while] {lover} [went down on me|was inside me|touched my {bits}].
    [Anyone up for|Looking for|Who wants] [a threesome|casual sex|a blowjob|sexting|a quick fuck] [tonight|near \
        {place}|]? [DM me.|]
    """
)
UNWANTED: Final = table(
    """
    [Hey|Hi|Damn] [sexy|babe|sweet thing], [what are you wearing|nice {bits}|wanna {deed} me|send nudes or I'll keep \
        asking].
    [Nice|Great] {bits}, [bend over for me|let me {deed} you|you were made for {deeds}].
    I'd [{deed}|bang] [her|that waitress|the new girl at work|you], [whether she likes it or not|she's asking for \
        it|don't pretend you don't want it].
    [Stop talking|Shut up] and [show us your {bits}|get on your knees|{deed} me].
    [She's|You're] only good for {deeds}[, nothing else|, look at those {bits}|].
    """
)
INNOCENT: Final = table(
    """
    [Breast|Testicular|Cervical|Prostate] cancer [screening|checks] [is|are] [free|offered] [at {place}|from \
        fifty|every two years].
    [The doctor|My GP|The nurse|A midwife] [examined|asked about] my [breasts|testicles|vagina|penis|period] [and \
        all is fine|{day}|, standard check].
    [How|When] [do|should] I [talk to my kids about|teach] [sex|consent|puberty|periods|contraception]?
    [Condoms|The pill|Vaccines|Regular tests] [protect|help protect] [against|from] [infections|pregnancy|HPV], [ask \
        your doctor|the leaflet says].
    Sex education [at|in] [school|our school] [covers|should cover] [consent|contraception|respect|anatomy] [and \
        {topic}|].
    [I|We] [kissed|held hands|danced|fell in love] [at {place}|{day}] [and I'm so happy|and talked all night|].
    {lover} [kissed me|took my hand|made me {food}|smiled at me] [at {place}|{day}|] and [I blushed|my heart \
        jumped|we talked until dawn].
    I [love|miss|adore] {lover}[, we're getting married|, it hurts|, we met at {place}|].
    [Breastfeeding|Pumping] [at {place}|at work|] [was|is] [hard|easy|painful] [at first|for me|], [any tips|the \
        midwife helped].
    [The biology|The textbook|Her lecture|The museum] [chapter|] [explains|covers|shows] [sexual reproduction|the \
        reproductive organs|nudity in art|the sex of birds].
    [Grilled|I made] chicken breasts with [lemon|rice|mushrooms] [for dinner|{day}|].
    [The cock|A rooster] crowed at five [again|] [and woke us all|].
    [The survey|This form] asks for [age, sex|your sex|sex and age] [and postcode|].
    [Great tits|Blue tits] [nest|feed] in [our garden|the old oak] [every spring|].
    [The nude|This painting|That sculpture] [hangs in|was lent to] [the gallery|the museum] [in Paris|].
    [She|He] [reported|told HR about] [the harassment|his messages|unwanted touching] [at work|{day}] [and was \
        believed|and it stopped|].
    [A court|The judge] [jailed|convicted] a man [for sexual assault|for sharing nude photos of his ex] {day}.
    I'm [gay|bi|asexual|pregnant|on my period|in menopause] and [happy|tired|need advice about {topic}].
    [Spread|Rub|Lick|Suck] the [butter|salt|spoon|straw|lemon] [first|slowly|], [then add {food}|it's part of the fun].
    [Our|The] dating app [match|date] [went well|was at {place}|], we [talked about {topic}|shared {food}].
    """
)
_EXPLICIT: Final = without(CLEAN, "toxic", "insult", "stereotype", "bias", "gender", "sexism") | {"sexual": 1.0}
_UNWANTED: Final = without(_EXPLICIT, "hate") | {"toxic": 1.0}

HURTFUL: Final = (
    Family("explicit", _EXPLICIT, EXPLICIT, obscene=False),
    Family("explicit", _EXPLICIT, EXPLICIT, obscene=False),
    Family("unwanted", _UNWANTED, UNWANTED, obscene=False),
)
HARMLESS: Final = (Family("innocent", CLEAN, INNOCENT, obscene=False),)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them sexual."""
    return drawn(rng, count, "sexual", SLOTS, HURTFUL, HARMLESS)
