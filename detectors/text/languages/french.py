"""French, as in France, Belgium and Switzerland."""

from typing import Final

from detectors.text.languages.form import AGE, BLANK, IS, NO_RANGE, NUMBER, Form, day, name, town

_STOP: Final = (
    "Monsieur|Madame|Mademoiselle|Messieurs|Mesdames|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Docteur"
    "|Professeur|Directeur|Directrice|Présidente?|Ministre|Maire|Téléphone|Adresse|Date|Prénom|Nom|Tél|Société|Service"
    "|Client[a-z]*|Collègues?|Amie?s?|Tous|Toutes|Équipe|Code|Cedex|CEDEX"
)
"""Words in capitals that are no part of a name."""

_NAME: Final = name(_STOP)
_FULL_NAME: Final = name(_STOP, "de la|de|du|des|le|la")
_TITLES: Final = "(?:Mmes?|Mlle|Monsieur|Madame|Mademoiselle|Maître)"
_BEFORE: Final = (
    r"\b(?:(?:[Cc]her|de|à|par|avec|et|chez|pour|que|[Cc]ontacter|[Aa]ppeler|[Rr]appeler|patient|client)[ \t])"
)
_LABELS: Final = "(?:Nom(?: de famille| complet| et prénoms?)?|[Pp]rénoms?|Titulaire|Signataire)"
_GREETINGS: Final = "(?:Cher|Chère|Bonjour|Bonsoir)"
_REGARDS: Final = (
    "(?:[Cc]ordialement|[Bb]ien à vous|[Ss]alutations distinguées|[Ss]incères salutations|[Aa]micalement"
    "|[Rr]espectueusement)"
)
_END: Final = r"(?=[ \t]*(?:$|[,.|]))"

_MONTHS: Final = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|janv|févr|avr|juil|sept|oct|nov|déc"
)
_KINDS: Final = (
    r"(?:[Rr]ue|[Bb]oulevard|[Bb]l?d|[Aa]llées?|[Ii]mpasse|[Cc]hemin|[Qq]uai|[Aa]venue|[Aa]v\.|[Pp]lace|[Cc]ours"
    r"|[Ss]quare|[Ff]aubourg)"
)
_HOUSE: Final = r"(?: ?(?:bis|ter|quater|[A-D]))?,?"
_OF: Final = "(?:d(?:e la|es|e|u) |d['\u2019]|de l['\u2019]|l(?:a|e|es) |l['\u2019])?"
_NAMED: Final = town(_STOP, "de la|de|du|des|d.|l.|et|en|sur")
_STREET: Final = rf"{_OF}(?:[0-9]{{1,2}}(?:er)? (?:{_MONTHS})(?: [0-9]{{4}})?|{_NAMED})"
_TOWN: Final = (
    rf"{town(_STOP, 'sur|sous|en|le|la|les|lès|aux|de|du|d.|l.')}(?: [0-9]{{1,2}}(?=[ ,.\n]|$))?"
    r"(?: (?:[Cc]edex|CEDEX)(?: [0-9]{1,2})?)?"
)

_BORN: Final = r"(?:[Nn][ée](?:e|\(e\))? le|[Dd]ate de naissance)"
_NUMBERED: Final = (
    r"(?:[Nn]um[ée]ro|[Nn]°|[Nn]o\.|[Rr]éférence|[Rr]éf\.) ?(?:de |d['\u2019])?(?:client|dossier|contrat|adhérent"
    r"|allocataire|assuré|étudiant|employé|abonné|permis|patient|police|passeport|carte)"
)
_PLATE: Final = r"[A-Z]{2}[- ]?[0-9]{3}[- ]?[A-Z]{2}\b"

_PEOPLE: Final = (
    "(?:homme|femme|garçon|fille|fillette|enfant|bébé|nourrisson|patiente?|monsieur|dame|fils|frère|sœur|mère|père"
    "|retraitée?|jeune|personne|adolescente?|étudiante?)"
)
_YEARS: Final = rf"{BLANK}(?:ans|mois|semaines)\b"
_HAS: Final = (
    rf"(?:\b[Jj]['\u2019](?:ai|avais)|(?<!\b[Yy]{BLANK})\b(?:a|avait|aura)|\b(?:fête|fêtait|fêtera|ayant)){BLANK}"
    rf"(?:(?:déjà|seulement|bientôt|ses){BLANK})?"
)
"""Who has years is so old; "il y a 76 ans" is a time ago."""

_NO_SPAN: Final = rf"(?!{BLANK}(?:de|d['\u2019]|plus|moins|pour))"
"""Not behind it: what the years are spent with."""

FRENCH: Final = (
    Form(
        "PERSON",
        rf"{_TITLES}\s",
        rf"\b{_TITLES}[ \t]+(?:(?:le |la )?(?:Docteur|Dr|Professeur|Pr)\.? )?\K(?:de |du |Le |La )?{_NAME}",
    ),
    Form("PERSON", r"M\. \S", rf"{_BEFORE}M\. \K(?:de |du )?{_NAME}(?=[^.\p{{L}}]|\.(?!\p{{L}}))"),
    Form("PERSON", rf"{_LABELS}\s*:", rf"\b{_LABELS}[ \t]*+:[ \t]*+\K{_FULL_NAME}"),
    Form("PERSON", rf"{_GREETINGS}\s", rf"\b{_GREETINGS} \K{_NAME}(?=[ \t]*[,!\n])"),
    Form("PERSON", _REGARDS, rf"\b{_REGARDS}[,.]?\s{{1,4}}\K{_FULL_NAME}{_END}"),
    Form(
        "ADDRESS",
        rf"[0-9]{_HOUSE} {_KINDS} ",
        rf"(?<![\w.])[0-9]{{1,4}}{_HOUSE} {_KINDS} {_STREET}(?:,? (?:[FBL]-)?[0-9]{{4,5}} {_TOWN})?",
    ),
    Form(
        "ADDRESS",
        r"\n[ \t]*(?:F-)?[0-9]+ \S",
        rf"(?<=^[0-9]{{1,4}}[ ,][^\n]{{4,60}}\n)[ \t]*+\K(?:F-)?[0-9]{{5}} {_TOWN}(?=[ \t]*$)",
    ),
    Form("DATE_OF_BIRTH", _BORN, rf"\b{_BORN}(?: est(?: le)?)?[ \t]*+:?[ \t]*+\K{day(_MONTHS)}"),
    Form("ID", r"(?:[Nn]um[ée]ro|[Nn]°|[Nn]o\.|[Rr]éf)", rf"\b{_NUMBERED}(?: est(?: le)?)?{IS}{NUMBER}"),
    Form("ID", "[Ii]mmatricul", rf"\b[Ii]mmatricul(?:ation|ée?)(?: est)?{IS}{_PLATE}"),
    Form(
        "AGE",
        "[Ââ]gée?s?.d",
        rf"\b[Ââ]gée?s?{BLANK}d(?:e|['\u2019]environ){BLANK}(?:seulement{BLANK})?\K{AGE}(?={_YEARS})",
    ),
    Form("AGE", "[0-9].ans", rf"{_HAS}\K{AGE}(?={BLANK}ans\b{_NO_SPAN})"),
    Form("AGE", "âge.de.[0-9]", rf"(?<!jusqu['\u2019])\bà{BLANK}l['\u2019]âge{BLANK}de{BLANK}\K{AGE}(?={_YEARS})"),
    Form("AGE", "[0-9].(?:ans|mois|semaines)", rf"\b{_PEOPLE}{BLANK}de{BLANK}\K{AGE}(?={_YEARS})"),
    Form("AGE", ",.[0-9]+.ans", rf"\p{{Lu}}\p{{L}}++,{BLANK}\K{AGE}(?={BLANK}ans[,.])"),
    Form("AGE", "[Ââ]ge.{0,2}:", rf"\b[Ââ]ge[ \u00a0]?:[ \u00a0]?\K{AGE}{NO_RANGE}(?!{BLANK}à\b)"),
)
"""Names after titles, labels, greetings and under letters; streets and towns; days of birth; labelled numbers; ages."""
