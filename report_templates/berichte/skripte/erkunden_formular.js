// The form: native controls whose options follow the choice. It never draws; it only says what was chosen.

function setzeOptionen(auswahl, optionen, wert) {
  auswahl.replaceChildren(...optionen.map(([w, text]) => element("option", { value: w }, text)));
  auswahl.value = wert;
}

/** Options that do not depend on a choice: indicators by Themenfeld, areas. */
function baueFormular(formular, verzeichnis) {
  formular.elements.kennzahl.replaceChildren(...verzeichnis.themenfelder.map((t) => element("optgroup", { label: t.name }, ...t.kennzahlen.map((k) => element("option", { value: k.id }, k.name)))));
  formular.querySelector("#gebiete").replaceChildren(...verzeichnis.gebiete.map((g) => element("label", {}, element("input", { type: "checkbox", name: "gebiete", value: g.ags }), ` ${g.name}`)));
}

/** Brings the form to a choice. */
function zeigeWahl(formular, wahl, jahre) {
  const felder = formular.elements;
  felder.kennzahl.value = wahl.kennzahl.id;
  setzeOptionen(felder.variante, wahl.kennzahl.varianten.map((v) => [v.id, v.label]), wahl.variante.id);
  const ohne = wahl.variante.insgesamt ? [["", "keine"]] : [];
  setzeOptionen(felder.nach, [...ohne, ...wahl.variante.gliederungen.map((g) => [g.spalte, g.label])], wahl.gliederung?.spalte ?? "");
  formular.querySelector("#feld-teil").hidden = !wahl.gliederung;
  setzeOptionen(felder.teil, wahl.gliederung ? [[ALLE, "alle, für das erste Gebiet"], ...wahl.gliederung.codes] : [], wahl.code);
  setzeOptionen(felder.jahr, jahre.map((j) => [j, j]), wahl.jahr ?? "");
  formular.querySelector("#feld-jahr").hidden = ["verlauf", "tabelle"].includes(wahl.ansicht);
  for (const e of formular.querySelectorAll("[name=gebiete]")) e.checked = wahl.gebiete.includes(e.value);
  for (const e of formular.querySelectorAll("[name=ansicht]")) e.checked = e.value === wahl.ansicht;
}

/** The address of what the form says. */
function adresseAus(formular) {
  const angaben = new URLSearchParams();
  for (const [name, wert] of new FormData(formular)) {
    if (name !== "gebiete" && wert) angaben.set(name, wert);
  }
  angaben.set("gebiete", new FormData(formular).getAll("gebiete").join(","));
  return angaben.toString();
}
