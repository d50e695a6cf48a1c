"""Languages are told apart: English stays English whatever is in it, and what nobody can read is said."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from detectors.encoder.languages import FEWEST_WORDS, LANGUAGE, PATTERNS_ONLY, WITH_PATTERNS, unread_language, worse
from detectors.text.languages.tables import FORMS

FOREIGN = {
    "Dutch": "Mijn moeder is gisteren in het ziekenhuis opgenomen en ik weet niet wie ik daarover moet bellen.",
    "Portuguese": "A minha mãe foi ontem internada no hospital e não sei a quem devo telefonar sobre isso.",
    "Polish": "Moja mama trafiła wczoraj do szpitala i nie wiem, do kogo mam w tej sprawie zadzwonić.",
    "Polish, plain letters": "Moja mama trafila wczoraj do szpitala i nie wiem, do kogo mam w tej sprawie zadzwonic.",
    "Swedish": "Min mamma blev inlagd på sjukhus i går och jag vet inte vem jag ska ringa om det.",
    "Danish": "Min mor blev indlagt på hospitalet i går, og jeg ved ikke, hvem jeg skal ringe til om det.",
    "Norwegian": "Moren min ble lagt inn på sykehus i går, og jeg vet ikke hvem jeg skal ringe om det.",
    "Finnish": "Äitini joutui eilen sairaalaan enkä tiedä, kenelle minun pitäisi soittaa asiasta tänään.",
    "Czech": "Moje máma byla včera přijata do nemocnice a nevím, komu mám kvůli tomu zavolat.",
    "Hungarian": "Az édesanyámat tegnap kórházba vitték, és nem tudom, kit kellene emiatt felhívnom.",
    "Romanian": "Mama mea a fost internată ieri în spital și nu știu pe cine trebuie să sun pentru asta.",
    "Turkish": "Annem dün hastanede yatiyor ve bu konuda kime sormam gerektiğini hiç bilmiyorum.",
    "Croatian": "Moja majka je jučer primljena u bolnicu i ne znam koga trebam nazvati zbog toga.",
    "Indonesian": "Ibu saya kemarin masuk rumah sakit dan saya tidak tahu harus menelepon siapa soal itu.",
    "Vietnamese": "Mẹ tôi hôm qua phải vào bệnh viện và tôi không biết phải gọi cho ai về việc đó.",
    "Lithuanian": "Mano mama vakar buvo paguldyta į ligoninę ir aš nežinau, kam dėl to turėčiau skambinti.",
    "Estonian": "Mu ema viidi eile haiglasse ja ma ei tea, kellele ma peaksin selle pärast helistama.",
    "Swahili": "Mama yangu alilazwa hospitalini jana na sijui ni nani ninayepaswa kumpigia simu kuhusu hilo.",
    "Catalan": "La meva mare va ingressar ahir a l'hospital i no sé amb qui hauria de parlar d'això.",
    "Afrikaans": "My ma is gister in die hospitaal opgeneem en ek weet nie wie ek daaroor moet bel nie.",
}

KNOWN_TO_PATTERNS = {
    "German": "Meine Mutter wurde gestern ins Krankenhaus gebracht und ich weiß nicht, wen ich deshalb anrufen soll.",
    "German, plain letters": "Koennten Sie mir bitte sagen, wen ich wegen der Rechnung von gestern anrufen muss?",
    "French": "Ma mère a été hospitalisée hier et je ne sais pas qui je dois appeler à ce sujet.",
    "Spanish": "Ayer ingresaron a mi madre en el hospital y no sé a quién tengo que llamar por eso.",
    "Italian": "Ieri mia madre è stata ricoverata in ospedale e non so a chi devo telefonare per questo.",
}

ENGLISH = {
    "names": "Agnieszka Kowalczyk, Małgorzata Wiśniewska, Jan de Vries, Søren Kjærgaard, Hans-Jürgen Großmann",
    "names in a sentence": "Meet Herr Schmidt at Hauptbahnhof Frankfurt, go to Königsallee to Frau Uhl.",
    "towns": "Łódź, Wrocław, Poznań, Gdańsk, Malmö, Göteborg, Västerås, Örebro, Linköping, Helsingborg",
    "slang": "lol omg u wont believe wat happnd 2day my bro got fired cuz he was l8 again smh idk wat 2 do tbh",
    "code": "def parse(data):\n    for key, val in data.items():\n        if val is None:\n            continue\n",
    "shell": "docker run -d --name redis -p 6379:6379 redis redis-server --appendonly yes | grep ready | awk",
    "query": "select c.name, o.total from customers c left join orders o on o.id = c.id where o.total > 9",
    "JSON": '{"user": {"name": "jdoe", "roles": ["admin", "ops"]}, "status": "shipped", "currency": "EUR", "qty": 3}',
    "log": "12:33 WARN [main] o.a.k.NetworkClient - connection to node could not be established, so wait",
    "list": "milk, eggs, butter, flour, sugar, tomatoes, onions, garlic, pasta, rice, chicken, beef, salmon",
    "drugs": "paracetamol 500 mg, ibuprofen 400 mg, amoxicillin 875 mg, omeprazole 20 mg, metformin",
    "placeholder": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor",
    "a quotation": "He said \"nein danke, meine Damen und Herren\" to them, and then the guide went on to the castle.",
    "sounds": "ha ha ha ha ha ha no no no no oh oh oh la la la la la la",
    "letters": "aaa bbb ccc ddd eee fff ggg hhh iii jjj kkk lll mmm nnn ooo ppp qqq rrr sss",
}  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_language_that_nobody_knows_is_not_read(text):
    assert unread_language(text) == LANGUAGE


@pytest.mark.parametrize("text", KNOWN_TO_PATTERNS.values(), ids=KNOWN_TO_PATTERNS)
def test_what_patterns_know_is_said_to_be_read_by_these_alone(text):
    assert unread_language(text) == PATTERNS_ONLY


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_and_what_is_no_language_is_read(text):
    assert unread_language(text) is None


def test_a_few_words_are_no_language():
    words = FOREIGN["Dutch"].lower().split()
    assert unread_language(" ".join(words[: FEWEST_WORDS - 1])) is None
    assert unread_language(" ".join(words)) == LANGUAGE


def test_a_letter_below_an_english_question_is_seen():
    question = "Please translate the letter below and tell me what they want from us, and whether we must pay.\n"
    assert unread_language(question + FOREIGN["Dutch"] * 3) == LANGUAGE
    assert unread_language(question + KNOWN_TO_PATTERNS["German"] * 3) == PATTERNS_ONLY
    assert unread_language(question * 20 + KNOWN_TO_PATTERNS["German"]) is None


def test_of_two_languages_the_less_known_one_counts():
    assert unread_language(KNOWN_TO_PATTERNS["German"] * 3 + FOREIGN["Polish"] * 3) == LANGUAGE


@pytest.mark.parametrize("one", [None, PATTERNS_ONLY, LANGUAGE])
def test_the_worse_of_two_reasons(one):
    assert worse(one, LANGUAGE) == worse(LANGUAGE, one) == LANGUAGE
    assert worse(one, None) == worse(None, one) == one


def test_many_may_ask_at_once():
    barrier = threading.Barrier(4)

    def ask(text: str) -> str | None:
        barrier.wait()
        return unread_language(text)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, list(FOREIGN.values())[:4] * 4)) == {LANGUAGE}


def test_the_languages_that_patterns_know_are_those_that_have_forms():
    assert set(FORMS) == {*WITH_PATTERNS, "en"}  # English is read, and has forms of ages only
    assert {form.label for form in FORMS["en"]} == {"AGE"}
