// Checks of a page that no checker makes. Each returns what is wrong, as texts; an empty list is well.
({
  name(e) {
    const text = (e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""} „${text}“`;
  },

  // Nothing sticks out of the page, whether it widens it or is cut off at its edge. Regions that scroll may hold more.
  ausserhalb() {
    const breite = document.documentElement.clientWidth, funde = [];
    if (document.documentElement.scrollWidth > innerWidth) funde.push(`Seite rollt: ${document.documentElement.scrollWidth} px`);
    for (const e of document.querySelectorAll("body *")) {
      if (e.closest(".rolle, .vh, .sprung, .muster, defs") || !e.checkVisibility()) continue;
      const ort = e.getBoundingClientRect();
      if (ort.width && (ort.right > breite + 1 || ort.left < -1)) funde.push(this.name(e));
    }
    return funde;
  },

  // Whatever hides what does not fit into it has nothing to hide.
  abgeschnitten() {
    const funde = [];
    for (const e of document.querySelectorAll("body *")) {
      if (e.closest("svg, .vh, thead")) continue;
      const stil = getComputedStyle(e);
      const verdeckt = /hidden|clip/.test(stil.overflowX + stil.overflowY) || /paint|strict|content/.test(stil.contain) || stil.contentVisibility !== "visible";
      if (verdeckt && e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) funde.push(this.name(e));
    }
    return funde;
  },

  // Neighbours in a table do not run into each other, and no word or number is torn apart.
  zellen() {
    const funde = [];
    for (const z of document.querySelectorAll("th, td")) {
      if (!z.checkVisibility() || getComputedStyle(z).position === "absolute" || z.closest(".ueberblick thead")) continue;
      if (z.scrollWidth > z.clientWidth + 1 && !z.querySelector(".vh")) funde.push(`ragt heraus: ${this.name(z)}`);
      if (getComputedStyle(z).hyphens === "auto") continue;
      const texte = document.createTreeWalker(z, NodeFilter.SHOW_TEXT);
      for (let t = texte.nextNode(); t; t = texte.nextNode()) {
        if (t.parentElement.closest(".vh, svg") || getComputedStyle(t.parentElement).overflowWrap === "anywhere" && !z.matches(".zahl")) continue;
        for (const wort of t.data.matchAll(/[\p{L}\d.,]{2,}/gu)) {
          const stelle = document.createRange();
          stelle.setStart(t, wort.index);
          stelle.setEnd(t, wort.index + wort[0].length);
          const zeilen = new Set([...stelle.getClientRects()].filter(r => r.width).map(r => Math.round(r.top)));
          if (zeilen.size > 1) funde.push(`zerrissen: ${wort[0]}`);
        }
      }
    }
    return funde;
  },

  texteInBildern() {
    return [...document.querySelectorAll("svg text")].filter(t => t.checkVisibility() && t.textContent.trim());
  },

  // Size in px as shown, for all letters in charts.
  schriftgroessen() {
    return this.texteInBildern().map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a);
  },

  // Labels of a chart neither overlap nor leave the page.
  beschriftung() {
    const funde = [], breite = document.documentElement.clientWidth, jeBild = new Map();
    for (const t of this.texteInBildern()) {
      const ort = t.getBoundingClientRect();
      if (!t.closest(".rolle") && (ort.left < 0 || ort.right > breite)) funde.push(`über den Rand: ${this.name(t)}`);
      const bisher = jeBild.get(t.ownerSVGElement) || [];
      for (const [anderer, a] of bisher) {
        const waagerecht = Math.min(a.right, ort.right) - Math.max(a.left, ort.left);
        const senkrecht = Math.min(a.bottom, ort.bottom) - Math.max(a.top, ort.top);
        // Boxes of letters have air above and below.
        if (waagerecht > 1 && senkrecht > 0.35 * Math.min(a.height, ort.height)) funde.push(`übereinander: ${this.name(anderer)} und ${this.name(t)}`);
      }
      jeBild.set(t.ownerSVGElement, [...bisher, [t, ort]]);
    }
    return funde;
  },

  farbe(text) {
    const teile = text.match(/[\d.]+/g);
    return teile && (teile.length < 4 || Number(teile[3]) > 0.5) ? teile.slice(0, 3).map(Number) : null;
  },

  kontrast(a, b) {
    const hell = f => {
      const [r, g, bl] = f.map(k => k / 255).map(k => k <= 0.04045 ? k / 12.92 : ((k + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
    };
    const [x, y] = [hell(a), hell(b)];
    return Math.max(x, y) / Math.min(x, y);
  },

  // Colour of what lies behind a point of a drawing: shapes drawn before, else whatever the drawing lies on.
  dahinter(e, x, y) {
    const bild = e.ownerSVGElement;
    let grund = null;
    for (const form of bild.querySelectorAll("path, rect, circle")) {
      if (form === e || form.closest("defs") || !(form.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const fuellung = getComputedStyle(form).fill, masse = form.getBBox();
      // Lines have no area, whatever the browser says.
      if (fuellung === "none" || !masse.width || !masse.height) continue;
      const punkt = new DOMPoint(x, y).matrixTransform(e.getCTM()).matrixTransform(form.getCTM().inverse());
      if (form.isPointInFill(punkt)) grund = fuellung.startsWith("url") ? "muster" : fuellung;
    }
    for (let h = bild; !grund && h; h = h.parentElement) {
      const flaeche = getComputedStyle(h).backgroundColor;
      if (this.farbe(flaeche)) grund = flaeche;
    }
    return grund || "rgb(255, 255, 255)";
  },

  // Letters at 4.5 to 1 and lines, dots and bars at 3 to 1 against what lies behind them.
  kontraste() {
    const funde = [];
    for (const t of this.texteInBildern()) {
      const stil = getComputedStyle(t), ort = t.getBBox();
      const umrandet = stil.paintOrder.startsWith("stroke") && parseFloat(stil.strokeWidth) >= 5;
      const grund = umrandet ? stil.stroke : this.dahinter(t, ort.x + ort.width / 2, ort.y + ort.height / 2);
      const wert = grund === "muster" ? 0 : this.kontrast(this.farbe(stil.fill), this.farbe(grund));
      if (wert < 4.5) funde.push(`${this.name(t)}: ${stil.fill} auf ${grund}`);
    }
    for (const e of document.querySelectorAll("svg :is(.l-kreis, .l-land, .l-innen, .l-aussen, .m-kreis, .m-land, .m-punkt, .b-balken, .t-andere, .t-land, .bruch, .land)")) {
      if (!e.checkVisibility() || e.closest("defs")) continue;
      const stil = getComputedStyle(e), farbe = stil.fill === "none" || e.matches(".l-kreis, .l-land, .l-innen, .l-aussen, .bruch, .land, .t-andere, .t-land") ? stil.stroke : stil.fill;
      const mitte = e.matches("circle") ? e.getBBox() : null;
      const anfang = mitte ? { x: mitte.x + mitte.width / 2, y: mitte.y + mitte.height / 2 } : e.getPointAtLength(0);
      const grund = this.dahinter(e, anfang.x, anfang.y);
      // A dot on a line of its own colour belongs to it.
      if (grund === farbe || grund === "muster") continue;
      if (this.kontrast(this.farbe(farbe), this.farbe(grund)) < 3) funde.push(`${this.name(e)}: ${farbe} auf ${grund}`);
    }
    return [...new Set(funde)];
  },

  // Stops of the Tab key in the order of the page.
  haltestellen() {
    const orte = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
    return orte.filter(e => e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0 && !e.disabled);
  },

  // Where the focus is, and what keeps a reader from seeing that.
  fokus() {
    const e = document.activeElement, stil = getComputedStyle(e), ort = e.getClientRects()[0] || e.getBoundingClientRect();
    const y = Math.max(ort.top, 0) + Math.min(ort.height, 40) / 2;
    const oben = [ort.left + 2, (ort.left + ort.right) / 2, ort.right - 3].map(x => document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y));
    const sichtbar = oben.some(o => o && (e.contains(o) || o.contains(e) && !/sticky|fixed/.test(getComputedStyle(o).position)));
    const funde = [];
    if (stil.outlineStyle === "none" || parseFloat(stil.outlineWidth) < 2) funde.push(`kein Rahmen: ${this.name(e)}`);
    if (!sichtbar) funde.push(`verdeckt: ${this.name(e)} von ${oben[0] ? this.name(oben[0]) : "nichts"}`);
    return { stelle: this.haltestellen().indexOf(e), funde };
  },
})
