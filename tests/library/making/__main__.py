"""Make the shipped files again, in `kiosk/library/seed/files/`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.library.making import booklet, keyboard, ledger, screen, speech

TARGET = Path(__file__).resolve().parents[3] / "kiosk" / "library" / "seed" / "files"
FILM_SIZES = {
    "proteger-son-compte.mp4": ("640", "30", "40k"),
    "proteger-son-compte-leger.mp4": ("320", "34", "24k"),
}


def main() -> None:
    """Make every file; needs espeak-ng, ffmpeg and chromium on the path."""
    missing = [name for name in ("espeak-ng", "ffmpeg", "chromium") if shutil.which(name) is None]
    if missing:
        sys.exit(f"install first: {', '.join(missing)}")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        film(Path(folder))
        speech.sound(speech.PRUDENCE, TARGET / "argent-mobile.mp3", Path(folder))
    screen.picture(keyboard.drawing(), TARGET / "clavier.png", (1080, 720))
    screen.paper(booklet.pages(), TARGET / "acte-de-naissance.pdf")
    ledger.write(TARGET / "cahier-de-vente.xlsx")
    for path in sorted(TARGET.iterdir()):
        print(f"{path.stat().st_size:9,d}  {path.name}")


def film(folder: Path) -> None:
    """Draw the slides, say them, join both at two sizes, and keep the sound alone."""
    slides = []
    for index, still in enumerate(speech.ACCOUNT):
        image, sound = folder / f"{index}.png", folder / f"{index}.wav"
        screen.picture(screen.slide(still.title, still.words, index), image, (640, 360))
        speech.say(f"{still.title}. {still.spoken}", sound)
        slides.append((image, sound))
    speech.joined([sound for _, sound in slides], TARGET / "proteger-son-compte.mp3")
    shutil.copy(slides[0][0], TARGET / "proteger-son-compte.png")
    for name, sizes in FILM_SIZES.items():
        join(slides, TARGET / name, folder, *sizes)


def join(
    slides: list[tuple[Path, Path]], target: Path, folder: Path, width: str, quality: str, rate: str
) -> None:
    """One still per sentence: a film that weighs little more than its voice."""
    parts = []
    for index, (image, sound) in enumerate(slides):
        part = folder / f"part-{width}-{index}.mp4"
        still = ["-loop", "1", "-framerate", "5", "-i", str(image), "-i", str(sound)]
        picture = ["-vf", f"scale={width}:-2", "-c:v", "libx264", "-tune", "stillimage", "-crf", quality]
        plain = ["-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "50"]
        voice = ["-c:a", "aac", "-b:a", rate, "-ac", "1", "-ar", "22050", "-t", f"{speech.length(sound):.2f}"]
        ffmpeg(*still, *picture, *plain, *voice, str(part))
        parts.append(part)
    (folder / "list").write_text("".join(f"file '{part}'\n" for part in parts))
    ffmpeg(
        "-f",
        "concat",
        "-safe",
        "0",
        "-i",
        str(folder / "list"),
        "-c",
        "copy",
        "-movflags",
        "+faststart",
        str(target),
    )


def ffmpeg(*words: str) -> None:
    """Run ffmpeg quietly; a failure stops the making."""
    quiet = ["-y", "-loglevel", "error", "-fflags", "+bitexact"]
    subprocess.run(["ffmpeg", *quiet, *words], check=True)


if __name__ == "__main__":
    main()
