// What every script needs: elements, and files of data that are loaded when they are asked for.

const wartende = new Map();

// The one global name: a file of data calls it. Pages opened from a folder may load scripts, but not fetch.
globalThis.teilhabeDaten = (name, inhalt) => wartende.get(name)?.(inhalt);

const geladen = new Map();

/** Loads a classic script once; the promise fails with a message for people. */
function ladeSkript(pfad) {
  if (!geladen.has(pfad)) {
    geladen.set(pfad, new Promise((fertig, fehler) => {
      const skript = document.createElement("script");
      skript.src = pfad;
      skript.onload = () => fertig();
      skript.onerror = () => {
        geladen.delete(pfad);
        fehler(new Error(`Die Datei ${pfad} ließ sich nicht laden.`));
      };
      document.head.append(skript);
    }));
  }
  return geladen.get(pfad);
}

const inhalte = new Map();

/** What a file of data holds. */
async function ladeDaten(name, pfad) {
  if (!inhalte.has(name)) {
    wartende.set(name, (inhalt) => inhalte.set(name, inhalt));
    await ladeSkript(pfad);
  }
  return inhalte.get(name);
}

const finde = (id) => document.getElementById(id);

/** An element with attributes and children; text stays text. */
function element(name, attribute = {}, ...kinder) {
  const e = document.createElement(name);
  for (const [schluessel, wert] of Object.entries(attribute)) {
    if (wert !== null && wert !== undefined) e.setAttribute(schluessel, wert);
  }
  e.append(...kinder);
  return e;
}
