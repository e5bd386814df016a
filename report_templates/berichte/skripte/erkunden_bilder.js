// Drawings of a choice as plotly specifications. Colours, dashes and symbols come with the data (`stil`); which points
// may be joined and compared comes with every value.

const HOECHSTENS = 6;
const HOEHE = 380;
const ABSTAND = 16;

/** Years and values of a line with an empty point wherever it must not be drawn through. */
function kette(liste) {
  const punkte = [];
  let vorher = null;
  for (const w of liste.filter((wert) => wert.zahl !== null)) {
    if (vorher !== null && (w.jahr - vorher > 1 || w.schnitt)) punkte.push(null);
    punkte.push(w);
    vorher = w.jahr;
  }
  // A cut may stand at a year without a value: the points around it are more than a year apart, and so not joined.
  return punkte;
}

function hinweis(reihe, w, variante) {
  const grenzen = w.grenzen ? `<br>Schwankungsbereich: ${w.grenzen.map(deutsch).join(" bis ")}` : "";
  return `${schlicht(reihe.name)}, ${schlicht(w.zeit)}<br><b>${mitEinheit(alsText(w), schlicht(variante.zeichen))}</b>${grenzen}`;
}

/** Distances from a value to its limits; plotly wants them as differences. */
function schwankung(liste, farbe) {
  const abstand = (w, seite) => (w?.grenzen ? Math.abs(Number(w.grenzen[seite]) - w.zahl) : 0);
  return {
    type: "data",
    symmetric: false,
    array: liste.map((w) => abstand(w, 1)),
    arrayminus: liste.map((w) => abstand(w, 0)),
    color: farbe,
    thickness: 1.5,
    width: 4,
  };
}

function stilDerReihe(stil, reihe, nummer) {
  const [farbe, strich, symbol] = reihe.gebiet.art === "land" && reihe.code === "" ? [stil.farben.land, "dash", "circle"] : stil.reihen[nummer];
  return { farbe, strich, symbol };
}

/** Range of a scale: from zero unless all values lie far above it, as on the other pages. */
function wertachse(stil, zahlen) {
  const [unten, oben] = [Math.min(...zahlen), Math.max(...zahlen)];
  return unten >= 0 && unten <= stil.nullAb * oben ? { rangemode: "tozero" } : {};
}

function verlauf(verzeichnis, wahl, alle) {
  const { stil } = verzeichnis;
  const gezeigt = alle.filter((r) => r.werte.some((w) => w.zahl !== null)).slice(0, HOECHSTENS);
  if (!gezeigt.length) return { grund: "Für diese Auswahl liegt keine Zahl vor." };
  const layout = grundlayout(stil.farben);
  const data = gezeigt.map((reihe, nummer) => {
    const { farbe, strich, symbol } = stilDerReihe(stil, reihe, nummer);
    const punkte = kette(reihe.werte);
    return {
      type: "scatter",
      mode: "lines+markers",
      name: reihe.name,
      x: punkte.map((w) => w?.jahr ?? null),
      y: punkte.map((w) => w?.zahl ?? null),
      text: punkte.map((w) => (w ? hinweis(reihe, w, wahl.variante) : "")),
      hovertemplate: "%{text}<extra></extra>",
      connectgaps: false,
      line: { color: farbe, width: 2.5, dash: strich },
      marker: { color: farbe, size: 8, symbol },
      ...(gezeigt.length === 1 ? { error_y: schwankung(punkte, farbe) } : {}),
    };
  });
  const jahre = data.flatMap((s) => s.x.filter((j) => j !== null));
  const [von, bis] = [Math.min(...jahre), Math.max(...jahre)];
  const brueche = Object.entries(wahl.variante.brueche).filter(([j]) => Number(j) > von && Number(j) <= bis);
  Object.assign(layout.xaxis, { range: [von - 0.5, bis + 0.5], tickformat: "d", dtick: Math.max(1, Math.ceil((bis - von) / 8)), tick0: bis, separatethousands: false });
  Object.assign(layout.yaxis, wertachse(stil, data.flatMap((s) => s.y.filter((w) => w !== null))));
  Object.assign(layout, {
    height: HOEHE + 26 * gezeigt.length,
    margin: { l: 10, r: 76, t: 16, b: 30 },
    showlegend: true,
    legend: { orientation: "h", x: 0, y: -0.12, yanchor: "top", itemclick: false, itemdoubleclick: false },
    hovermode: "closest",
    shapes: brueche.map(([jahr]) => bruchlinie(stil, Number(jahr) - 0.5)),
    annotations: endwerte(gezeigt, data, layout),
  });
  const bruchtexte = brueche.map(([jahr, text]) => `Bruch ${jahr}: ${text}.`);
  const zuviel = alle.length > HOECHSTENS ? [`Gezeichnet sind die ersten ${gezeigt.length} Reihen; alle stehen in der Tabelle.`] : [];
  return { spec: { data, layout }, hinweise: [...zuviel, ...bruchtexte] };
}

const bruchlinie = (stil, x) => ({ type: "line", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, layer: "above", line: { color: stil.farben.land, width: 1.5, dash: "dot" } });

/** The last value of each line beside it, pushed apart where two would overlap. */
function endwerte(gezeigt, data, layout) {
  const enden = gezeigt.map((reihe, n) => ({ w: reihe.werte.findLast((w) => w.zahl !== null), farbe: data[n].line.color }));
  enden.sort((a, b) => a.w.zahl - b.w.zahl);
  const zahlen = data.flatMap((s) => s.y.filter((w) => w !== null));
  const unten = layout.yaxis.rangemode === "tozero" ? 0 : Math.min(...zahlen);
  const jePx = (HOEHE - 60) / (Math.max(...zahlen) - unten || 1);
  let frei = -Infinity;
  return enden.map(({ w, farbe }) => {
    const ort = (w.zahl - unten) * jePx;
    const gesetzt = Math.max(ort, frei);
    frei = gesetzt + ABSTAND;
    return { x: w.jahr, y: w.zahl, text: deutsch(w.wert), xanchor: "left", xshift: 8, yshift: Math.round(gesetzt - ort), showarrow: false, font: { color: farbe, weight: 700 } };
  });
}

function vergleich(verzeichnis, wahl, { zeilen, land }) {
  const { stil } = verzeichnis;
  const mit = zeilen.filter((z) => (wahl.code === ALLE ? z.wert.zahl !== null : istVergleichbar(z.wert)));
  if (!mit.length) return { grund: "Für dieses Jahr gibt es keine Werte, die sich nebeneinanderstellen lassen." };
  const layout = grundlayout(stil.farben);
  const liste = mit.map((z) => z.wert);
  const mitLand = land?.zahl !== null && land !== null && wahl.variante.verhaeltnis;
  const eigene = (z) => wahl.code !== ALLE && wahl.gebiete.includes(z.gebiet.ags);
  const data = [
    {
      type: "scatter",
      mode: "markers",
      name: wahl.variante.label,
      x: liste.map((w) => w.zahl),
      y: mit.map((z) => z.name),
      text: mit.map((z) => hinweis(z, z.wert, wahl.variante)),
      hovertemplate: "%{text}<extra></extra>",
      marker: { size: mit.map((z) => (eigene(z) ? 13 : 10)), color: mit.map((z) => (eigene(z) ? stil.farben.kreis : stil.farben.land)), symbol: "circle" },
      error_x: schwankung(liste, stil.farben.andere),
    },
  ];
  Object.assign(layout.xaxis, wertachse(stil, liste.map((w) => w.zahl)), { showgrid: true, side: "top" });
  if (!wahl.variante.verhaeltnis) layout.xaxis.rangemode = "tozero";
  Object.assign(layout.yaxis, { type: "category", categoryorder: "array", categoryarray: mit.map((z) => z.name).reverse(), range: [-0.7, mit.length - 0.3], tickfont: { color: stil.farben.text, size: 13 } });
  Object.assign(layout, {
    height: 70 + 30 * mit.length,
    margin: { l: 10, r: 20, t: 40, b: 10 },
    hovermode: "closest",
    shapes: mitLand ? [{ type: "line", yref: "paper", x0: land.zahl, x1: land.zahl, y0: 0, y1: 1, layer: "below", line: { color: stil.farben.land, width: 1.5, dash: "solid" } }] : [],
  });
  const ohne = zeilen.filter((z) => !mit.includes(z));
  const grenzen = liste.some((w) => w.grenzen) ? ["Waagerechte Striche: Bereich zufälliger Schwankung (95 %)."] : [];
  return {
    spec: { data, layout },
    hinweise: [
      ...(mitLand ? [`Senkrechte Linie: ${verzeichnis.namen.land}, ${mitEinheit(alsText(land), wahl.variante.zeichen)}.`] : []),
      ...grenzen,
      ...(ohne.length ? [`Nicht gezeichnet: ${ohne.map((z) => z.name).join(", ")}; warum, steht in der Tabelle.`] : []),
    ],
  };
}

function trichter(verzeichnis, stueck, wahl) {
  const { stil } = verzeichnis;
  const jahr = wahl.gliederung ? undefined : stueck[wahl.variante.id].trichter[wahl.jahr];
  if (!jahr) return { grund: "Für diese Auswahl gibt es keinen Trichter: Er braucht Raten oder Anteile, ungegliedert und in einem Jahr, in dem sich mindestens zwei vergleichen lassen." };
  const layout = grundlayout(stil.farben);
  const punkte = verzeichnis.gebiete.filter((g) => jahr.zeilen[g.ags]?.[5] != null).map((g) => ({ g, zeile: jahr.zeilen[g.ags] }));
  const zahl = (text) => Number(text.replaceAll(".", "").replace(",", ".").replace("\u2212", "-"));
  const data = [
    ...jahr.linien.map(([rolle, y]) => ({ type: "scatter", mode: "lines", name: rolle, x: jahr.stuetzen, y, hoverinfo: "skip", line: { color: stil.farben.land, width: 1.5, dash: rolle === "innen" ? "dash" : "solid" } })),
    {
      type: "scatter",
      mode: "markers+text",
      name: wahl.variante.label,
      x: punkte.map((p) => p.zeile[5]),
      y: punkte.map((p) => zahl(p.zeile[1])),
      text: punkte.map((p) => schlicht(p.g.kuerzel)),
      textposition: "middle right",
      textfont: { size: 13, color: stil.farben.text },
      customdata: punkte.map((p) => `${schlicht(p.g.name)}<br><b>${mitEinheit(p.zeile[1], schlicht(wahl.variante.zeichen))}</b><br>${schlicht(p.zeile[0])}`),
      hovertemplate: "%{customdata}<extra></extra>",
      marker: { color: stil.farben.kreis, size: 10, symbol: "circle" },
      cliponaxis: false,
    },
  ];
  Object.assign(layout.xaxis, { title: { text: schlicht(wahl.variante.trichterbezug), font: { color: stil.farben.leise, size: 13 } }, rangemode: "tozero", nticks: 5 });
  Object.assign(layout.yaxis, wertachse(stil, data.flatMap((s) => s.y)));
  Object.assign(layout, {
    height: 440,
    margin: { l: 10, r: 30, t: 16, b: 50 },
    hovermode: "closest",
    shapes: [{ type: "line", xref: "paper", x0: 0, x1: 1, y0: jahr.land, y1: jahr.land, layer: "below", line: { color: stil.farben.land, width: 1.5, dash: "solid" } }],
  });
  return { spec: { data, layout }, hinweise: ["Gerade Linie: Landeswert; gestrichelt: Grenzen 95 %; durchgezogen: Grenzen 99,8 %."] };
}

function karte(verzeichnis, wahl, { zeilen }) {
  const { stil } = verzeichnis;
  if (wahl.code === ALLE) return { grund: "Eine Karte zeigt eine Ausprägung: Bitte eine auswählen." };
  if (!wahl.variante.verhaeltnis) return { grund: "Absolute Zahlen zeigt die Karte nicht: Große Gebiete haben mehr von allem. Der Vergleich und die Tabelle zeigen sie." };
  const jeGebiet = new Map(zeilen.map((z) => [z.gebiet.ags, z]));
  if (!zeilen.some((z) => z.wert?.klasse)) return { grund: "Für diese Auswahl gibt es zu wenige vergleichbare Werte für eine Karte." };
  const layout = grundlayout(stil.farben);
  const data = verzeichnis.formen.map((form) => {
    const z = jeGebiet.get(form.ags);
    const klasse = z.wert?.klasse ?? 0;
    return {
      type: "scatter",
      mode: "lines",
      fill: "toself",
      name: z.name,
      x: form.x,
      y: form.y,
      text: z.wert ? hinweis(z, z.wert, wahl.variante) : `${schlicht(z.name)}<br>${verzeichnis.zeichen[FEHLT]}`,
      hoverinfo: "text",
      hoveron: "fills",
      fillcolor: klasse ? stil.klassen[klasse - 1] : stil.farben.flaeche,
      line: { color: wahl.gebiete.includes(form.ags) ? stil.farben.text : stil.farben.leise, width: wahl.gebiete.includes(form.ags) ? 2.5 : 0.75 },
      ...(klasse ? {} : { fillpattern: { shape: "/", fgcolor: stil.farben.leise, bgcolor: stil.farben.flaeche, size: 6, solidity: 0.15 } }),
    };
  });
  const achse = { visible: false, fixedrange: true };
  const annotations = verzeichnis.formen.map((form) => {
    const klasse = jeGebiet.get(form.ags).wert?.klasse ?? 0;
    const farbe = klasse ? stil.klassentext[klasse - 1] : stil.farben.text;
    return { x: form.mitte[0], y: form.mitte[1], text: schlicht(form.kuerzel), showarrow: false, font: { color: farbe, size: 13, weight: 700 }, ...(klasse ? {} : { bgcolor: stil.farben.flaeche }) };
  });
  Object.assign(layout, { height: 460, margin: { l: 0, r: 0, t: 4, b: 4 }, xaxis: achse, yaxis: { ...achse, scaleanchor: "x" }, annotations, hovermode: "closest" });
  return { spec: { data, layout }, klassen: klassengrenzen(zeilen), hinweise: ["Dunkler heißt höher. Schraffiert: ohne Wert oder nicht vergleichbar."] };
}

/** Lowest and highest value of each class that occurs. */
function klassengrenzen(zeilen) {
  const klassen = new Map();
  for (const { wert } of zeilen) {
    if (wert?.klasse) klassen.set(wert.klasse, [...(klassen.get(wert.klasse) ?? []), wert]);
  }
  return [...klassen].sort(([a], [b]) => a - b).map(([nummer, darin]) => {
    darin.sort((a, b) => a.zahl - b.zahl);
    const [von, bis] = [deutsch(darin[0].wert), deutsch(darin.at(-1).wert)];
    return { nummer, text: von === bis ? von : `${von} bis ${bis}` };
  });
}
