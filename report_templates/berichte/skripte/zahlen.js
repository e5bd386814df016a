// German numbers from decimal text. Nothing is rounded here: values come rounded, and are only written another way.

/** „-1234.50“ → „−1.234,50“, with the typographic minus. */
function deutsch(text) {
  const [, minus, ganze, stellen] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const gruppiert = ganze.replace(/\B(?=(\d{3})+$)/g, ".");
  return (minus ? "\u2212" : "") + gruppiert + (stellen ? `,${stellen}` : "");
}

/** Number and unit, held together. */
const mitEinheit = (text, einheit) => `${text}\u00a0${einheit}`;

/** What plotly would take for markup is text here. */
const schlicht = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
