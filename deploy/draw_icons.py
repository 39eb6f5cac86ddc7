"""Draw the icons of the installed portal from the mark of `templates/_mark.html`, into `static/icons/`."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "static/icons"
BLUE, WHITE = "#0b4f8a", "#ffffff"
SIDE, CORNER = 36, 7
BARS = ((7, 10, 16.6, 14), (16.2, 16, 22.2, 20), (21, 22, 29, 26))
FINE = 8  # drawn so many times larger, for smooth edges


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for size in (192, 512):
        draw(size, corner=CORNER).save(FOLDER / f"any-{size}.png", optimize=True)
        draw(size, corner=0, zoom=0.8).save(FOLDER / f"maskable-{size}.png", optimize=True)
    draw(180, corner=0).save(FOLDER / "apple-180.png", optimize=True)


def draw(size: int, *, corner: float, zoom: float = 1) -> Image.Image:
    """The mark, `size` px wide; masks of phones cut away up to a tenth on each side, hence `zoom`."""
    unit = size * FINE / SIDE
    picture = Image.new("RGBA", (size * FINE, size * FINE))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, size * FINE - 1, size * FINE - 1), corner * unit, fill=BLUE)
    for bar in BARS:
        pen.rectangle([(SIDE / 2 + (edge - SIDE / 2) * zoom) * unit for edge in bar], fill=WHITE)
    return picture.resize((size, size), Image.Resampling.LANCZOS).quantize(64)


if __name__ == "__main__":
    main()
