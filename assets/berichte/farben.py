"""The palette of the reports, once, for charts and style sheet.

What belongs here: colours and which of them stand on which. A test computes the contrast of every pair, because no
checker looks into charts. No red and green, and no colour that says good or bad.
"""

PALETTE: dict[str, str] = {
    "text": "#1a1d21",
    "leise": "#4b5259",
    "flaeche": "#ffffff",
    "grund": "#f2f5f7",
    "linie": "#c3cad1",
    "akzent": "#00538a",
    "akzent_dunkel": "#003a61",
    "auf_akzent": "#ffffff",
    "fokus": "#ffd84d",
    "demo": "#fff3c4",
    "demo_rand": "#7a5c00",
    "kreis": "#00538a",
    "land": "#595959",
    "andere": "#7d838a",
    "spanne": "#e3e9ee",
    "eigen": "#e8f1f8",
}
KLASSEN: tuple[str, ...] = ("#eaf1f8", "#b9d3e8", "#7fb0d6", "#2f6f9f", "#0b4f85")
"""One hue, light to dark: five classes of a comparison."""
KLASSENTEXT: tuple[str, ...] = ("#1a1d21", "#1a1d21", "#1a1d21", "#ffffff", "#ffffff")
"""Colour of text on each class."""
REIHEN: tuple[tuple[str, str, str], ...] = (
    ("#00538a", "solid", "circle"),
    ("#a84a00", "dash", "square"),
    ("#6a3d9a", "dot", "diamond"),
    ("#1a1d21", "dashdot", "triangle-up"),
    ("#a02c6d", "longdash", "x"),
    ("#0b6e69", "solid", "triangle-down"),
)
"""Several areas in one chart: colour, dash and symbol, so that no line is told by its colour alone."""

TEXTPAARE: tuple[tuple[str, str], ...] = (
    ("text", "flaeche"),
    ("text", "grund"),
    ("text", "demo"),
    ("text", "eigen"),
    ("leise", "flaeche"),
    ("leise", "grund"),
    ("leise", "eigen"),
    ("akzent", "flaeche"),
    ("akzent", "grund"),
    ("akzent", "eigen"),
    ("auf_akzent", "akzent"),
    ("auf_akzent", "akzent_dunkel"),
    ("text", "fokus"),
)
"""Text on ground: at least 4.5 to 1."""
GRAFIKPAARE: tuple[tuple[str, str], ...] = (
    ("kreis", "flaeche"),
    ("land", "flaeche"),
    ("andere", "flaeche"),
    ("kreis", "eigen"),
    ("land", "eigen"),
    ("andere", "spanne"),
    ("kreis", "spanne"),
    ("land", "spanne"),
    ("demo_rand", "demo"),
)
"""Parts of charts on ground: at least 3 to 1."""


def css_variablen() -> str:
    """The palette as custom properties of the style sheet."""
    namen = {name.replace("_", "-"): farbe for name, farbe in PALETTE.items()}
    for nummer, (farbe, schrift) in enumerate(zip(KLASSEN, KLASSENTEXT, strict=True), start=1):
        namen[f"klasse-{nummer}"] = farbe
        namen[f"klasse-{nummer}-text"] = schrift
    zeilen = "\n".join(f"  --{name}: {farbe};" for name, farbe in namen.items())
    return f":root {{\n{zeilen}\n}}\n"
