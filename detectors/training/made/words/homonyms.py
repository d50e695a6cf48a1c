"""Innocent senses of words that are slurs elsewhere, as sentences."""

from typing import Final

from detectors.training.made.patterns import table

HOMONYMS: Final = table(
    """
    [There was|They found|I could see] [a|one] chink [in his armour|in the curtains|in the wall|of light under the \
        door].
    The [old|stone|sea|northern] dyke [keeps|kept] the [sea|river|flood] [out|from the fields].
    [We walked|The sheep graze|They cycled] along the dyke [until dark|near the village|in the wind|every spring].
    [Can I bum|He went out for|She lit|I gave up] a fag [after lunch|behind the pub|and coughed|years ago|on the \
        balcony].
    The gypsy moth [caterpillars|larvae] [ate|stripped] [half|all] the oaks [in|near] {place}.
    Maine coon cats are [big|fluffy|clever|gentle] [and loud|but shy|animals|].
    [I had|She served|Pass me] a cracker [with cheese|and some soup|with butter, please].
    [Pull|We pulled] [a|one more] cracker at [Christmas|dinner] and [read the joke|wore the paper hats].
    [He called|Let's call|She calls] a spade a spade[, as always|, that's why I like them|].
    [Dig|Turn] [it|the bed] over with a spade [before you plant|in autumn], [then|and] use the hoe [on the \
        weeds|between the rows].
    [The|A rusty|My new] hoe [is in the shed|broke|cost ten pounds|works well on dry ground].
    [What a queer|It was a queer|That's a queer] [noise|feeling|old house|little story|smell], [she thought|he \
        said|isn't it].
    The paint [contains|has] a flame retardant[, it says on the tin|].
    [Cold|Salt|Rain] [will|can] retard the [growth|setting|fire|reaction].
    [The strike|The storm|Debt|The outage] [could|may|will] cripple [the port|the network|small firms|the economy].
    The [rice|flooded] paddy [is|was] [green|full of frogs|planted in June].
    [The frogs|A frog|Two frogs] [in|by] the pond [croak|sang] all night.
    There was a nip in the air [this morning|at {place}|].
    [The dog|Our puppy|That goose] [gave|tried to give] me a nip [on the ankle|].
    [It made|The noise made] the horse spook [and run|at the fence|].
    [My|The] bitch [had|has] [six|four|eight] puppies [last night|in the barn|and they all feed well].
    [The breeder|The vet|A farmer] [sold|showed|examined] [a|the] [young|pregnant|pedigree] bitch [at the show|with \
        a limp|].
    [The tranny|My tranny|The old tranny] [in the van|on this truck|] [slips|leaks oil|needs a rebuild], [says the \
        mechanic|so I took the bus].
    The kitchen is spick and span[ again| for once|].
    The [slope|north slope] [is icy|is too steep for me|was closed].
    [A|One] [pansy|yellow pansy] [in|by] the window [box|] [flowers|bloomed] all winter.
    [The fairy|A fairy] at the end of the [play|story|panto] [grants|granted] three wishes.
    [She|My niece] [wants to be|dressed up as] a fairy [for the party|with green wings].
    GIMP is [a free|an open-source] [image editor|program for pictures], [I use it at work|try it].
    [He plays|They watched] the midget [league|cars] [on Saturdays|as a boy].
    [Those|The] faggots [in gravy|from the butcher|with peas] [are|were] [a Welsh classic|delicious|made of liver].
    [Tie|Gather|Carry] the sticks into a faggot [for the fire|before winter].
    [The monkeys|A monkey] at the zoo [stole|grabbed] my [banana|hat|sandwich].
    [We ate|She baked|I bought] [oreos|coconut cake|banana bread|a black forest cake|white chocolate].
    [The black|A white|The yellow] [piece|pawn|card|team|shirt] [goes first|won again|is mine].
    [The savage|A savage] [storm|winter|dog|review] [hit us|went on for days|scared the kids].
    [It's|That's] not [gay|queer] as in [odd|merry], [the book is just old|says my teacher].
    """
)
