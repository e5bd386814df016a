// Saving what a page shows as a file, without any server.

/** Offers content as a download. */
function speichere(name, inhalt) {
  const adresse = URL.createObjectURL(inhalt);
  const verweis = element("a", { href: adresse, download: name });
  document.body.append(verweis);
  verweis.click();
  verweis.remove();
  // The browser has taken its own hold of the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(adresse), 1000);
}

/** A part of a file name: letters, digits, hyphens. */
function namensteil(text) {
  const umlaute = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  return text.toLowerCase().replace(/[äöüß]/g, (z) => umlaute[z]).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** Rows as CSV that a German spreadsheet opens as a table: semicolons, decimal commas, a mark for the encoding. */
function alsCsv(zeilen) {
  const zelle = (text) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const text = zeilen.map((z) => z.map((w) => zelle(String(w))).join(";")).join("\r\n");
  return new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" });
}

const SVG = "http://www.w3.org/2000/svg";
const RAND = 16;
const ZEILE = 18;

function svgElement(name, attribute, text) {
  const e = document.createElementNS(SVG, name);
  for (const [schluessel, wert] of Object.entries(attribute)) e.setAttribute(schluessel, wert);
  if (text !== undefined) e.textContent = text;
  return e;
}

/** Text in lines of at most so many letters. */
function umbrochen(text, laenge) {
  const zeilen = [""];
  for (const wort of text.split(/\s+/)) {
    const letzte = zeilen.at(-1);
    if (letzte && letzte.length + wort.length >= laenge) zeilen.push(wort);
    else zeilen[zeilen.length - 1] = letzte ? `${letzte} ${wort}` : wort;
  }
  return zeilen;
}

/** A drawing of its own: title above, `bilder` with their places, paragraphs about source and licence below. */
function blatt({ titel, fuss, breite, hoehe, farben }, bilder) {
  const kopf = umbrochen(titel, breite / 10);
  const unten = fuss.flatMap((absatz) => umbrochen(absatz, breite / 6.5));
  const anfang = RAND + kopf.length * (ZEILE + 2) + 8;
  const ende = anfang + hoehe + 12 + unten.length * ZEILE;
  const [w, h] = [breite + 2 * RAND, ende + RAND / 2];
  const svg = svgElement("svg", { xmlns: SVG, width: w, height: h, viewBox: `0 0 ${w} ${h}`, "font-family": SCHRIFT });
  svg.append(svgElement("title", {}, titel), svgElement("rect", { width: w, height: h, fill: farben.flaeche }));
  kopf.forEach((text, n) => {
    svg.append(svgElement("text", { x: RAND, y: RAND + 14 + n * (ZEILE + 2), "font-size": 16, "font-weight": 700, fill: farben.text }, text));
  });
  for (const bild of bilder) {
    const gruppe = svgElement("g", { transform: `translate(${RAND} ${anfang})` });
    gruppe.append(bild);
    svg.append(gruppe);
  }
  unten.forEach((text, n) => {
    svg.append(svgElement("text", { x: RAND, y: anfang + hoehe + 24 + n * ZEILE, "font-size": 12, fill: farben.leise }, text));
  });
  return svg;
}

const svgText = (svg) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;

const alsSvg = (svg) => new Blob([svgText(svg)], { type: "image/svg+xml;charset=utf-8" });

/** The drawing as pixels, twice as fine as a screen. */
async function alsPng(svg) {
  const bild = new Image();
  bild.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await bild.decode();
  const [breite, hoehe] = [2 * svg.width.baseVal.value, 2 * svg.height.baseVal.value];
  const leinwand = element("canvas", { width: breite, height: hoehe });
  leinwand.getContext("2d").drawImage(bild, 0, 0, breite, hoehe);
  return new Promise((fertig) => leinwand.toBlob(fertig, "image/png"));
}

/** A plotly drawing as an element; plotly itself takes care of styles and fonts. */
async function vonPlotly(ort, breite, hoehe) {
  const plotly = await ladePlotly();
  const adresse = await plotly.toImage(ort, { format: "svg", width: breite, height: hoehe });
  const text = decodeURIComponent(adresse.slice(adresse.indexOf(",") + 1));
  return new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
}
