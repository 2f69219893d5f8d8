"""Syllables of invented company names, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How company names are composed in one language."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    pattern: str


ENGLISH = Language(
    heads=(
        *("Alder", "Bramble", "Cinder", "Dapple", "Ember", "Fennel", "Gossamer", "Hazel"),
        *("Indigo", "Juniper", "Kestrel", "Lark", "Maple", "Nettle", "Osprey", "Pebble"),
        *("Quill", "Rowan", "Sorrel", "Thistle", "Umber", "Vesper", "Willow", "Yarrow"),
    ),
    tails=(
        *("wick", "moor", "field", "gate", "brook", "haven", "ridge", "ford"),
        *("mere", "holt", "cross", "stead", "combe", "ley", "thorpe", "bank"),
    ),
    trades=(
        *("Logistics", "Dental", "Foods", "Mutual", "Robotics", "Freight", "Clinics"),
        *("Timber", "Optics", "Credit Union", "Legal", "Outdoor", "Paper", "Marine"),
        *("School District", "Hospitality", "Printing", "Seeds", "Ceramics", "Insurance"),
    ),
    forms=("Inc.", "LLC", "Group", "Holdings", "Ltd", "Partners"),
    pattern="{root} {trade} {form}",
)
GERMAN = Language(
    heads=(
        *("Grün", "Stein", "Hohen", "Mühl", "Eichen", "Rehn", "Wald", "Falken"),
        *("Birken", "Kessel", "Lerchen", "Nebel", "Distel", "Ähren", "Öhring", "Über"),
    ),
    tails=("felder", "brück", "hauser", "taler", "rieder", "gruber", "wieser", "höfer"),
    trades=(
        *("Maschinenbau", "Spedition", "Möbelwerk", "Prüftechnik", "Backwaren"),
        *("Gießerei", "Versicherungsbüro", "Saatgut", "Feinmechanik", "Küchen"),
    ),
    forms=("GmbH", "AG", "KG", "GmbH & Co. KG", "eG"),
    pattern="{root} {trade} {form}",
)
FRENCH = Language(
    heads=(
        *("Mont", "Clair", "Beau", "Haute", "Val", "Roche", "Fon", "Bel"),
        *("Châte", "Près", "Aigue", "Lanné", "Sèvre", "Gué"),
    ),
    tails=("revel", "lieu", "vert", "noix", "mère", "brune", "ville-aux-Loups", "sonne"),
    trades=(
        *("Ateliers", "Laiterie", "Imprimerie", "Transports", "Mutuelle", "Verrerie"),
        *("Clinique", "Boulangerie", "Menuiserie", "Société d'Études", "Pépinières"),
    ),
    forms=("SARL", "SA", "SAS", "et Fils", "Coopérative"),
    pattern="{trade} {root} {form}",
)
UKRAINIAN = Language(
    heads=(
        *("Світло", "Зоре", "Верхо", "Лісо", "Травне", "Срібно", "Ясено", "Вітро"),
        *("Маково", "Калино", "Пшенично", "Їжако"),
    ),
    tails=("бір", "град", "дар", "поле", "цвіт", "хвиля", "гай", "ключ"),
    trades=(
        *("Логістика", "Агро", "Меблі", "Друк", "Енерго", "Клініка", "Хліб"),
        *("Сервіс", "Будматеріали", "Насіння", "Зв’язок"),
    ),
    forms=("ТОВ", "ПрАТ", "ПП", "Кооператив"),
    pattern="{form} «{root} {trade}»",
)
ARABIC = Language(
    heads=("نجمة", "واحة", "بوابة", "لؤلؤة", "ضفاف", "نسيم", "مرسى", "قافلة"),
    tails=(" الكثبان", " الفجر", " السدرة", " الغدير", " المرجان", " الأصيل"),
    trades=("للتجارة", "للنقل", "للتأمين", "للأغذية", "للمقاولات", "الطبية", "للسياحة"),
    forms=("شركة", "مجموعة", "مؤسسة"),
    pattern="{form} {root} {trade}",
)
FIRST_NAMES = (
    *("Amal", "Bruno", "Chloé", "Dmytro", "Elif", "Farah", "Günther", "Hana", "Ivo", "Jörg"),
    *("Kateryna", "Liam", "Maëlle", "Nadia", "Oksana", "Priya", "Quentin", "Rosa", "Sami"),
    *("Taras", "Uma", "Viktor", "Wren", "Ximena", "Yara", "Zoë"),
)
LAST_NAMES = (
    *("Ashgrove", "Brennwald", "Corbeaulieu", "Dovhopol", "Estermann", "Farrowby"),
    *("Gallowmere", "Hrushko", "Ibn Sahl", "Jasperson", "Klarwasser", "Lozovyk"),
    *("Montclairet", "Nightinglow", "O'Fallowby", "Pruneau", "Quarrington", "Rautenfels"),
    *("Silverleyn", "Tymoshyk", "Ulvengate", "Vauxhelles", "Wintermark", "Yarilko"),
)
