// Where areas stand by their initial letter, because they are too many for one table: a field to look one up by a part of
// its name. Without this script they are found by their letter.

/** The parts of a register: the list of letters and, after it, a section for each. */
function* teile(register) {
  for (let teil = register.nextElementSibling; teil?.localName === "details"; teil = teil.nextElementSibling) yield teil;
}

const zeilenVon = (teil) => [...teil.querySelectorAll("tbody tr")];

/** The same for all spellings: „Köln“ is found by „koln“ and „KÖLN“. */
const schlichtGeschrieben = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

function suche(register, nummer) {
  const abschnitte = [...teile(register)];
  const offen = new Map(abschnitte.map((teil) => [teil, teil.open]));
  const name = register.getAttribute("aria-label");
  const feld = element("input", { type: "search", id: `suche-${nummer}`, autocomplete: "off" });
  const ergebnis = element("span", { role: "status" });
  const zeige = () => {
    const gesucht = schlichtGeschrieben(feld.value.trim());
    let treffer = 0;
    for (const teil of abschnitte) {
      const zeilen = zeilenVon(teil);
      for (const zeile of zeilen) zeile.hidden = !schlichtGeschrieben(zeile.querySelector("th").textContent).includes(gesucht);
      const passende = zeilen.filter((zeile) => !zeile.hidden).length;
      teil.hidden = passende === 0;
      teil.open = gesucht ? passende > 0 : offen.get(teil);
      treffer += passende;
    }
    ergebnis.textContent = gesucht ? `${treffer} gefunden` : "";
  };
  feld.addEventListener("input", zeige);
  register.before(element("p", { class: "suche" }, element("label", { for: feld.id }, "Suchen", element("span", { class: "vh" }, ` unter: ${name}`)), feld, ergebnis));
}

document.querySelectorAll("nav.register").forEach(suche);
