"""Words that judge people: bad, good and plain, in forms that fit after "are", "are a bunch of", "are so"."""

from typing import Final

from detectors.training.made.patterns import table

BAD: Final = table(
    """
    disgusting | stupid | filthy | worthless | inferior | evil | vile | repulsive | dirty | lazy | useless | subhuman
    pathetic | sick | immoral | perverted | savage | primitive | backward | dangerous | violent | untrustworthy
    greedy
    brainless | dumb | retarded | shameless | corrupt | sneaky | ignorant | uncivilised | toxic | revolting
    degenerate
    criminal | parasitic | hideous | rotten | cowardly | hateful | despicable | a disgrace | a joke | an embarrassment
    less intelligent than the rest of us | unfit to live among us | beneath us | mentally ill | abnormal
    unnatural
    """
)
FOUL: Final = tuple(word for word in BAD if " " not in word)
"""Those of `BAD` that can stand before a noun."""
BAD_NOUNS: Final = table(
    """
    idiots | morons | losers | scum | trash | garbage | thieves | liars | criminals | freaks | perverts | cowards
    pigs
    parasites | rats | animals | degenerates | leeches | savages | vermin | monsters | clowns | imbeciles | filth
    crooks
    """
)
BAD_NOUN: Final = table(
    """
    idiot | moron | loser | freak | pervert | coward | pig | parasite | rat | animal | degenerate | leech | savage
    clown
    """
)
VERMIN: Final = table(
    """
    vermin | rats | cockroaches | parasites | leeches | maggots | a plague | a disease | a cancer | animals | apes
    insects
    pigs | dogs | an infestation | locusts | lice | a virus | weeds | beasts | pests | filth | bacteria | mongrels
    ticks
    tumours | a pestilence | worms | mosquitoes | hyenas | swine | garbage | sewage | a rot | snakes | a swarm
    """
)
GOOD: Final = table(
    """
    kind | brilliant | hard-working | welcome here | wonderful | generous | smart | honest | brave | funny | talented
    friendly | equal | beautiful | decent | loving | trustworthy | creative | worthy of respect | great neighbours
    amazing | human beings like everyone else | a gift to this town | good people | as clever as anyone | lovely
    inspiring
    strong | patient | warm-hearted | reliable | valued | proud | gentle | fantastic | welcome at our table
    a joy to be around
    """
)
GOOD_NOUNS: Final = table(
    """
    heroes | friends | good neighbours | great colleagues | champions | angels | leaders | artists | role models
    volunteers | loving parents | thoughtful people | brilliant minds | pillars of this town
    """
)
HATE_VERB: Final = table(
    """
    hate | despise | loathe | detest | can't stand | am sick of | am disgusted by | can't bear | abhor
    have nothing but contempt for
    am fed up with | resent | feel nothing but hatred for | want nothing to do with | am allergic to | am repulsed by
    """
)
LOVE_VERB: Final = table(
    """
    love | respect | admire | stand with | support | appreciate | am proud of | am grateful for | trust | look up to
    have a lot of respect for | have nothing but love for | feel at home with | enjoy working with | root for | cherish
    """
)
INTENSE: Final = table(
    """
    so | really | truly | simply | just | all | absolutely | totally | utterly | honestly | completely | clearly
    """
)
EVER: Final = table("really | truly | just | simply | honestly | still")
"""As `INTENSE`, for places before a verb."""
WORTH: Final = table(
    """
    worthy of respect | our equals | human beings like us | trustworthy | decent | honest | good people | welcome here
    fit to vote | as clever as the rest of us | civilised | real people | normal | good enough for this country | clean
    """
)
"""What only contempt denies."""
PLAIN: Final = table(
    """
    over forty | from the north | in the audience | on the committee | at the bus stop | left-handed | in my class
    on our team | in this town | at the meeting | moving to the city | learning to drive | cooking for the fair
    """
)
