// The frame of every plotly drawing: loading the bundle, German words, no bar of tools, no way to a cloud.

const PLOTLY = "assets/plotly.min.js";
const SCHRIFT = '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
const EINSTELLUNGEN = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  locale: "de",
  doubleClick: false,
  showTips: false,
  responsive: true,
};
const MONATE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" ");
const TAGE = "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag".split(" ");
const DEUTSCH = {
  moduleType: "locale",
  name: "de",
  dictionary: {},
  format: {
    decimal: ",",
    thousands: ".",
    days: TAGE,
    shortDays: TAGE.map((t) => t.slice(0, 2)),
    months: MONATE,
    shortMonths: MONATE.map((m) => m.slice(0, 3)),
    date: "%d.%m.%Y",
  },
};

/** plotly, loaded when the first drawing is asked for. */
async function ladePlotly() {
  await ladeSkript(PLOTLY);
  Plotly.register(DEUTSCH);
  return Plotly;
}

/** What all drawings share; a finger that strokes over a drawing scrolls the page. */
function grundlayout(farben) {
  const achse = {
    fixedrange: true,
    zeroline: false,
    gridcolor: farben.linie,
    linecolor: farben.linie,
    tickfont: { color: farben.leise, size: 13 },
    separatethousands: true,
    exponentformat: "none",
    automargin: true,
  };
  return {
    separators: ",.",
    font: { family: SCHRIFT, size: 14, color: farben.text },
    paper_bgcolor: farben.flaeche,
    plot_bgcolor: farben.flaeche,
    hoverlabel: { bgcolor: farben.flaeche, bordercolor: farben.leise, font: { color: farben.text, size: 14 }, align: "left" },
    dragmode: false,
    showlegend: false,
    xaxis: { ...achse, showgrid: false },
    yaxis: { ...achse },
  };
}

/** Draws, or changes what is drawn, and resolves when it is to be seen. */
async function zeichnePlotly(ort, spec) {
  const plotly = await ladePlotly();
  await plotly.react(ort, spec.data, spec.layout, EINSTELLUNGEN);
}
