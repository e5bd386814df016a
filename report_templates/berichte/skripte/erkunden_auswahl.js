// What is chosen, and how the address says it: the part after # is the state of the page, so that links and the way
// back work without a server.

const ALLE = "*";

/** The choice as an address says it; what is missing or unknown gets a sensible value. */
function ausAdresse(verzeichnis, adresse) {
  const angaben = new URLSearchParams(adresse.replace(/^#/, ""));
  const kennzahlen = verzeichnis.themenfelder.flatMap((t) => t.kennzahlen);
  const kennzahl = kennzahlen.find((k) => k.id === angaben.get("kennzahl")) ?? kennzahlen[0];
  const variante = kennzahl.varianten.find((v) => v.id === angaben.get("variante")) ?? kennzahl.varianten[0];
  const gliederung = gliederungVon(variante, angaben.get("nach"));
  const codes = gliederung ? [...gliederung.codes.map(([c]) => c), ALLE] : [];
  const ansichten = verzeichnis.ansichten.map(([a]) => a);
  const gewaehlt = (angaben.get("gebiete") ?? "").split(",");
  const gebiete = verzeichnis.gebiete.map((g) => g.ags).filter((ags) => gewaehlt.includes(ags));
  return {
    kennzahl,
    variante,
    gliederung,
    code: gliederung ? (codes.includes(angaben.get("teil")) ? angaben.get("teil") : ALLE) : "",
    gebiete: gebiete.length ? gebiete : [verzeichnis.gebiete[0].ags],
    ansicht: ansichten.includes(angaben.get("ansicht")) ? angaben.get("ansicht") : ansichten[0],
    jahr: Number(angaben.get("jahr")) || null,
  };
}

/** A variant without totals is shown by its first breakdown. */
function gliederungVon(variante, spalte) {
  const treffer = variante.gliederungen.find((g) => g.spalte === spalte);
  return treffer ?? (variante.insgesamt ? null : variante.gliederungen[0]);
}

/** The address of a choice. */
function alsAdresse(wahl) {
  const angaben = new URLSearchParams({ kennzahl: wahl.kennzahl.id, variante: wahl.variante.id });
  if (wahl.gliederung) {
    angaben.set("nach", wahl.gliederung.spalte);
    angaben.set("teil", wahl.code);
  }
  angaben.set("gebiete", wahl.gebiete.join(","));
  angaben.set("ansicht", wahl.ansicht);
  if (wahl.jahr) angaben.set("jahr", wahl.jahr);
  return `#${angaben.toString().replaceAll("%2C", ",")}`;
}
