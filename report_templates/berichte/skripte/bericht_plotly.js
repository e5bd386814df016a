// From the specification a chart was drawn from when the page was made to what plotly draws on a screen: the same
// traces, scales, colours and words in our frame, as wide as there is room. Nothing is computed from values here.

const ENG = 420;
const ZEILENHOEHE = 16;
const FELDBREITE = 190;
const FELDHOEHE = 130;
/** Width the heights of maps are meant for. */
const KARTENBREITE = 320;

/** Text of ours as plotly takes it: `<br>` starts a new line, everything else is plain. */
const vieleZeilen = (text) => text.split("<br>").map(schlicht).join("<br>");

/** A chart for a place so many px wide: one plotly figure for each specification. */
function fuerBildschirm(eintrag, breite, farben) {
  return eintrag.specs.map((spec) => {
    const bild = KINDER[eintrag.art](eingerahmt(spec, farben), breite, eintrag, farben);
    return ERZWUNGEN.matches ? inErzwungenen(bild, farben) : bild;
  });
}

function eingerahmt({ data, layout }, farben) {
  const { width, ...rest } = layout;
  const grund = grundlayout(farben);
  return {
    data: data.map((s) => ({ ...s, name: schlicht(s.name), ...hinweisworte(s) })),
    layout: {
      ...grund,
      ...rest,
      xaxis: { ...grund.xaxis, ...layout.xaxis },
      yaxis: { ...grund.yaxis, ...layout.yaxis },
      hovermode: "closest",
      annotations: layout.annotations.map((a) => ({
        ...a,
        text: vieleZeilen(a.text),
        font: { size: 14, color: farben.text, weight: a.name === "kuerzel" ? 400 : 700, ...a.font },
      })),
    },
  };
}

function hinweisworte(spur) {
  if (spur.hovertext) return { hovertext: spur.hovertext.map(vieleZeilen) };
  return spur.text ? { text: schlicht(spur.text) } : {};
}

/** Where there is little room only every second tick has a label; the last one always has. */
function ausgeduennt(achse, breite) {
  if (breite >= ENG) return achse;
  const bleibt = (_, n, alle) => (alle.length - 1 - n) % 2 === 0;
  return { ...achse, tickvals: achse.tickvals.filter(bleibt), ticktext: achse.ticktext.filter(bleibt) };
}

function kurve({ data, layout }, breite) {
  const xaxis = { ...ausgeduennt(layout.xaxis, breite), tickangle: 0 };
  // Points at the end of a scale are whole, as in the drawing.
  return { data: data.map((s) => ({ ...s, cliponaxis: false })), layout: { ...layout, xaxis, height: Math.round(layout.height * 1.2), margin: { ...layout.margin, b: 34 } } };
}

/** Rows below each other, in the order of the table; long names in several lines. */
function zeilenbild({ data, layout }, breite, eintrag, farben) {
  const namen = data[0].y;
  const texte = namen.map((name) => umbrochen(name, breite < ENG ? 16 : 30).map(schlicht));
  const hoehe = Math.max(24, Math.max(...texte.map((t) => t.length)) * ZEILENHOEHE + 4);
  const nummern = namen.map((_, n) => n);
  const [erste, ...andere] = data.map((s) => ({ ...s, y: nummern, cliponaxis: false }));
  const eigene = namen.indexOf(eintrag.eigene);
  if (eigene >= 0) {
    erste.marker = {
      ...erste.marker,
      color: nummern.map((n) => (n === eigene ? farben.kreis : erste.marker.color)),
      size: nummern.map((n) => erste.marker.size + (n === eigene ? 3 : 0)),
      opacity: 1,
    };
  }
  const yaxis = { ...layout.yaxis, type: "linear", autorange: false, range: [namen.length - 0.5, -0.5], tickvals: nummern, ticktext: texte.map((t) => t.join("<br>")) };
  return {
    data: [erste, ...andere],
    layout: {
      ...layout,
      xaxis: { ...ausgeduennt(layout.xaxis, breite), tickangle: 0, side: "top" },
      yaxis,
      height: 40 + hoehe * namen.length,
      margin: { l: 8, r: 18, t: 32, b: 8 },
      bargap: 0.45,
    },
  };
}

function karte({ data, layout }, breite) {
  const hoehe = Math.round((breite * layout.height) / KARTENBREITE);
  const ohneAchse = (achse) => ({ ...achse, visible: false });
  return {
    data,
    layout: { ...layout, height: hoehe, xaxis: ohneAchse(layout.xaxis), yaxis: { ...ohneAchse(layout.yaxis), scaleanchor: "x", constrain: "domain" } },
  };
}

/** A field for each area, with the Land's line in each, on one scale. */
function felder({ data, layout }, breite) {
  const land = data.filter((s) => s.meta === "land");
  const eigene = data.filter((s) => s.meta !== "land");
  const anzahl = eigene.length / 2;
  const spalten = Math.max(1, Math.floor(breite / FELDBREITE));
  const reihen = Math.ceil(anzahl / spalten);
  const ergebnis = { data: [], layout: { ...layout, height: reihen * FELDHOEHE, margin: { l: 48, r: 8, t: 38, b: 8 }, shapes: [], annotations: [] } };
  const { xaxis, yaxis } = layout;
  delete ergebnis.layout.xaxis;
  delete ergebnis.layout.yaxis;
  for (let n = 0; n < anzahl; n++) {
    const [spalte, reihe, nr] = [n % spalten, Math.floor(n / spalten), n ? String(n + 1) : ""];
    const links = spalte / spalten;
    const oben = 1 - reihe / reihen;
    for (const spur of [...land, ...eigene.slice(2 * n, 2 * n + 2)]) ergebnis.data.push({ ...spur, xaxis: `x${nr}`, yaxis: `y${nr}` });
    ergebnis.layout[`xaxis${nr}`] = { ...xaxis, domain: [links, links + 0.9 / spalten], anchor: `y${nr}` };
    ergebnis.layout[`yaxis${nr}`] = { ...yaxis, domain: [oben - 0.68 / reihen, oben], anchor: `x${nr}`, showticklabels: spalte === 0, automargin: false };
    const name = umbrochen(eigene[2 * n].name, 24).join("<br>");
    ergebnis.layout.annotations.push({ xref: "paper", yref: "paper", x: links, y: oben, xanchor: "left", yanchor: "bottom", align: "left", text: name, showarrow: false, font: { size: 13, weight: 700, color: layout.font.color } });
  }
  return ergebnis;
}

const KINDER = { verlauf: kurve, trichter: kurve, vergleich: zeilenbild, teile: zeilenbild, karte, felder };
