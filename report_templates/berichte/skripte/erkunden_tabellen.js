// Tables that say what a drawing shows, and the file with the values of a choice.

/** The cell of a value: number, sign, and the sign in words for those who hear it. */
function zelle(verzeichnis, w) {
  const zeichen = w === null ? FEHLT : w.zeichen;
  const td = element("td", { class: "zahl" }, w?.wert ? deutsch(w.wert) : "");
  if (zeichen) {
    td.append(w?.wert ? " " : "", element("span", { class: "zeichen", "aria-hidden": "true" }, zeichen), element("span", { class: "vh" }, `(${verzeichnis.zeichen[zeichen]})`));
  }
  return td;
}

const spanne = (grenzen) => (grenzen ? grenzen.map(deutsch).join(" bis ") : "entfällt");

/** A verdict in words with its reasons; empty where a value may be compared. */
function vorbehalt(verzeichnis, w, urteil) {
  if (w === null || w.urteile[urteil] === "" || w.urteile[urteil] === "vergleichbar") return "";
  const gruende = w.gruende.map((g) => verzeichnis.gruende[g] ?? g).join(", ");
  return verzeichnis.urteile[w.urteile[urteil]] + (gruende ? ` (${gruende})` : "");
}

/** A table with a heading per column (`zahl` for numbers), the first cell of a row being its head. */
function tabelle(titel, spalten, zeilen, klasse = null) {
  const kopf = spalten.map(([text, art]) => element("th", { scope: "col", class: art ?? null }, text));
  const koerper = zeilen.map(([erste, ...rest]) => element("tr", {}, element("th", { scope: "row" }, erste), ...rest.map((z) => (z instanceof Node ? z : element("td", {}, z)))));
  return element("table", { class: klasse }, element("caption", {}, titel), element("thead", {}, element("tr", {}, ...kopf)), element("tbody", {}, ...koerper));
}

const zahlzelle = (text) => element("td", { class: "zahl" }, text);

/** Years down, series across. */
function verlaufstabelle(verzeichnis, wahl, alle, titel) {
  const zeiten = new Map();
  for (const w of alle.flatMap((r) => r.werte)) zeiten.set(w.jahr, w.zeit);
  const jahre = [...zeiten.keys()].sort((a, b) => b - a);
  const zeilen = jahre.map((jahr) => [zeiten.get(jahr), ...alle.map((r) => zelle(verzeichnis, r.werte.find((w) => w.jahr === jahr) ?? null))]);
  return tabelle(titel, [["Zeitraum"], ...alle.map((r) => [r.name, "zahl"])], zeilen);
}

function vergleichstabelle(verzeichnis, wahl, { zeilen, land }, titel) {
  const zeile = (name, w) => [name, zelle(verzeichnis, w), zahlzelle(spanne(w?.grenzen)), vorbehalt(verzeichnis, w, "einheiten")];
  const kopf = wahl.code === ALLE ? wahl.gliederung.label : verzeichnis.namen.einheit;
  const alle = zeilen.map((z) => zeile(z.name, z.wert));
  if (land) alle.push(zeile(verzeichnis.namen.land, land));
  return tabelle(titel, [[kopf], ["Wert", "zahl"], ["Schwankungsbereich 95 %", "zahl"], ["Vorbehalt beim Vergleich"]], alle, "vorbehalte");
}

function trichtertabelle(verzeichnis, wahl, jahr, titel) {
  const zeilen = verzeichnis.gebiete.filter((g) => jahr.zeilen[g.ags]).map((g) => {
    const [lage, wert, innen, aussen, bezug] = jahr.zeilen[g.ags];
    return [g.name, lage, zahlzelle(wert), zahlzelle(innen), zahlzelle(aussen), zahlzelle(bezug)];
  });
  const spalten = [[verzeichnis.namen.einheit], ["Lage"], ["Wert", "zahl"], ["Grenzen 95 %", "zahl"], ["Grenzen 99,8 %", "zahl"], [wahl.variante.trichterbezug, "zahl"]];
  return tabelle(titel, spalten, zeilen);
}

/** Everything about every chosen value. */
function volltabelle(verzeichnis, wahl, zeilen, titel) {
  const spalten = [["Gebiet"], ["Zeitraum"], ...(wahl.gliederung ? [[wahl.gliederung.label]] : []), ["Wert", "zahl"], ["Schwankungsbereich 95 %", "zahl"], [`Vergleich der ${verzeichnis.namen.einheiten}`], ["Vergleich mit dem Vorjahr"], ["Quelle"]];
  const inhalt = zeilen.map(({ gebiet: g, teil, wert: w }) => [
    g.name,
    w.zeit,
    ...(wahl.gliederung ? [teil] : []),
    zelle(verzeichnis, w),
    zahlzelle(spanne(w.grenzen)),
    vorbehalt(verzeichnis, w, "einheiten"),
    vorbehalt(verzeichnis, w, "vorjahr"),
    w.stand ? `${w.quelle} (Stand ${w.stand})` : w.quelle,
  ]);
  return tabelle(titel, spalten, inhalt, "vorbehalte");
}

/** The values a view shows, one by one: all years of the chosen areas, or all areas of a year. */
function gezeigteWerte(verzeichnis, stueck, wahl) {
  const teil = (code) => wahl.gliederung?.codes.find(([c]) => c === code)?.[1] ?? "insgesamt";
  if (["verlauf", "tabelle"].includes(wahl.ansicht)) {
    return reihen(verzeichnis, stueck, wahl).flatMap((r) => r.werte.map((wert) => ({ gebiet: r.gebiet, teil: teil(r.code), wert })));
  }
  const { zeilen, land } = jahreswerte(verzeichnis, stueck, wahl);
  const alle = land ? [...zeilen, { gebiet: verzeichnis.gebiete[0], code: wahl.code, wert: land }] : zeilen;
  return alle.filter((z) => z.wert).map((z) => ({ gebiet: z.gebiet, teil: teil(z.code), wert: z.wert }));
}

const CSV_SPALTEN = ["kennzahl_id", "kennzahl", "berechnung", "gliederung", "ags", "gebiet", "berichtsjahr", "zeitraum", "wert", "wertzeichen", "einheit", "ki_unten", "ki_oben", "vgl_land", "vgl_kreise", "vgl_vorjahr", "gruende", "quelle", "stand", "demodaten", "quellenangabe"];

/** The same as rows of a file; numbers with a decimal comma and nothing between thousands. */
function csvZeilen(verzeichnis, wahl, liste) {
  const zahl = (text) => text.replace(".", ",");
  const zeilen = liste.map(({ gebiet: g, teil, wert: w }) => [
    wahl.kennzahl.id, wahl.kennzahl.name, wahl.variante.label, teil, g.ags, g.name, w.jahr, w.zeit, zahl(w.wert), w.zeichen || "N", wahl.variante.zeichen,
    zahl(w.grenzen?.[0] ?? ""), zahl(w.grenzen?.[1] ?? ""), w.urteile.land, w.urteile.einheiten, w.urteile.vorjahr, w.gruende.join(" "), w.quelle, w.stand, w.demo ? "ja" : "nein", verzeichnis.quellenangabe,
  ]);
  return [CSV_SPALTEN, ...zeilen];
}
