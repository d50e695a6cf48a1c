"""Italian, as in Italy and Switzerland."""

from typing import Final

from detectors.text.languages.form import AGE, BLANK, IS, JOINT, NO_RANGE, NUMBER, Form, day, name, town

_STOP: Final = (
    "Signora?|Signori|Signorina|Lunedì|Martedì|Mercoledì|Giovedì|Venerdì|Sabato|Domenica|Dottore|Dottoressa"
    "|Professor[a-z]*|Direttore|Direttrice|Presidente|Ministro|Sindaco|Telefono|Indirizzo|Data|Nome|Cognome|Tel|Codice"
    "|Client[ei]|Collegh?[a-z]+|Amic[a-z]+|Tutti|Tutte|Mondo|Team|Ditta"
)
"""Words in capitals that are no part of a name."""

_NAME: Final = name(_STOP, "della|dello|degli|dei|del|de")
_FULL_NAME: Final = name(_STOP, "della|dello|degli|dei|del|de|di|d.")
_TITLES: Final = (
    r"(?:[Ss]ig\.(?:ra|na|ri)?|[Ss]ignora|[Ss]ignore?|[Ss]ignorina|[Dd]ott\.(?:ssa)?|[Dd]r\.ssa|[Aa]vv\.|[Gg]eom\."
    r"|[Rr]ag\.|[Pp]rof\.ssa)"
)
_LABELS: Final = "(?:Nome(?: e cognome)?|Cognome(?: e nome)?|Nominativo|Intestatario|Paziente|Richiedente|Firmato)"
_GREETINGS: Final = "(?:Gentile|Egregi[oa]|Car[oa]|Ciao|Buongiorno|Buonasera)"
_REGARDS: Final = (
    "(?:[Cc]ordiali [Ss]aluti|[Dd]istinti [Ss]aluti|[Cc]ordiale saluto|[Cc]ordialmente|[Ii]n fede|[Tt]anti saluti)"
)
_END: Final = r"(?=[ \t]*(?:$|[,.|]))"

_KINDS: Final = r"(?:[Vv]iale|[Pp]iazza|[Pp]iazzale|[Cc]orso|[Ll]argo|[Vv]icolo|P\.zz?a|V\.le|C\.so)"
_STREET: Final = (
    r"(?:(?:della|dello|delle|degli|dei|del|di|dell['\u2019]|d['\u2019]) ?)?(?:[XVI]+ |[0-9]{1,2} )?"
    rf"{town(_STOP, 'della|delle|degli|dei|del|di|e')}"
)
_HOUSE: Final = r",? (?:n\. ?)?[0-9]{1,4}(?:/?[A-Za-z]\b)?(?![\w%])(?![.,][0-9])"
_TOWN: Final = rf"{town(_STOP, 'della|del|di|in|al|sul|d.|nell.')}(?: \([A-Z]{{2}}\))?"
_PLACE: Final = rf"{_STREET}{_HOUSE}(?:,? (?:I-)?[0-9]{{5}} {_TOWN})?"

_MONTHS: Final = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_BORN_AT: Final = r"(?: a \p{Lu}[\p{L} '\u2019]{1,30}(?: \([A-Z]{2}\))?)?"
_BORN: Final = rf"(?:[Nn]at[oa]{_BORN_AT},? il|[Dd]ata di nascita(?: è(?: il)?)?)"
_NUMBERED: Final = (
    r"(?:[Nn]umero|[Nn]\.|[Nn]r\.|[Cc]odice) (?:di )?(?:cliente|tessera|contratto|pratica|polizza|matricola|assistito"
    r"|passaporto|patente|paziente)"
)
_PLATE: Final = r"[A-Z]{2}[- ]?[0-9]{3}[- ]?[A-Z]{2}\b"

_PEOPLE: Final = (
    "(?:uomo|donna|bambin[oa]|ragazz[oa]|neonat[oa]|paziente|signora?|figli[oa]|fratello|sorella|madre|padre|anzian[oa]"
    "|giovane|persona|studente|studentessa)"
)
_YEARS: Final = rf"{BLANK}(?:anni|mesi|settimane)\b"
_HAS: Final = (
    "(?:[Hh]o|[Hh]ai?|[Aa]vev[oa]|[Aa]vrà|[Cc]ompi(?:o|e|rò|rà|re|va|uto))"
    rf"{BLANK}(?:(?:già|solo|appena|quasi|i){BLANK})?"
)
_NO_SPAN: Final = rf"(?!{BLANK}(?:di|fa|per|in|da)\b)"
"""Not behind it: what the years are spent with, and that they are a time ago."""

ITALIAN: Final = (
    Form("PERSON", rf"{_TITLES}\s", rf"(?<!\w){_TITLES}[ \t]+(?:{_TITLES} )?\K(?:De |Di |Del |Della )?{_NAME}"),
    Form("PERSON", rf"{_LABELS}\s*:", rf"\b{_LABELS}[ \t]*+:[ \t]*+\K{_FULL_NAME}"),
    Form("PERSON", rf"{_GREETINGS}\s", rf"\b{_GREETINGS} \K{_NAME}(?=[ \t]*[,!\n])"),
    Form("PERSON", _REGARDS, rf"\b{_REGARDS}[,.]?\s{{1,4}}\K{_FULL_NAME}{_END}"),
    Form("ADDRESS", "(?:[Ii]n via|Via) ", rf"(?:\b[Ii]n \K[Vv]ia|^[ \t]*\KVia|[:,][ \t]*\KVia) {_PLACE}"),
    Form("ADDRESS", rf"{_KINDS} ", rf"(?<!\w){_KINDS} {_PLACE}"),
    Form("DATE_OF_BIRTH", r"(?:[Nn]at[oa],?\s|[Dd]ata di nascita)", rf"\b{_BORN}[ \t]*+:?[ \t]*+\K{day(_MONTHS)}"),
    Form("ID", _NUMBERED, rf"\b{_NUMBERED}(?: è)?{IS}{NUMBER}"),
    Form("ID", "[Tt]arga", rf"\b[Tt]arga(?: è)?{IS}{_PLATE}"),
    Form("AGE", "[0-9].anni", rf"\b{_HAS}\K{AGE}(?={BLANK}anni\b{_NO_SPAN})"),
    Form("AGE", "età.di.[0-9]", rf"(?:all|dell)['\u2019]età{BLANK}di{BLANK}\K{AGE}(?={_YEARS})"),
    Form("AGE", "di.[0-9]+.(?:anni|mesi|settimane)", rf"\b{_PEOPLE}{BLANK}di{BLANK}\K{AGE}(?={_YEARS}{_NO_SPAN})"),
    Form("AGE", ",.(?:di.)?[0-9]+.anni", rf"\p{{Lu}}\p{{L}}++,{BLANK}(?:di{BLANK})?\K{AGE}(?={BLANK}anni[,.])"),
    Form("AGE", "[0-9].?enn[ei]", rf"{AGE}(?={JOINT}?enn[ei]\b)"),
    Form("AGE", r"[Ee]tà\s*:", rf"\b[Ee]tà[ \t]*+:[ \t]*+\K{AGE}{NO_RANGE}"),
)
"""Names after titles, labels, greetings and under letters; streets and towns; days of birth; labelled numbers; ages."""
