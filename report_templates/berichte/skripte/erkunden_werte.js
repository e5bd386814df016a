// Values of a choice: rows of the file of an indicator as objects with names.

const FEHLT = "F";
const NICHT_VERGLEICHBAR = "nicht_vergleichbar";

/** Key of a part of a breakdown in the file. */
const teilVon = (gliederung, code) => (gliederung ? `${gliederung.spalte}|${code}` : "");

function alsWert(variante, [jahr, zeit, lage, wert, zeichen, unten, oben, klasse, schnitt]) {
  const [land, einheiten, vorjahr, gruende, quelle, stand, demo] = variante.lagen[lage];
  const zahl = wert === "" ? null : Number(wert);
  const grenzen = unten === "" ? null : [unten, oben];
  const urteile = { land, einheiten, vorjahr };
  return { jahr, zeit: variante.zeiten[zeit], wert, zahl, zeichen, grenzen, klasse, schnitt: schnitt === 1, urteile, gruende, quelle, stand, demo };
}

/** Every value of an area in a part, oldest first; empty if there is no row. */
function werte(stueck, wahl, ags, code = wahl.code) {
  const variante = stueck[wahl.variante.id];
  const zeilen = variante.teile[teilVon(wahl.gliederung, code)]?.[ags] ?? [];
  return zeilen.map((zeile) => alsWert(variante, zeile));
}

/** The chosen series: areas of one part, or the parts of one area. */
function reihen(verzeichnis, stueck, wahl) {
  const gebiete = wahl.gebiete.map((ags) => gebiet(verzeichnis, ags));
  if (wahl.code !== ALLE) {
    return gebiete.map((g) => ({ gebiet: g, code: wahl.code, name: g.name, kurz: g.kuerzel, werte: werte(stueck, wahl, g.ags) }));
  }
  const [g] = gebiete;
  const teile = wahl.gliederung.codes.map(([code, label]) => ({ gebiet: g, code, name: label, kurz: label, werte: werte(stueck, wahl, g.ags, code) }));
  return teile.filter((t) => t.werte.length);
}

const gebiet = (verzeichnis, ags) => verzeichnis.gebiete.find((g) => g.ags === ags);

/** Years that any value of the chosen parts has, newest first. */
function jahreVon(verzeichnis, stueck, wahl) {
  const variante = stueck[wahl.variante.id];
  const codes = wahl.code === ALLE ? wahl.gliederung.codes.map(([c]) => c) : [wahl.code];
  const zeilen = codes.flatMap((c) => Object.values(variante.teile[teilVon(wahl.gliederung, c)] ?? {}).flat());
  return [...new Set(zeilen.map(([jahr]) => jahr))].sort((a, b) => b - a);
}

/** One row per Meldeeinheit (or per part of one area) in the chosen year, and the Land's. */
function jahreswerte(verzeichnis, stueck, wahl) {
  const imJahr = (liste) => liste.find((w) => w.jahr === wahl.jahr) ?? null;
  if (wahl.code === ALLE) {
    const zeilen = reihen(verzeichnis, stueck, wahl).map((r) => ({ ...r, wert: imJahr(r.werte) }));
    return { zeilen: zeilen.filter((z) => z.wert), land: null };
  }
  const einheiten = verzeichnis.gebiete.filter((g) => g.art === "einheit");
  const zeilen = einheiten.map((g) => ({ gebiet: g, code: wahl.code, name: g.name, kurz: g.kuerzel, wert: imJahr(werte(stueck, wahl, g.ags)) }));
  return { zeilen, land: imJahr(werte(stueck, wahl, verzeichnis.gebiete[0].ags)) };
}

/** Whether a value may be set beside those of other areas. */
const istVergleichbar = (w) => w !== null && w.zahl !== null && w.urteile.einheiten !== NICHT_VERGLEICHBAR;

/** A value as pages write it: number, sign or both. */
function alsText(w) {
  if (w === null) return FEHLT;
  return [w.wert === "" ? "" : deutsch(w.wert), w.zeichen].filter(Boolean).join(" ");
}

/** The newest year in which more than one area has a number, else the newest with any row; null without any. */
function neuestesJahr(verzeichnis, stueck, wahl, jahre) {
  const zahlen = (jahr) => jahreswerte(verzeichnis, stueck, { ...wahl, jahr }).zeilen.filter((z) => z.wert !== null && z.wert.zahl !== null);
  return jahre.find((jahr) => zahlen(jahr).length > 1) ?? jahre[0] ?? null;
}
