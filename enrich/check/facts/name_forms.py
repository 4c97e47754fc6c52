"""Forms of a word of a name: a country and its people, a street and its short form."""

from enrich.text.pattern import lazy_pattern
from enrich.text.words import word_set

_SAME = """
us usa america american americans united-states | uk britain british briton britons united-kingdom
eu europe european european-union
france french | germany german germans | china chinese | japan japanese | spain spanish spaniard | india indian indians
italy italian italians | netherlands dutch holland | switzerland swiss | denmark danish dane | sweden swedish swede
norway norwegian | poland polish | greece greek greeks | turkey turkish turkiye | ireland irish | wales welsh
scotland scottish scots scot | england english | vietnam vietnamese | israel israeli | iraq iraqi | russia russian
ukraine ukrainian | korea korean | taiwan taiwanese | canada canadian | mexico mexican | brazil brazilian
thailand thai | philippines filipino | portugal portuguese | belgium belgian | ai artificial-intelligence
iran iranian | egypt egyptian | syria syrian | libya libyan | lebanon lebanese | yemen yemeni | oman omani
qatar qatari | kuwait kuwaiti | bahrain bahraini | saudi-arabia saudi | palestine palestinian | kurdistan kurdish kurd
afghanistan afghan | pakistan pakistani | bangladesh bangladeshi | sri-lanka sri-lankan | nepal nepalese nepali
bhutan bhutanese | tibet tibetan | mongolia mongolian | kazakhstan kazakh | uzbekistan uzbek | turkmenistan turkmen
tajikistan tajik | kyrgyzstan kyrgyz | armenia armenian | azerbaijan azerbaijani azeri | myanmar burma burmese
laos laotian | cambodia cambodian | malaysia malaysian | indonesia indonesian | singapore singaporean
australia australian aussie | new-zealand new-zealander | fiji fijian | samoa samoan | tonga tongan
finland finnish finn | iceland icelandic icelander | austria austrian | czechia czech-republic czech
slovakia slovak slovakian | slovenia slovene slovenian | croatia croat croatian | serbia serb serbian | bosnia bosnian
kosovo kosovar kosovan | albania albanian | hungary hungarian | romania romanian | bulgaria bulgarian
moldova moldovan | belarus belarusian | estonia estonian | latvia latvian | lithuania lithuanian | cyprus cypriot
malta maltese | sicily sicilian | venice venetian | bavaria bavarian | catalonia catalan | morocco moroccan
algeria algerian | tunisia tunisian | sudan sudanese | somalia somali | ethiopia ethiopian | eritrea eritrean
kenya kenyan | uganda ugandan | rwanda rwandan | tanzania tanzanian | zambia zambian | malawi malawian
mozambique mozambican | zimbabwe zimbabwean | namibia namibian | angola angolan | congo congolese
cameroon cameroonian | gabon gabonese | nigeria nigerian | niger nigerien | ghana ghanaian | togo togolese
benin beninese | mali malian | senegal senegalese | ivory-coast ivorian | madagascar malagasy | africa african
asia asian | cuba cuban | haiti haitian | jamaica jamaican | bahamas bahamian | trinidad trinidadian
panama panamanian | honduras honduran | nicaragua nicaraguan | guatemala guatemalan | costa-rica costa-rican
el-salvador salvadoran | venezuela venezuelan | colombia colombian | ecuador ecuadorean ecuadorian | peru peruvian
bolivia bolivian | chile chilean | argentina argentine argentinian | paraguay paraguayan | uruguay uruguayan
quebec quebecois quebecer | texas texan | california californian | florida floridian | hawaii hawaiian
alaska alaskan | london londoner | paris parisian | moscow muscovite
andes andean | alps alpine | himalaya himalayas himalayan | arctic arctics | antarctica antarctic | siberia siberian
un united-nations | fed federal-reserve | la los-angeles | vw volkswagen | nyc ny new-york
"""


def _same_as() -> dict[str, frozenset[str]]:
    """Word -> all words and phrases for the same country or thing."""
    groups: dict[str, frozenset[str]] = {}
    for group in _SAME.replace("\n", "|").split("|"):
        members = word_set(group)
        groups |= {member: members for member in members}
    return groups


_SAME_AS = _same_as()
_PERSON = lazy_pattern(r"(?<=..)(?:wo)?m[ae]n$")
_PERSONS = word_set("briton britons spaniard spaniards dane danes swede swedes scot scots")
_SHORTENED_WORDS = """
road rd|street st|saint st|avenue ave av|boulevard blvd|drive dr|lane ln|highway hwy|square sq|mount mt|fort ft
university univ uni|department dept|corporation corp|company co|incorporated inc|limited ltd|brothers bros|county co
international intl|association assn assoc|government govt|institute inst|laboratory lab|laboratories labs|junior jr
senior sr|north n|south s|east e|west w|northeast ne|northwest nw|southeast se|southwest sw|committee cttee
kyiv kiev|mumbai bombay|beijing peking|yangon rangoon|chennai madras|kolkata calcutta|isis isil daesh
"""
_SHORT_FORMS = {
    word: shorts[0]
    for long, *shorts in (line.split() for line in _SHORTENED_WORDS.replace("|", "\n").strip().splitlines())
    for word in (long, *shorts)
}
_UMLAUTS = lazy_pattern(r"(?<![aeoqu])([aou])e(?=[^aeou]|$)")
"""How a writer without a key for it spells an umlaut: `Krueger`."""


_CAPITALS = """
paris france|berlin germany|beijing china|tokyo japan|madrid spain|rome italy|delhi india|lisbon portugal|dublin ireland
moscow russia|kremlin russia|kyiv ukraine|kiev ukraine|seoul korea|taipei taiwan|ottawa canada|brasilia brazil
bangkok thailand|manila philippines|brussels eu|brussels belgium|athens greece|ankara turkey|oslo norway|warsaw poland
stockholm sweden|copenhagen denmark|helsinki finland|vienna austria|bern switzerland|prague czechia|budapest hungary
bucharest romania|sofia bulgaria|cairo egypt|tehran iran|baghdad iraq|kabul afghanistan|hanoi vietnam|canberra australia
wellington new-zealand|nairobi kenya|abuja nigeria|accra ghana|lima peru|bogota colombia|santiago chile|quito ecuador
havana cuba|london uk|london england|edinburgh scotland|cardiff wales|washington us|jerusalem israel|riyadh saudi-arabia
"""


_REGIONS = """
europe france germany spain italy netherlands switzerland denmark sweden norway poland greece ireland portugal belgium
europe finland iceland austria czechia slovakia slovenia croatia serbia bosnia albania hungary romania bulgaria ukraine
europe estonia latvia lithuania uk eu
scandinavia denmark sweden norway|nordic denmark sweden norway finland iceland|baltic estonia latvia lithuania
africa egypt libya morocco algeria tunisia sudan somalia ethiopia eritrea kenya uganda rwanda tanzania zambia malawi
africa mozambique zimbabwe namibia angola congo cameroon gabon nigeria niger ghana togo benin mali senegal ivory-coast
africa madagascar
asia china japan india korea taiwan vietnam thailand philippines pakistan bangladesh sri-lanka nepal bhutan mongolia
asia kazakhstan uzbekistan myanmar laos cambodia malaysia indonesia singapore
"""
"""A part of the world with countries of it."""


def _regions() -> dict[str, frozenset[str]]:
    """Word for a part of the world or its people -> every word for a country of it."""
    found: dict[str, frozenset[str]] = {}
    for line in _REGIONS.replace("|", "\n").strip().splitlines():
        region, *countries = line.split()
        forms = frozenset[str]().union(*map(country_forms, countries))
        found |= {word: found.get(word, frozenset()) | forms for word in country_forms(region) or {region}}
    return found


_STATES = """
alabama al|alaska ak|arizona az|arkansas ar|california ca|colorado co|connecticut ct|delaware de|florida fl|georgia ga
hawaii hi|idaho id|illinois il|indiana in|iowa ia|kansas ks|kentucky ky|louisiana la|maine me|maryland md
massachusetts ma|michigan mi|minnesota mn|mississippi ms|missouri mo|montana mt|nebraska ne|nevada nv|ohio oh
oklahoma ok|oregon or|pennsylvania pa|tennessee tn|texas tx|utah ut|vermont vt|virginia va|washington wa|wisconsin wi
wyoming wy
"""
_CODES = dict(line.split() for line in _STATES.replace("|", "\n").strip().splitlines())
_STATE_OF = {code: state for state, code in _CODES.items()}


def code_of_state(plain: str) -> str:
    """The two letters for a state of the USA, in bare form; those of two words are their initials, else none."""
    return _CODES.get(plain, "")


def state_of(word: str) -> str:
    """The state, in bare form, for which two capitals stand, else nothing: `md` is a doctor."""
    return _STATE_OF.get(word.casefold(), "") if word.isupper() else ""


def countries_of(plain: str) -> frozenset[str]:
    """The words for countries of a part of the world, in bare form: for `nordic` also `swedish`."""
    return _IN_REGION.get(plain) or _IN_REGION.get(plain.removesuffix("n"), frozenset())


def _seats() -> dict[str, frozenset[str]]:
    """Word for a country or its people -> its capital, which may stand for its government, and the other way round."""
    found: dict[str, frozenset[str]] = {}
    for pair in _CAPITALS.replace("|", "\n").strip().splitlines():
        city, country = pair.split()
        forms = country_forms(country)
        found[city] = found.get(city, frozenset()) | forms
        found |= {form: found.get(form, frozenset()) | {city} for form in forms}
    return found


def seats_of(plain: str) -> frozenset[str]:
    """What stands for a country beside its own names: for `french` `paris`, for `brussels` `eu` and `belgian`."""
    return _SEATS.get(plain, frozenset())


def short_form(plain: str) -> str:
    """How a word of a name is shortened, in bare form; of any other word itself: `rd` for `road`."""
    return _SHORT_FORMS.get(plain, plain)


def without_umlauts(plain: str) -> str:
    """A word in bare form with the letters of its umlauts alone: `kruger` for `krueger`."""
    return _UMLAUTS.sub(r"\1", plain)


def same_thing(plain: str) -> str:
    """The one word for a country, its people and the like, of any of them in bare form: `china` for `chinese`."""
    return min(country_forms(plain), default="")


def is_country(plain: str) -> bool:
    """Whether a word in bare form is a country, a people or the like."""
    return bool(country_forms(plain))


def is_person_of_country(plain: str) -> bool:
    """Whether a word in bare form is somebody of a country: `frenchman`, `spaniard`."""
    return plain in _PERSONS or (_PERSON.search(plain) is not None and is_country(plain))


def country_forms(plain: str) -> frozenset[str]:
    """All words and phrases for the country or thing that a word is of: `frenchman` is one of France's."""
    if plain not in _SAME_AS and (person := _PERSON.search(plain)):
        plain = plain[: person.start()]
    return _SAME_AS.get(plain) or _SAME_AS.get(plain.removesuffix("s"), frozenset())


_SEATS = _seats()
_IN_REGION = _regions()
INSTITUTIONS = word_set("""
    trust ltd limited inc corp company league association club group bank university hospital party show awards award
    cup times post service services council foundation institute agency school college street road avenue park stadium
    airport court palace county house hotel bridge station church union united city fc act report apartments square
    gardens theatre arena museum consortium authority commission ministry department society association academy
    federation organisation organization chamber bureau fund network partnership alliance coalition project programme
    program initiative board laboratory economics technologies systems
""")
"""Words of names that are of no person."""
