// Colours as the page has them now: from the style sheet, or those of the system where it forces its own.

const ERZWUNGEN = matchMedia("(forced-colors: active)");

/** Colours that a drawing needs, as rgb(). */
function seitenfarben() {
  const probe = element("span");
  document.body.append(probe);
  const farbe = (name, system) => {
    probe.style.color = ERZWUNGEN.matches ? system : `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const farben = {
    text: farbe("text", "CanvasText"),
    leise: farbe("leise", "CanvasText"),
    linie: farbe("linie", "GrayText"),
    flaeche: farbe("flaeche", "Canvas"),
    kreis: farbe("kreis", "Highlight"),
  };
  probe.remove();
  return farben;
}

const HERVORGEHOBEN = new Set(["kreis", "balken"]);

/** Where colours are forced, nothing may rest on a palette: lines are text, what is filled is ground. */
function inErzwungenen({ data, layout }, farben) {
  const linie = (l) => ({ ...l, color: farben.text });
  const marke = (m, farbe) => ({ ...m, color: Array.isArray(m.color) ? m.color.map((f) => (f === farben.kreis ? f : farbe)) : farbe, ...(m.line ? { line: linie(m.line) } : {}) });
  return {
    data: data.map((s) => ({
      ...s,
      ...(s.line ? { line: linie(s.line) } : {}),
      ...(s.marker ? { marker: marke(s.marker, HERVORGEHOBEN.has(s.meta) ? farben.kreis : farben.text) } : {}),
      ...(s.fillcolor ? { fillcolor: farben.flaeche } : {}),
      ...(s.fillpattern ? { fillpattern: { ...s.fillpattern, fgcolor: farben.text, bgcolor: farben.flaeche } } : {}),
    })),
    layout: {
      ...layout,
      shapes: layout.shapes.map((f) => ({ ...f, line: linie(f.line) })),
      annotations: layout.annotations.map((a) => ({ ...a, font: linie(a.font) })),
    },
  };
}
