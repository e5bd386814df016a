// The page: from the address to form, drawing, table, message and files. Every change goes through the address, so
// that the way back of the browser leads through the choices.

const DATEN = "daten/erkunden";
const BILDBREITE = 900;

const ansichtsname = (verzeichnis, wahl) => verzeichnis.ansichten.find(([a]) => a === wahl.ansicht)[1];

/** What is shown in one line: for the caption, the message and files. */
function beschreibung(verzeichnis, wahl) {
  const teil = wahl.gliederung ? `, ${wahl.code === ALLE ? `nach ${wahl.gliederung.label}` : wahl.gliederung.codes.find(([c]) => c === wahl.code)[1]}` : "";
  const wo = wahl.code === ALLE ? `, ${gebiet(verzeichnis, wahl.gebiete[0]).name}` : "";
  const jahr = ["verlauf", "tabelle"].includes(wahl.ansicht) ? "" : `, ${wahl.jahr}`;
  return `${wahl.kennzahl.name}, ${wahl.variante.label}${teil}${wo}${jahr}, ${wahl.variante.einheit}`;
}

function bildVon(verzeichnis, stueck, wahl) {
  if (wahl.ansicht === "verlauf") return verlauf(verzeichnis, wahl, reihen(verzeichnis, stueck, wahl));
  if (wahl.ansicht === "trichter") return trichter(verzeichnis, stueck, wahl);
  if (wahl.ansicht === "tabelle") return {};
  return { vergleich, karte }[wahl.ansicht](verzeichnis, wahl, jahreswerte(verzeichnis, stueck, wahl));
}

function tabelleVon(verzeichnis, stueck, wahl, titel) {
  if (wahl.ansicht === "verlauf") return verlaufstabelle(verzeichnis, wahl, reihen(verzeichnis, stueck, wahl), titel);
  if (wahl.ansicht === "tabelle") return volltabelle(verzeichnis, wahl, gezeigteWerte(verzeichnis, stueck, wahl), titel);
  const jahr = wahl.gliederung ? undefined : stueck[wahl.variante.id].trichter[wahl.jahr];
  if (wahl.ansicht === "trichter" && jahr) return trichtertabelle(verzeichnis, wahl, jahr, titel);
  return vergleichstabelle(verzeichnis, wahl, jahreswerte(verzeichnis, stueck, wahl), titel);
}

/** One sentence for those who cannot see that the page has changed. */
function meldung(liste, bild) {
  const mit = liste.filter((z) => z.wert.zahl !== null).length;
  const geheim = liste.filter((z) => z.wert.zeichen === "G").length;
  const rest = geheim ? `, ${geheim} geheim` : "";
  return `${mit === 1 ? "1 Zahl" : `${mit} Zahlen`}${rest}.${bild.grund ? ` ${bild.grund}` : ""}`;
}

class Seite {
  constructor(verzeichnis) {
    this.verzeichnis = verzeichnis;
    this.formular = finde("auswahl");
    this.lauf = 0;
    baueFormular(this.formular, verzeichnis);
    this.formular.addEventListener("submit", (e) => e.preventDefault());
    this.formular.addEventListener("change", () => this.gehe());
    this.startbild = finde("startbild");
    finde("interaktiv")?.addEventListener("click", () => this.zeigeInteraktiv().catch(melde));
    finde("csv").addEventListener("click", () => this.speichereCsv());
    finde("svg").addEventListener("click", () => this.speichereBild("svg", alsSvg));
    finde("png").addEventListener("click", () => this.speichereBild("png", alsPng));
    // The link that jumps to the content has an address, too, but chooses nothing.
    addEventListener("hashchange", () => (location.hash === "" || location.hash.includes("=")) && this.zeige().catch(melde));
    finde("werkzeug").hidden = false;
    finde("ohne-skript").hidden = true;
  }

  /** A choice was made: the address changes, and with it the page. */
  gehe() {
    const vorher = location.hash;
    location.hash = alsAdresse(ausAdresse(this.verzeichnis, adresseAus(this.formular)));
    if (location.hash === vorher) this.zeige().catch(melde);
  }

  async zeige() {
    const lauf = ++this.lauf;
    const wahl = ausAdresse(this.verzeichnis, location.hash);
    const stueck = await ladeDaten(wahl.kennzahl.id, `${DATEN}/${wahl.kennzahl.id}.js`);
    // A later choice may have been quicker.
    if (lauf !== this.lauf) return;
    const jahre = jahreVon(this.verzeichnis, stueck, wahl);
    if (!jahre.includes(wahl.jahr)) wahl.jahr = neuestesJahr(this.verzeichnis, stueck, wahl, jahre);
    Object.assign(this, { wahl, stueck });
    zeigeWahl(this.formular, wahl, jahre);
    await this.zeichne();
  }

  async zeichne() {
    const { verzeichnis, stueck, wahl, lauf } = this;
    const titel = `${ansichtsname(verzeichnis, wahl)}: ${beschreibung(verzeichnis, wahl)}`;
    const bild = bildVon(verzeichnis, stueck, wahl);
    finde("bildtitel").textContent = titel;
    finde("tabellenbereich").replaceChildren(tabelleVon(verzeichnis, stueck, wahl, beschreibung(verzeichnis, wahl)));
    finde("anmerkungen").replaceChildren(...[bild.grund, ...(bild.hinweise ?? []), wahl.variante.hinweis].filter(Boolean).map((text) => element("p", { class: "anmerkung" }, text)));
    finde("klassen").replaceChildren(...(bild.klassen ?? []).map((k) => element("li", { class: `k${k.nummer}` }, k.text)));
    finde("klassen").hidden = !bild.klassen;
    finde("kennzahlverweis").href = wahl.kennzahl.seite;
    finde("kennzahlverweis").textContent = `Was die Kennzahl bedeutet: ${wahl.kennzahl.name}`;
    finde("umrissnachweis").textContent = wahl.ansicht === "karte" ? verzeichnis.umrissnachweis : "";
    for (const name of ["svg", "png"]) finde(name).disabled = !bild.spec;
    finde("bild").setAttribute("aria-label", `${titel}. Alle Werte stehen in der Tabelle darunter.`);
    this.spec = bild.spec;
    // What is shown before any choice is drawn in the page already: plotly would keep a phone busy for seconds.
    const reicht = this.startbild && !location.hash.includes("=");
    if (bild.spec && !reicht) await this.zeichneInteraktiv();
    else this.zeigeEines(bild.spec ? this.startbild : null);
    if (lauf !== this.lauf) return;
    finde("meldung").replaceChildren(element("span", { class: "vh" }, `${titel}: `), meldung(gezeigteWerte(verzeichnis, stueck, wahl), bild));
    // For whoever waits until the page shows what its address says.
    document.body.dataset.gezeigt = location.hash;
  }

  /** One of the two places for drawings, or neither. */
  zeigeEines(ort) {
    for (const e of [finde("bild"), this.startbild]) if (e) e.hidden = e !== ort;
  }

  /** The button goes with the drawing it stands below, so the new drawing gets the focus. */
  async zeigeInteraktiv() {
    await this.zeichneInteraktiv();
    finde("bild").focus();
  }

  async zeichneInteraktiv() {
    this.zeigeEines(finde("bild"));
    await zeichnePlotly(finde("bild"), this.spec);
  }

  dateiname(endung) {
    const { verzeichnis, wahl } = this;
    const teile = [wahl.kennzahl.id, wahl.variante.id, ansichtsname(verzeichnis, wahl), ...(["verlauf", "tabelle"].includes(wahl.ansicht) ? [] : [String(wahl.jahr)])];
    return `${teile.map(namensteil).join("_")}.${endung}`;
  }

  speichereCsv() {
    const { verzeichnis, stueck, wahl } = this;
    speichere(this.dateiname("csv"), alsCsv(csvZeilen(verzeichnis, wahl, gezeigteWerte(verzeichnis, stueck, wahl))));
  }

  async speichereBild(endung, wandle) {
    const { verzeichnis } = this;
    await this.zeichneInteraktiv();
    const hoehe = finde("bild").clientHeight;
    const bild = await vonPlotly(finde("bild"), BILDBREITE, hoehe);
    const fuss = [...verzeichnis.hinweise, verzeichnis.quellenangabe, finde("umrissnachweis").textContent].filter(Boolean);
    const svg = blatt({ titel: finde("bildtitel").textContent, fuss, breite: BILDBREITE, hoehe, farben: verzeichnis.stil.farben }, [bild]);
    speichere(this.dateiname(endung), await wandle(svg));
  }
}

/** Says why nothing is to be seen. */
function melde(fehler) {
  finde("meldung").textContent = fehler.message;
  throw fehler;
}

async function beginne() {
  const verzeichnis = await ladeDaten("index", `${DATEN}/index.js`);
  // Without any value the page stays as it is without JavaScript.
  if (verzeichnis.themenfelder.length) await new Seite(verzeichnis).zeige();
}

beginne().catch(melde);
