"""German, as in Germany, Austria and Switzerland."""

from typing import Final

from detectors.text.languages.form import AGE, BLANK, IS, JOINT, NO_RANGE, NUMBER, Form, day, name, town

_STOP: Final = (
    "Herrn?|Frau|Firma|Damen|Sie|Ihnen|Ihre?[mnr]?|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Doktor"
    "|Professor(?:in)?|Direktor(?:in)?|Minister(?:in)?|Kanzler(?:in)?|Bundes[a-z]+|Präsident(?:in)?|Richter(?:in)?"
    "|Telefon|Tel|Adresse|Anschrift|Geburtsdatum|Geschlecht|Abteilung|Bescheid|Kolleg[a-z]+|Kund[a-z]+|Freund[a-z]*"
    "|Team|Alle|Zusammen|Welt|Familie|Eltern|Mitglied[a-z]*|Gäste|Leser[a-z]*|Nachbar[a-z]*|GmbH|AG|Straße|PLZ|Ort"
)
"""Words in capitals that are no part of a name."""

_NAME: Final = name(_STOP)
_FULL_NAME: Final = name(_STOP, "von der|von den|von|vom|van|zu|zur|de")
_DEGREES: Final = r"(?:(?:Prof|Dr|Dipl|Ing|med|jur|phil|rer|nat|Mag|h\. ?c)\.[ -]?)*+"
_TITLES: Final = r"(?:Herrn?|Frau|Hr\.|Fr\.)"
_LABELS: Final = "(?:Vorname|[Nn]achname|Familienname|Ansprechpartner(?:in)?|Versicherte[rn]?|Antragsteller(?:in)?)"
_DOCTORS: Final = r"(?:Prof\. Dr\.|Dr\. med\.|Dipl\.-Ing\.)"
_GREETINGS: Final = "(?:Sehr geehrte[rs]?|Liebe[rs]?|Hallo|Guten Tag|Guten Morgen)"
_REGARDS: Final = "(?:Grüßen?|Gruß|Grüssen?|Gruss|Gruessen?|Hochachtungsvoll|MfG|mfg)"
_END: Final = r"(?=[ \t]*(?:$|[,.|]))"

_KINDS: Final = r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Mm]arkt|damm|ufer)"
_HOUSE: Final = r" ?[0-9]{1,4}(?: ?[a-hA-H]\b)?(?: ?[-/\u2013] ?[0-9]{1,4})?(?!\w)"
_CODE: Final = "(?:[DACHIE]{1,2}-)?[0-9]{4,5}"
_TOWN: Final = rf"{town(_STOP, 'am|an der|im|in der|bei|ob der|vor der')}(?: (?:am|an der) \p{{Lu}}\p{{L}}+)?"
_ANY_TOWN: Final = town(_STOP, "am|an der|im|in der|bei|ob der|vor der|de|del|en|di|nell.")
"""Of a line of its own below a house's number, which other languages write so, too."""

_MONTHS: Final = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez"
)
_BORN: Final = r"(?:geboren(?: am)?|[Gg]eb\.(?:-?[Dd]atum)?(?: am)?|Geburts(?:datum|tag)(?: ist(?: der)?)?)"
_NUMBERED: Final = (
    r"(?:[Kk]unden|[Vv]ertrags|[Vv]ersicherten|[Vv]ersicherungs|[Mm]itglieds|[Pp]ersonal|[Aa]usweis|[Aa]kten|[Ff]all"
    r"|[Pp]atienten|[Mm]atrikel|[Pp]olicen|[Ss]teuer|[Pp]ass|[Ff]ührerschein)-?(?:[Nn]ummer|[Nn]r\b\.?|ID\b)"
)
_PLATE: Final = r"[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[ -]?[0-9]{1,4}[EH]?\b"

_PEOPLE: Final = (
    "(?:Patient|Mann|Männer|Frau|Kind(?!heit)|Junge|Jugendliche|Mädchen|Baby|Säugling|Sohn|Tochter|Bruder|Schwester|Mutter"
    "|Vater|Oma|Opa|Groß(?:mutter|vater)|Enkel|Schüler|Student|Rentner|Kund|Bewerber|Mitarbeiter|Angestellte|Kolleg"
    "|Fahrer|Versicherte|Antragsteller|Zeug(?:e|in)|Freund|Nachbar|Dame|Herr|Witwe|Person)"
)
_YEARS_OLD: Final = rf"{BLANK}{{0,2}}(?:Jahren?|J\.|Monaten?|Wochen?){BLANK}alt(?:e[rnms]?)?\b"
_YEARLY: Final = (
    rf"{JOINT}?(?:jährig\b|Jährige[rnms]?\b|jährige[rnms]?{BLANK}{_PEOPLE}"
    rf"|(?:monatige|wöchige)[rnms]?{BLANK}(?:Baby|Säugling|Kind|Sohn|Tochter|Junge|Mädchen))"
)
"""What lasts ten years is "zehnjährig", too: an experience, a contract."""

_JUST: Final = rf"(?:(?:gerade|heute|gestern|jetzt|erst|nur|etwa|rund|knapp|fast){BLANK})?"

GERMAN: Final = (
    Form("PERSON", rf"{_TITLES}\s", rf"\b{_TITLES}[ \t]+{_DEGREES}\K(?:von |van )?{_NAME}"),
    Form(
        "PERSON",
        rf"(?:{_LABELS}\s*:|{_DOCTORS})",
        rf"\b(?:(?:Vor- und )?{_LABELS}[ \t]*+:[ \t]*+|{_DOCTORS} ){_DEGREES}\K{_FULL_NAME}",
    ),
    Form("PERSON", rf"{_GREETINGS},?\s", rf"\b{_GREETINGS},? \K{_NAME}(?=[ \t]*[,!\n])"),
    Form("PERSON", _REGARDS, rf"\b{_REGARDS}[,.!]?\s{{1,4}}(?:i\. ?[AV]\.\s+)?{_DEGREES}\K{_FULL_NAME}{_END}"),
    Form(
        "ADDRESS",
        rf"{_KINDS}\s?[0-9]",
        r"(?<![\p{L}-])(?:\p{Lu}[\p{L}.]{0,30}[ -]){0,2}[\p{L}-]{0,40}?"
        rf"{_KINDS}{_HOUSE}(?:,? {_CODE} {_TOWN})?",
    ),
    Form(
        "ADDRESS",
        r"\n[ \t]*(?:[A-Z]+-)?[0-9]+ \S",
        rf"(?<=[0-9][ /]?[a-zA-Z]?,?[ \t]*\n)[ \t]*+\K{_CODE} {_ANY_TOWN}(?: \([A-Z]{{2}}\))?(?=[ \t]*$)",
    ),
    Form("DATE_OF_BIRTH", r"(?:geboren|[Gg]eb\.|Geburts(?:datum|tag))", rf"\b{_BORN}[ \t]*+:?[ \t]*+\K{day(_MONTHS)}"),
    Form("ID", _NUMBERED, rf"\b{_NUMBERED}(?: (?:lautet|ist|war))?{IS}{NUMBER}"),
    Form("ID", "[Kk]ennzeichen", rf"\b(?:KFZ-|Kfz-|Auto)?[Kk]ennzeichen(?: (?:lautet|ist))?{IS}{_PLATE}"),
    Form("AGE", "[0-9].{0,2}(?:J|Mo|Wo)[a-z.]{0,6}.alt", rf"{AGE}(?={_YEARS_OLD})"),
    Form("AGE", "[0-9].?(?:[Jj]ähr|monat|wöch)ig", rf"{AGE}(?={_YEARLY})"),
    Form(
        "AGE",
        "Alter.von.(?:[a-z]{3,7}.)?[0-9]",
        rf"\bim{BLANK}Alter{BLANK}von{BLANK}{_JUST}\K{AGE}{NO_RANGE}(?!{BLANK}bis\b)",
    ),
    Form("AGE", r"Alter\s*:", rf"\bAlter[ \t]*+:[ \t]*+\K{AGE}{NO_RANGE}(?!{BLANK}bis\b)"),
    Form(
        "AGE", "[0-9].(?:Jahre.)?geworden", rf"\b(?:bin|ist){BLANK}{_JUST}\K{AGE}(?={BLANK}(?:Jahre{BLANK})?geworden\b)"
    ),
)
"""Names after titles, labels, greetings and under letters; streets and towns; days of birth; labelled numbers; ages."""
