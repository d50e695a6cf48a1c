"""Content note: slurs. A classifier can't tell an attack from a reclaimed or a harmless use of words it has never met.

They are written here and nowhere else in the project. Each is a target like any group, so patterns need not know them.
"""

from typing import Final

from detectors.training.made.target import targets

RACIAL: Final = targets(
    """
    niggers / nigger | niggas / nigga | coons / coon | chinks / chink | gooks / gook | spics / spic
    wetbacks / wetback
    pakis / paki | ragheads / raghead | sand niggers / sand nigger | towelheads / towelhead | redskins / redskin
    gypsies / gypsy | gyppos / gyppo | pikeys / pikey | abos / abo | crackers / cracker | japs / jap | beaners / beaner
    porch monkeys / porch monkey | slant-eyes / slant-eye | golliwogs / wog | darkies / darkie | honkies / honky
    """,
    "race",
)
RELIGIOUS: Final = targets(
    """
    kikes / kike | yids / yid | mudslimes / mudslime | muzzies / muzzie | goat fuckers / goat fucker
    christ killers / christ killer | papists / papist | infidels / infidel | hymies / hymie
    """,
    "religion",
)
SEXUAL: Final = targets(
    """
    faggots / faggot | fags / fag | dykes / dyke | queers / queer | homos / homo | poofs / poof | sodomites / sodomite
    lesbos / lesbo | fairies / fairy | fudge packers / fudge packer | batty boys / batty boy
    """,
    "orientation",
)
TRANS: Final = targets(
    "trannies / tranny | shemales / shemale | he-shes / he-she | ladyboys / ladyboy | troons / troon", "gender"
)
SEXIST: Final = targets(
    """
    bitches / bitch | sluts / slut | whores / whore | cunts / cunt | hoes / hoe | skanks / skank | thots / thot
    bimbos / bimbo | feminazis / feminazi | slags / slag | femoids / femoid | hags / hag
    """,
    "gender",
    "sexism",
)
ABLEIST: Final = targets(
    """
    retards / retard | spastics / spastic | spazzes / spaz | cripples / cripple | mongs / mong | tards / tard
    mongoloids / mongoloid | schizos / schizo | gimps / gimp | window lickers / window licker
    """,
    "disability",
)
NATIONAL: Final = targets(
    """
    krauts / kraut | polacks / polack | wops / wop | dagos / dago | micks / mick | frogs / frog | gringos / gringo
    anchor babies / anchor baby | fobs / fob | illegals / illegal | rapefugees / rapefugee | yanks / yank
    """,
    "nationality",
)
SLURS: Final = (RACIAL, RACIAL, RELIGIOUS, SEXUAL, TRANS, SEXIST, ABLEIST, NATIONAL)

RECLAIMED: Final = targets(
    """
    queers / queer | dykes / dyke | fags / fag | niggas / nigga | bitches / bitch | crips / crip | trannies / tranny
    faggots / faggot | sluts / slut | hoes / hoe | gypsies / gypsy | homos / homo | fairies / fairy | poofs / poof
    desis / desi | pakis / paki | spazzes / spaz | cripples / cripple | butches / butch | lesbos / lesbo
    """
)
"""Words that a group uses of itself."""
