// The drawing of a page as a sheet of its own: what the style sheet gives it is written into it, and the words around it
// on the page (key, classes, rows of the table) stand in it as text.

const EIGENSCHAFTEN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "fill-rule", "paint-order", "vector-effect", "font-size", "font-weight", "r"];
const NUR_AUF_DER_SEITE = ["class", "id", "role", "aria-labelledby", "aria-hidden", "hidden", "href", "tabindex"];
const SPALTE = 200;
const ZAHLSPALTE = 104;
const ABSTAND_KLEIN = 10;

/** A drawing with the looks it has on the page; links are of no use outside of it. */
function freistehend(zeichnung) {
  const kopie = zeichnung.cloneNode(true);
  const originale = [zeichnung, ...zeichnung.querySelectorAll("*")];
  [kopie, ...kopie.querySelectorAll("*")].forEach((e, n) => {
    const stil = getComputedStyle(originale[n]);
    for (const name of e.localName === "title" ? [] : EIGENSCHAFTEN) {
      const wert = stil.getPropertyValue(name);
      if (wert && wert !== "auto" && wert !== "normal") e.setAttribute(name, wert);
    }
    for (const name of NUR_AUF_DER_SEITE) e.removeAttribute(name);
  });
  for (const verweis of kopie.querySelectorAll("a")) {
    const gruppe = svgElement("g", {});
    gruppe.append(...verweis.childNodes);
    verweis.replaceWith(gruppe);
  }
  return kopie;
}

/** Puts drawings and text below each other and knows how high all of it is. */
class Blatt {
  constructor(farben) {
    this.farben = farben;
    this.gruppe = svgElement("g", {});
    this.hoehe = 0;
    this.breite = 0;
    this.messer = element("canvas").getContext("2d");
  }

  zeichnung(bild, x, y, breite, hoehe) {
    const kopie = freistehend(bild);
    for (const [name, wert] of Object.entries({ x, y, width: breite, height: hoehe, overflow: "visible" })) kopie.setAttribute(name, wert);
    this.gruppe.append(kopie);
    this.reicht(x + breite, y + hoehe);
  }

  /** Lines of text with their first baseline at y; returns how many there are. */
  text(text, x, y, { laenge = 200, groesse = 13, fett = false, rechts = false, farbe = this.farben.text } = {}) {
    const zeilen = umbrochen(text, laenge);
    zeilen.forEach((zeile, n) => {
      const ort = { x, y: y + n * (groesse + 3), "font-size": groesse, "font-weight": fett ? 700 : 400, fill: farbe, "text-anchor": rechts ? "end" : "start" };
      this.gruppe.append(svgElement("text", ort, zeile));
    });
    this.reicht(rechts ? x : x + Math.max(...zeilen.map((z) => this.laenge(z, groesse))), y + (zeilen.length - 1) * (groesse + 3) + 4);
    return zeilen.length;
  }

  laenge(text, groesse) {
    this.messer.font = `${groesse}px ${SCHRIFT}`;
    return this.messer.measureText(text).width;
  }

  reicht(x, y) {
    this.breite = Math.max(this.breite, Math.ceil(x));
    this.hoehe = Math.max(this.hoehe, Math.ceil(y));
  }
}

const einzeilig = (text) => text.replace(/\s+/g, " ").trim();

/** Text of an element without what only those hear who listen to the page. */
function sichtbar(e) {
  const kopie = e.cloneNode(true);
  for (const teil of kopie.querySelectorAll(".vh, svg")) teil.remove();
  return einzeilig(kopie.textContent);
}

/** The chart at a place of the page: a figure, a table with drawings in its rows, or a list of fields. */
function zeichnungVon(ort, farben) {
  const blatt = new Blatt(farben);
  const muster = document.querySelector("svg.muster defs");
  if (ort.querySelector("[fill^='url(']")) blatt.gruppe.append(schraffur(muster));
  const tabelle = ort.querySelector("table");
  if (tabelle) tabellenblatt(blatt, tabelle);
  else if (ort.localName === "ul") felderblatt(blatt, ort);
  else figurblatt(blatt, ort);
  return blatt;
}

/** The hatching, by the name under which the drawings ask for it. */
function schraffur(defs) {
  const kopie = freistehend(defs);
  kopie.querySelector("pattern").id = defs.querySelector("pattern").id;
  return kopie;
}

function figurblatt(blatt, figur) {
  reihe(blatt, [...figur.querySelectorAll(".legende li")], (li, x, y) => {
    const zeichen = li.querySelector("svg").viewBox.baseVal;
    blatt.zeichnung(li.querySelector("svg"), x, y, zeichen.width, zeichen.height);
    blatt.text(sichtbar(li), x + zeichen.width + 8, y + 12);
    return zeichen.width + 8 + blatt.laenge(sichtbar(li), 13) + 24;
  });
  let x = 0;
  const oben = blatt.hoehe + ABSTAND_KLEIN;
  // Of two drawings of one chart the wide one is for paper.
  for (const bild of figur.querySelectorAll(":scope > svg:not(.schmal), .paar > svg")) {
    const { width, height } = bild.viewBox.baseVal;
    blatt.zeichnung(bild, x, oben, width, height);
    x += width + 24;
  }
  reihe(blatt, [...figur.querySelectorAll(".klassen li")], (li, links, y) => {
    const [stil, text] = [getComputedStyle(li), sichtbar(li)];
    const breite = blatt.laenge(text, 13) + 16;
    blatt.gruppe.append(svgElement("rect", { x: links, y, width: breite, height: 22, fill: stil.backgroundColor, stroke: blatt.farben.linie }));
    blatt.text(text, links + 8, y + 15, { farbe: stil.color });
    blatt.reicht(links + breite, y + 22);
    return breite;
  });
}

/** Small things beside each other, in a new row where there is no room left. */
function reihe(blatt, dinge, male) {
  let [x, y] = [0, blatt.hoehe + (dinge.length ? ABSTAND_KLEIN : 0)];
  for (const ding of dinge) {
    if (x > 2.4 * SPALTE) [x, y] = [0, blatt.hoehe + 4];
    x += male(ding, x, y);
  }
}

function tabellenblatt(blatt, tabelle) {
  const kopf = [...tabelle.tHead.rows[0].cells];
  // Small drawings of an overview stand beside each other.
  const bildspalte = kopf.filter((zelle) => zelle.classList.contains("bild")).length > 1 ? 160 : 250;
  const breite = ({ classList }) => (classList.contains("bild") ? bildspalte : classList.contains("abstand") ? SPALTE : ZAHLSPALTE);
  const breiten = kopf.map((zelle, n) => (n === 0 ? SPALTE : breite(zelle)));
  const anfang = breiten.map((_, n) => breiten.slice(0, n).reduce((a, b) => a + b, 0));
  const strich = (farbe) => blatt.gruppe.append(svgElement("path", { d: `M0 ${blatt.hoehe + 2}H${anfang.at(-1) + breiten.at(-1)}`, stroke: farbe }));
  const zeile = (zellen, fett) => {
    const oben = blatt.hoehe + 6;
    zellen.forEach((zelle, n) => {
      const bild = zelle.querySelector("svg");
      const rechts = getComputedStyle(zelle).textAlign === "right";
      const x = anfang[n] + (rechts ? breiten[n] : n ? 24 : 0);
      if (bild) blatt.zeichnung(bild, x, oben, bild.viewBox.baseVal.width, bild.viewBox.baseVal.height);
      else if (sichtbar(zelle)) blatt.text(sichtbar(zelle), x, oben + 15, { laenge: (breiten[n] - 12) / (fett ? 7.8 : 6.8), fett, rechts });
    });
    blatt.reicht(0, oben + 24);
  };
  zeile(kopf, true);
  strich(blatt.farben.text);
  for (const { cells, className } of tabelle.tBodies[0].rows) {
    zeile([...cells], ["eigen", "landzeile"].includes(className));
    strich(blatt.farben.linie);
  }
  blatt.reicht(anfang.at(-1) + breiten.at(-1), 0);
}

function felderblatt(blatt, liste) {
  const punkte = [...liste.children];
  for (let n = 0; n < punkte.length; n += 4) {
    const oben = blatt.hoehe + (n ? 14 : 0);
    punkte.slice(n, n + 4).forEach((li, spalte) => {
      const x = spalte * SPALTE;
      const { width, height } = li.querySelector("svg").viewBox.baseVal;
      const zeilen = blatt.text(sichtbar(li.querySelector("strong")), x, oben + 13, { laenge: 26, fett: true });
      const y = oben + 4 + zeilen * 16;
      blatt.zeichnung(li.querySelector("svg"), x, y, width, height);
      blatt.text(sichtbar(li.querySelector(".zusatz")), x, y + height + 15, { laenge: 32, groesse: 12, farbe: blatt.farben.leise });
    });
  }
}
