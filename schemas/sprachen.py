"""Languages a Stelle can advise in: two-letter codes of ISO 639-1 with German names.

What belongs here: the code list. It is long and changes with nothing else, hence a file of its own.
"""

from schemas.modell import Code, Codeliste

_NAMEN = (
    "aa=Afar ab=Abchasisch af=Afrikaans ak=Akan am=Amharisch an=Aragonesisch ar=Arabisch as=Assamesisch av=Awarisch "
    "ay=Aymara az=Aserbaidschanisch ba=Baschkirisch be=Belarussisch bg=Bulgarisch bi=Bislama bm=Bambara bn=Bengalisch "
    "bo=Tibetisch br=Bretonisch bs=Bosnisch ca=Katalanisch ce=Tschetschenisch ch=Chamorro co=Korsisch cr=Cree "
    "cs=Tschechisch cu=Kirchenslawisch cv=Tschuwaschisch cy=Walisisch da=Dänisch de=Deutsch dv=Dhivehi dz=Dzongkha "
    "ee=Ewe el=Griechisch en=Englisch eo=Esperanto es=Spanisch et=Estnisch eu=Baskisch fa=Persisch ff=Ful fi=Finnisch "
    "fj=Fidschi fo=Färöisch fr=Französisch fy=Westfriesisch ga=Irisch gd=Schottisch-Gälisch gl=Galicisch gn=Guaraní "
    "gu=Gujarati gv=Manx ha=Hausa he=Hebräisch hi=Hindi ho=Hiri-Motu hr=Kroatisch ht=Haitianisch hu=Ungarisch "
    "hy=Armenisch hz=Herero ia=Interlingua id=Indonesisch ie=Interlingue ig=Igbo ii=Yi ik=Inupiak io=Ido is=Isländisch "
    "it=Italienisch iu=Inuktitut ja=Japanisch jv=Javanisch ka=Georgisch kg=Kongo ki=Kikuyu kj=Kwanyama kk=Kasachisch "
    "kl=Grönländisch km=Khmer kn=Kannada ko=Koreanisch kr=Kanuri ks=Kaschmiri ku=Kurdisch kv=Komi kw=Kornisch "
    "ky=Kirgisisch la=Latein lb=Luxemburgisch lg=Luganda li=Limburgisch ln=Lingala lo=Laotisch lt=Litauisch "
    "lu=Luba-Katanga lv=Lettisch mg=Madagassisch mh=Marschallesisch mi=Maori mk=Mazedonisch ml=Malayalam mn=Mongolisch "
    "mr=Marathi ms=Malaiisch mt=Maltesisch my=Birmanisch na=Nauruisch nb=Bokmål nd=Nord-Ndebele ne=Nepalesisch "
    "ng=Ndonga nl=Niederländisch nn=Nynorsk no=Norwegisch nr=Süd-Ndebele nv=Navajo ny=Nyanja oc=Okzitanisch oj=Ojibwe "
    "om=Oromo or=Oriya os=Ossetisch pa=Panjabi pi=Pali pl=Polnisch ps=Paschtu pt=Portugiesisch qu=Quechua "
    "rm=Rätoromanisch rn=Rundi ro=Rumänisch ru=Russisch rw=Kinyarwanda sa=Sanskrit sc=Sardisch sd=Sindhi "
    "se=Nordsamisch sg=Sango si=Singhalesisch sk=Slowakisch sl=Slowenisch sm=Samoanisch sn=Shona so=Somali "
    "sq=Albanisch sr=Serbisch ss=Swati st=Süd-Sotho su=Sundanesisch sv=Schwedisch sw=Suaheli ta=Tamil te=Telugu "
    "tg=Tadschikisch th=Thailändisch ti=Tigrinya tk=Turkmenisch tl=Tagalog tn=Tswana to=Tongaisch tr=Türkisch "
    "ts=Tsonga tt=Tatarisch tw=Twi ty=Tahitisch ug=Uigurisch uk=Ukrainisch ur=Urdu uz=Usbekisch ve=Venda "
    "vi=Vietnamesisch vo=Volapük wa=Wallonisch wo=Wolof xh=Xhosa yi=Jiddisch yo=Yoruba za=Zhuang zh=Chinesisch zu=Zulu"
)

SPRACHE = Codeliste(
    "sprache",
    "Sprache",
    tuple(Code(*eintrag.split("=", 1)) for eintrag in _NAMEN.split()),
    quelle="ISO 639-1",
)
