"""Spanish, as in Spain; most of it is written so in America, too."""

from typing import Final

from detectors.text.languages.form import AGE, BLANK, IS, NO_RANGE, NUMBER, Form, day, name, town

_STOP: Final = (
    "Señora?|Señores|Sra?|Don|Doña|Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo|Doctora?|Profesora?|Directora?"
    "|Presidente|Presidenta|Ministr[ao]|Alcalde|Teléfono|Dirección|Fecha|Nombre|Apellidos?|Tel|DNI|NIF|NIE|Amig[oa]s?"
    "|Client[a-z]*|Todos|Todas|Compañer[a-z]+|Equipo|Mundo"
)
"""Words in capitals that are no part of a name."""

_NAME: Final = name(_STOP, "de la|de los|de las|del")
_FULL_NAME: Final = name(_STOP, "de la|de los|de las|del|de")
_TITLES: Final = r"(?:Sra\.|Srta\.|Dña\.|[Dd]oña|[Ss]eñora?)"
_BEFORE: Final = "(?:[Ee]l|[Aa]l|[Dd]el|[Ee]stimado|[Dd]e|[Aa]|[Cc]on|[Pp]or|[Qq]ue|[Ss]eñor)"
_LABELS: Final = "(?:Nombre(?: y apellidos| completo)?|Apellidos?|Titular|Paciente|Solicitante)"
_GREETINGS: Final = "(?:Estimad[oa]|Querid[oa]|Hola|Apreciad[oa])"
_REGARDS: Final = "(?:[Ss]aludos?|[Aa]tentamente|[Uu]n abrazo|[Cc]ordialmente|[Ll]e saluda)"
_END: Final = r"(?=[ \t]*(?:$|[,.|]))"

_KINDS: Final = (
    r"(?:C/|c/|[Cc]alle|[Aa]vda\.?|[Aa]venida|[Pp]aseo|Pza\.|Ronda|Camino|Carretera|Ctra\.|Travesía|Glorieta"
    r"|[Pp]laza (?:de|del|Mayor))"
)
_STREET: Final = rf"(?:(?:de la|de los|de las|del|de|la|el|los|las) )?{town(_STOP, 'de la|de los|de las|del|de|y')}"
_HOUSE: Final = r"(?:,? (?:n\.?[º°] ?|núm\. ?)?[0-9]{1,4}\b|,? s/n)(?:,? [0-9]{1,2}\.?[ºª°](?: ?[A-Z]\b)?)?"
_TOWN: Final = town(_STOP, "de la|de los|de las|del|de|la|el")

_MONTHS: Final = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
_BORN: Final = r"(?:[Nn]acid[oa]|[Nn]ac(?:í|ió)|[Ff](?:echa|\.) de nacimiento|[Ff]\. ?[Nn]ac\.)"
_NUMBERED: Final = (
    r"(?:[Nn][úu]mero|[Nn]\.?[º°]|[Nn]úm\.|[Cc]ódigo) de (?:cliente|socio|contrato|expediente|póliza|afiliación"
    r"|empleado|historia clínica|tarjeta sanitaria|paciente|pasaporte|carné)"
)
_PLATE: Final = r"[0-9]{4}[- ]?[BCDFGHJ-NPRSTV-Z]{3}\b"

_PEOPLE: Final = (
    "(?:hombre|mujer|niñ[oa]|chic[oa]|bebé|paciente|señora?|joven|hij[oa]|herman[oa]|madre|padre|ancian[oa]|varón"
    "|persona|adolescente|alumn[oa]|estudiante)"
)
_YEARS: Final = rf"{BLANK}(?:años|meses|semanas)\b"
_HAS: Final = (
    "(?:[Tt]engo|[Tt]ienes?|[Tt]enía|[Cc]umpl(?:o|e|í|ió|iré|irá|ir|ía|ido))"
    rf"{BLANK}(?:(?:ya|solo|sólo|casi|los|sus){BLANK})?"
)
_NO_SPAN: Final = rf"(?!{BLANK}(?:de|del|para|en|como|siguientes)\b)"
"""Not behind it: what the years are spent with."""

SPANISH: Final = (
    Form("PERSON", rf"{_TITLES}\s", rf"\b{_TITLES}[ \t]+(?:(?:D\.|Dña\.|Dra?\.|[Dd]on|[Dd]oña) )?\K{_NAME}"),
    Form(
        "PERSON",
        rf"(?:{_BEFORE} (?:Sr\.|D\.|[Dd]on )|Fdo\.)",
        rf"\b(?:{_BEFORE} (?:Sr\. (?:Dr?\. )?|D\. |[Dd]on )|Fdo\.:? ?)\K{_NAME}",
    ),
    Form("PERSON", rf"{_LABELS}\s*:", rf"\b{_LABELS}[ \t]*+:[ \t]*+\K{_FULL_NAME}"),
    Form("PERSON", rf"{_GREETINGS},?\s", rf"\b{_GREETINGS},? \K{_NAME}(?=[ \t]*[,:!\n])"),
    Form("PERSON", _REGARDS, rf"\b{_REGARDS}(?: atentamente| cordiales)?[,.:]?\s{{1,4}}\K{_FULL_NAME}{_END}"),
    Form("ADDRESS", rf"{_KINDS}\s?\S", rf"(?<!\w){_KINDS} ?{_STREET}{_HOUSE}(?:,? [0-9]{{5}} {_TOWN})?"),
    Form("DATE_OF_BIRTH", _BORN, rf"\b{_BORN}(?: es)?(?: el(?: día)?)?[ \t]*+:?[ \t]*+\K{day(_MONTHS)}"),
    Form("ID", _NUMBERED, rf"\b{_NUMBERED}(?: es)?{IS}{NUMBER}"),
    Form("ID", "[Mm]atrícula", rf"\b[Mm]atrícula(?: es)?{IS}{_PLATE}"),
    Form("AGE", "[0-9].[a-zñ]+.de.edad", rf"{AGE}(?={_YEARS}{BLANK}de{BLANK}edad\b)"),
    Form("AGE", "[0-9].años", rf"\b(?:{_HAS}|[Aa]{BLANK}los{BLANK})\K{AGE}(?={BLANK}años\b{_NO_SPAN})"),
    Form("AGE", "de.[0-9]+.(?:años|meses|semanas)", rf"\b{_PEOPLE}{BLANK}de{BLANK}\K{AGE}(?={_YEARS}{_NO_SPAN})"),
    Form("AGE", ",.de.[0-9]+.años", rf"\p{{Lu}}\p{{L}}++,{BLANK}de{BLANK}\K{AGE}(?={BLANK}años\b{_NO_SPAN})"),
    Form("AGE", r"[Ee]dad\s*:", rf"\b[Ee]dad[ \t]*+:[ \t]*+\K{AGE}{NO_RANGE}(?!{BLANK}a\b)"),
)
"""Names after titles, labels, greetings and under letters; streets and towns; days of birth; labelled numbers; ages."""
