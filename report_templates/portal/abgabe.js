// Comfort for the form with files: drop them on it, see and take out what was chosen, watch them being sent.
// What belongs here: nothing that is needed. Whatever this does, the form and the server do without it as well; the
// file input stays the one place where the chosen files are.
"use strict";
(() => {
  const FORMULAR = "formular";
  const SCHRITT = 10; // Per cent between two announcements: screen readers must not talk all the time.

  const element = (name, eigenschaften = {}, text = "") => {
    const neu = document.createElement(name);
    for (const [schluessel, wert] of Object.entries(eigenschaften)) neu.setAttribute(schluessel, wert);
    neu.textContent = text;
    return neu;
  };

  const groesse = (bytes) => {
    const [wert, einheit] = bytes < 1e6 ? [bytes / 1e3, "KB"] : [bytes / 1e6, "MB"];
    return `${wert.toLocaleString("de-DE", { maximumFractionDigits: 1 })}\u00a0${einheit}`;
  };

  const gleich = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

  class Formular {
    constructor(form) {
      this.form = form;
      this.wahl = form.querySelector("input[type=file]");
      this.knoepfe = [...form.querySelectorAll("button")];
      this.laeuft = false;
      this.liste = element("ul", { class: "gewaehlt", "aria-label": "Gewählte Dateien" });
      this.balken = element("progress", { max: "100", "aria-label": "Übertragung" });
      this.meldung = element("p", { class: "meldung", role: "status" });
      this.fehler = element("p", { class: "fehler", role: "alert" });
      this.balken.hidden = this.fehler.hidden = true;
      const hinweis = element("span", { class: "zusatz" }, this.wahl.multiple
        ? "Sie können Dateien auch hierher ziehen." : "Sie können eine Datei auch hierher ziehen.");
      this.wahl.after(hinweis, this.liste);
      this.form.querySelector(".knoepfe").before(this.fehler, this.meldung, this.balken);
      this.horche();
      this.zeigeListe();
    }

    horche() {
      this.wahl.addEventListener("change", () => this.zeigeListe());
      this.form.addEventListener("submit", (ereignis) => this.beimSenden(ereignis));
      this.form.addEventListener("dragover", () => this.form.classList.add("ziel"));
      this.form.addEventListener("dragleave", (ereignis) => {
        if (!this.form.contains(ereignis.relatedTarget)) this.form.classList.remove("ziel");
      });
      this.form.addEventListener("drop", (ereignis) => {
        this.form.classList.remove("ziel");
        this.nimm(ereignis.dataTransfer);
      });
    }

    nimm(gezogen) {
      if (this.laeuft) return;
      const eintraege = [...gezogen.items].filter((e) => e.kind === "file");
      if (eintraege.some((e) => e.webkitGetAsEntry?.()?.isDirectory)) {
        this.melde("Ordner lassen sich nicht abgeben. Bitte die Dateien selbst hierher ziehen.");
        return;
      }
      const neue = [...gezogen.files];
      if (!this.wahl.multiple && neue.length > 1) {
        this.melde("Auf dieser Seite bitte nur eine Datei wählen.");
        return;
      }
      const alte = this.wahl.multiple ? [...this.wahl.files] : [];
      this.setze([...alte, ...neue.filter((n) => !alte.some((a) => gleich(a, n)))]);
    }

    setze(dateien) {
      const behaelter = new DataTransfer();
      for (const datei of dateien) behaelter.items.add(datei);
      this.wahl.files = behaelter.files;
      this.zeigeListe();
    }

    zeigeListe() {
      const dateien = [...this.wahl.files];
      this.melde("");
      this.liste.hidden = !dateien.length;
      this.liste.replaceChildren(...dateien.map((datei, nr) => {
        const zeile = element("li", {}, `${datei.name} (${groesse(datei.size)}) `);
        const knopf = element("button", { type: "button", "aria-label": `Entfernen: ${datei.name}` }, "Entfernen");
        knopf.addEventListener("click", () => this.entferne(nr));
        zeile.append(knopf);
        return zeile;
      }));
      const anzahl = dateien.length === 1 ? "1 Datei" : `${dateien.length} Dateien`;
      this.meldung.textContent = dateien.length ? `${anzahl} gewählt.` : "";
    }

    entferne(nr) {
      if (this.laeuft) return;
      this.setze([...this.wahl.files].filter((_, n) => n !== nr));
      (this.liste.querySelectorAll("button")[nr] ?? this.liste.querySelector("button") ?? this.wahl).focus();
    }

    melde(text) {
      this.fehler.textContent = text;
      this.fehler.hidden = !text;
    }

    beimSenden(ereignis) {
      const knopf = ereignis.submitter ?? this.knoepfe[0];
      if (this.laeuft) {
        ereignis.preventDefault();
      } else if (knopf.value !== "markieren") { // That one answers with a file, which browsers store best themselves.
        ereignis.preventDefault();
        this.sende(knopf);
      }
    }

    sende(knopf) {
      const dateien = [...this.wahl.files];
      const zusammen = dateien.reduce((summe, datei) => summe + datei.size, 0);
      if (dateien.length > Number(this.form.dataset.hoechsteDateien)) {
        this.melde(`Das sind zu viele Dateien; möglich sind ${this.form.dataset.hoechsteDateien} zugleich.`);
        return;
      }
      if (zusammen >= Number(this.form.dataset.hoechsteBytes)) {
        this.melde(this.form.dataset.zuGross);
        return;
      }
      const daten = new FormData(this.form);
      daten.append(knopf.name, knopf.value);
      const anfrage = new XMLHttpRequest();
      anfrage.upload.addEventListener("progress", (e) => e.lengthComputable && this.zeigeStand(100 * e.loaded / e.total));
      anfrage.upload.addEventListener("load", () => this.wartet());
      anfrage.addEventListener("load", () => this.zeigeAntwort(anfrage));
      anfrage.addEventListener("error", () => this.ende(
        "Die Verbindung ist abgerissen. Bitte noch einmal senden; dieselbe Datei zählt nicht doppelt."));
      this.beginne();
      anfrage.open("POST", this.form.action);
      anfrage.send(daten);
    }

    beginne() {
      this.laeuft = true;
      this.angesagt = 0;
      this.melde("");
      this.meldung.textContent = "Wird übertragen …";
      this.balken.value = 0;
      this.balken.hidden = false;
      for (const knopf of this.knoepfe) knopf.setAttribute("aria-disabled", "true");
    }

    zeigeStand(prozent) {
      this.balken.value = prozent;
      if (prozent - this.angesagt < SCHRITT) return;
      this.angesagt = Math.floor(prozent / SCHRITT) * SCHRITT;
      this.meldung.textContent = `Übertragen: ${this.angesagt} Prozent`;
    }

    wartet() {
      this.balken.removeAttribute("value");
      this.meldung.textContent = "Übertragen. Das Portal prüft jetzt; das kann einen Augenblick dauern …";
    }

    ende(fehler) {
      this.laeuft = false;
      this.balken.hidden = true;
      this.meldung.textContent = "";
      for (const knopf of this.knoepfe) knopf.removeAttribute("aria-disabled");
      this.melde(fehler);
    }

    zeigeAntwort(anfrage) {
      if (anfrage.responseURL !== this.form.action) {
        location.assign(anfrage.responseURL);
        return;
      }
      const seite = new DOMParser().parseFromString(anfrage.responseText, "text/html");
      const inhalt = seite.querySelector("main");
      if (inhalt) {
        // Going back then leads to the form, as it would after a page of its own.
        history.replaceState(FORMULAR, "");
        history.pushState(null, "");
        document.title = seite.title;
        document.querySelector("main").replaceWith(document.adoptNode(inhalt));
        beginne();
        scrollTo(0, 0);
        inhalt.focus();
      } else if (anfrage.getResponseHeader("Content-Type")?.startsWith("text/plain")) {
        this.ende(anfrage.responseText);
      } else {
        this.ende("Das Portal ist zurzeit nicht erreichbar. Bitte in einigen Minuten noch einmal senden.");
      }
    }
  }

  const beginne = () => {
    for (const form of document.querySelectorAll("form.abgabe")) new Formular(form);
  };

  // A file dropped beside the form would take the place of the page.
  for (const art of ["dragover", "drop"]) {
    addEventListener(art, (e) => e.dataTransfer?.types.includes("Files") && e.preventDefault());
  }
  addEventListener("popstate", (e) => e.state === FORMULAR && location.reload());
  beginne();
})();
