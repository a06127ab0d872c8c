"""Forty reports as publishers word them, all invented: twenty about one person, and twenty that only look like it."""

ABOUT_ONE = (
    # Missing.
    (
        "Politie zoekt 14-jarige jongen uit Lewenborg",
        "De jongen is sinds maandagmiddag niet thuisgekomen. Hij droeg een blauwe jas. Wie hem ziet, belt 112.",
    ),
    (
        "Sinds dinsdag niets meer vernomen van vrouw (78)",
        "De familie maakt zich grote zorgen. Zij is in de war en loopt moeilijk.",
    ),
    (
        "Wie heeft deze man gezien?",
        "De 34-jarige inwoner van Hoogezand verliet zaterdag een café in de Peperstraat en is sindsdien spoorloos.",
    ),
    (
        "Burgernet: kijk uit naar meisje met rode fiets",
        "Een kind van zes wordt vermist in de omgeving van het Stadspark. Het draagt een gele trui.",
    ),
    (
        "Duikers zoeken in het Reitdiep naar vermiste student",
        "De student is voor het laatst gezien na een avond in de binnenstad.",
    ),
    # Wanted.
    (
        "Herkent u deze overvaller?",
        "De politie deelt beelden van een overval op een snackbar aan de Korreweg. De man is ongeveer 1,85 meter lang.",
    ),
    (
        "Beelden vrijgegeven van verdachte mishandeling Hoofdstation",
        "De verdachte draagt een zwarte pet en een grijze trui. Tips kunnen naar de politie.",
    ),
    (
        "Politie vraagt hulp bij vinden van inbreker Helpman",
        "De man met een donkere jas werd vastgelegd door een deurbelcamera.",
    ),
    (
        "Ontsnapte gedetineerde nog altijd op vrije voeten",
        "De 29-jarige man keerde niet terug van zijn verlof uit de gevangenis in Ter Apel.",
    ),
    # Crime and court, one person.
    (
        "Twee jaar cel voor man die ex-vriendin bedreigde",
        "De rechtbank in Groningen vindt bewezen dat de 41-jarige verdachte haar maandenlang lastigviel.",
    ),
    (
        "OM eist acht maanden tegen hardrijder",
        "De man uit Winschoten reed volgens de officier met 190 kilometer per uur over de ring.",
    ),
    (
        "Stadjer (23) aangehouden met drugs op zak",
        "Agenten controleerden hem op de Grote Markt en vonden elf zakjes.",
    ),
    (
        "Rechter spreekt vrouw vrij van brandstichting",
        "Er is te weinig bewijs dat zij de brand in haar flat aan de Canadalaan stichtte.",
    ),
    (
        "Man opgepakt voor stalken van buurvrouw in Selwerd",
        "De 52-jarige verdachte zit vast.",
    ),
    (
        "Straf voor voormalig trainer blijft in hoger beroep vijf jaar",
        "Het gerechtshof in Leeuwarden ziet geen reden voor een lagere straf.",
    ),
    # Children and victims.
    (
        "Slachtoffer van steekpartij in Paddepoel overleden",
        "De 19-jarige man bezweek in het ziekenhuis aan zijn verwondingen.",
    ),
    (
        "Peuter gewond na val uit raam in Beijum",
        "Het kind is met een ambulance naar het UMCG gebracht.",
    ),
    (
        "Fietser (67) omgekomen bij ongeluk op de Zonnelaan",
        "De man kwam onder een vrachtwagen terecht.",
    ),
    (
        "Kind van acht aangereden bij school in Hoogkerk",
        "De automobilist is doorgereden.",
    ),
    (
        "Moeder van neergestoken tiener vertelt haar verhaal",
        "Zij mist haar zoon elke dag.",
    ),
)

LOOKS_LIKE_IT = (
    (
        "Stille tocht voor omgekomen fietser",
        "Buurtbewoners lopen zaterdag om 19.00 uur van de Zonnelaan naar het Noorderplantsoen.",
    ),
    (
        "Demonstratie tegen vrijspraak van agent op Grote Markt",
        "De organisatie rekent zaterdag op tweehonderd mensen.",
    ),
    (
        "Zestien aanhoudingen bij ongeregeldheden rond FC Groningen - Heerenveen",
        "De ME kwam in actie op het plein voor de Euroborg.",
    ),
    (
        "Supporters veroordeeld voor vernielingen na de derby",
        "Elf supporters krijgen een taakstraf. De club verwacht zondag onrust.",
    ),
    (
        "Wake voor vermiste jongeren op de Vismarkt",
        "Vrijdagavond om acht uur steken mensen er kaarsen aan.",
    ),
    (
        "Gezocht: vrijwilligers voor Bevrijdingsfestival",
        "Het festival in het Stadspark verwacht op 5 mei 120.000 bezoekers.",
    ),
    (
        "Politie zoekt getuigen van onlusten in de Oosterparkwijk",
        "Een groep van vijftig jongeren gooide zondagavond stenen naar agenten.",
    ),
    (
        "Kinderen lopen met lampionnen door Beijum",
        "Op 11 november trekken zo'n driehonderd kinderen langs de deuren.",
    ),
    (
        "Kindervrijmarkt op Koningsdag in Noorderplantsoen",
        "De markt begint om 9.00 uur; de gemeente verwacht 5.000 bezoekers.",
    ),
    (
        "Jongeren gooien vuurwerk naar hulpverleners in Vinkhuizen",
        "Een ambulance moest zaterdagavond omkeren.",
    ),
    (
        "Agent gewond door vuurwerkbom tijdens jaarwisseling",
        "In de Indische Buurt stond een groep van honderd mensen rond een brandstapel.",
    ),
    (
        "Slachtoffers van toeslagenaffaire demonstreren bij provinciehuis",
        "Zij verzamelen donderdag om 12.00 uur op het Martinikerkhof.",
    ),
    (
        "Duizend scholieren verwacht bij klimaatstaking",
        "De kinderen verzamelen vrijdag om 11.00 uur op de Grote Markt.",
    ),
    (
        "Herdenking voor slachtoffers van aanslag trekt 500 mensen",
        "De bijeenkomst op de Grote Markt verliep rustig.",
    ),
    (
        "Politie zoekt oorzaak van explosie bij flat in Lewenborg",
        "Dertig bewoners staan op straat. De buurt is onrustig.",
    ),
    (
        "Veiligheidsrisicogebied na steekpartij tussen twee groepen in uitgaansgebied",
        "De burgemeester wijst de Peperstraat en omgeving aan voor twee weken.",
    ),
    (
        "Man gooit fles bij betoging, politie haalt groepen uit elkaar",
        "Op het Hereplein stonden zaterdag twee groepen tegenover elkaar.",
    ),
    (
        "Protest bij rechtbank tijdens zaak tegen klimaatactivisten",
        "Maandag om 9.00 uur staan vijftig mensen voor het gebouw aan het Guyotplein.",
    ),
    (
        "Rechter verbiedt blokkade van de A7",
        "De actiegroep wilde dinsdag met dertig trekkers de weg op.",
    ),
    (
        "Personeel van gevangenis Ter Apel voert actie",
        "Woensdagochtend blijft de poort twee uur dicht.",
    ),
)
