// Pages with charts: below each a button that has plotly draw it, and a choice of files to save it as. Without this
// script the pages are complete; nothing is loaded before somebody asks for it.

const SEITE = document.currentScript.dataset.seite;
const meldung = element("p", { class: "vh", role: "status" });

const vomHoeren = (text) => element("span", { class: "vh" }, `: ${text}`);

/** What the file of the page holds: how to cite it, and its charts by the id of their title. */
const ladeBilder = () => ladeDaten(SEITE, `assets/diagramme/${SEITE}.js`);

class Bild {
  constructor(ort) {
    this.ort = ort;
    this.id = ort.getAttribute("aria-labelledby");
    this.name = einzeilig(finde(this.id).textContent);
    this.interaktiv = null;
    this.schluessel = element("p", { class: "zusatz" }, this.legende());
    this.knopf = element("button", { type: "button", "aria-pressed": "false" }, "Interaktiv anzeigen", vomHoeren(this.name));
    this.knopf.addEventListener("click", () => this.nur(() => this.wechsle()));
    // An overview of many small drawings, or a map that needs no scale, is saved as it is.
    const knoepfe = ort.dataset.bild === "speichern" ? [] : [this.knopf];
    this.leiste = element("div", { class: "bildknoepfe" }, ...knoepfe, this.speicherwahl());
    if (ort.localName === "figure") ort.append(this.leiste);
    else ort.after(this.leiste);
  }

  /** What bars and ticks in a table mean: their column says so, and that goes with them. A comparison says it below. */
  legende() {
    const kopf = this.ort.querySelector("table.gliederung thead .bild");
    return kopf ? sichtbar(kopf) : "";
  }

  speicherwahl() {
    const wahl = (endung, wandle) => {
      const knopf = element("button", { type: "button" }, `als ${endung.toUpperCase()}`, vomHoeren(this.name));
      knopf.addEventListener("click", () => this.nur(() => this.speichere(endung, wandle)));
      return knopf;
    };
    return element("details", {}, element("summary", {}, "Speichern", vomHoeren(this.name)), element("div", {}, wahl("svg", alsSvg), wahl("png", alsPng)));
  }

  /** One thing after the other: who is impatient must not get two charts. */
  async nur(tu) {
    if (this.leiste.getAttribute("aria-busy")) return;
    this.leiste.setAttribute("aria-busy", "true");
    try {
      await tu();
    } catch (fehler) {
      meldung.textContent = fehler.message;
      throw fehler;
    } finally {
      this.leiste.removeAttribute("aria-busy");
    }
  }

  async wechsle() {
    if (this.interaktiv) {
      this.zeigeBild();
      meldung.textContent = "Das Diagramm ist wieder ein Bild.";
      return;
    }
    meldung.textContent = "Das Diagramm wird geladen.";
    // Both are there, or the page stays as it is.
    const eintrag = (await ladeBilder()).bilder[this.id];
    await ladePlotly();
    const flaechen = eintrag.specs.map(() => element("div"));
    this.interaktiv = element("div", { class: `interaktiv interaktiv-${eintrag.art}`, role: "img", "aria-label": `Interaktives Diagramm. ${eintrag.titel}. Alle Werte stehen in der Tabelle.` }, ...flaechen);
    this.tausche(true);
    try {
      const figuren = fuerBildschirm(eintrag, flaechen[0].clientWidth, seitenfarben());
      await Promise.all(figuren.map((figur, n) => zeichnePlotly(flaechen[n], figur)));
    } catch (fehler) {
      this.zeigeBild();
      throw fehler;
    }
    this.knopf.setAttribute("aria-pressed", "true");
    meldung.textContent = "Das Diagramm ist interaktiv. Alle Werte stehen in der Tabelle.";
  }

  zeigeBild() {
    for (const flaeche of this.interaktiv.children) Plotly.purge(flaeche);
    this.tausche(false);
    this.schluessel.remove();
    this.interaktiv.remove();
    this.interaktiv = null;
    this.knopf.setAttribute("aria-pressed", "false");
  }

  /** The interactive chart takes the place of what is drawn. Of a table only the drawings go: it says the same in numbers. */
  tausche(interaktiv) {
    const tabelle = this.ort.querySelector("table");
    if (tabelle) {
      tabelle.classList.toggle("ohne-bild", interaktiv);
      this.leiste.after(this.schluessel, this.interaktiv);
      return;
    }
    const bilder = this.ort.localName === "ul" ? [this.ort] : [...this.ort.querySelectorAll(":scope > svg, :scope > .paar")];
    bilder[0].before(this.interaktiv);
    for (const bild of bilder) bild.toggleAttribute("hidden", interaktiv);
  }

  async speichere(endung, wandle) {
    const { zitat, bilder } = await ladeBilder();
    const eintrag = bilder[this.id];
    const farben = seitenfarben();
    const { gruppe, breite, hoehe } = zeichnungVon(this.ort, farben);
    const svg = blatt({ titel: eintrag.titel, fuss: [...this.anmerkungen(), zitat], breite: Math.max(breite, 480), hoehe, farben }, [gruppe]);
    speichere(`${eintrag.namen.map(namensteil).join("_")}.${endung}`, await wandle(svg));
    meldung.textContent = `Das Diagramm ist als ${endung.toUpperCase()} gespeichert.`;
  }

  /** What the page says beside the chart: invented figures, scale, breaks, reservations, origin of outlines, sources. */
  anmerkungen() {
    const umgebung = this.ort.closest("figure, .vergleichsteil")?.querySelectorAll(":scope > .anmerkung") ?? [];
    const davor = this.ort.localName === "ul" ? [this.ort.previousElementSibling] : [];
    // Without a part of its own (an overview), what its section says first.
    const teil = this.ort.closest(".variante, .kennzahlteil, section") ?? this.ort;
    if (teil.localName === "section" && !teil.matches(".kennzahlteil")) davor.push(teil.querySelector(":scope > p"));
    const saetze = [...document.querySelectorAll(".demo p"), ...davor, ...umgebung].map(sichtbar);
    return [...saetze, ...this.zeichen(teil), ...[...teil.querySelectorAll(".quelle")].map(sichtbar)];
  }

  /** What the letters mean that stand for numbers; a map has those of the table beside it. */
  zeichen(teil) {
    const tabelle = this.ort.querySelector("table") ?? (this.ort.querySelector(".kacheln") ? teil.querySelector(".vergleich") : null);
    const erklaert = [...(tabelle?.querySelectorAll(".zeichen") ?? [])].map((z) => `${sichtbar(z)} ${einzeilig((z.querySelector(".vh") ?? z.nextElementSibling).textContent)}`);
    return erklaert.length ? [`Zeichen: ${[...new Set(erklaert)].join(", ")}.`] : [];
  }
}

document.body.append(meldung);
for (const ort of document.querySelectorAll("[data-bild]")) new Bild(ort);
