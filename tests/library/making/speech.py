"""What the voice says, and how it is said: espeak-ng in French, never in Bambara."""
# ruff: noqa: E501

import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Still:
    """One still of the film: its title, the few words shown, and what the voice says."""

    title: str
    words: str
    spoken: str


ACCOUNT = [
    Still("Protéger son compte", "Votre compte, c’est votre nom.", "Votre compte Facebook, c’est votre nom. Voici comment bien fermer la porte."),
    Still("Un bon code", "Trois mots, un nombre, un signe.", "Prenez trois mots que vous seul connaissez. Ajoutez un nombre et un signe. N’utilisez ni votre nom, ni votre naissance."),
    Still("Un code par compte", "Un autre pour l’argent mobile.", "Le code de Facebook n’est pas celui de l’argent mobile. Si l’un est volé, l’autre reste sûr."),
    Still("Ne donnez jamais votre code", "Ni à un ami, ni au téléphone.", "Ni à un ami, ni au téléphone. Facebook ne le demande jamais par message."),
    Still("Reconnaître un faux message", "Il promet, il presse, il demande.", "Il promet un cadeau ou un travail. Il vous presse. Il demande un code ou de l’argent. Ne touchez pas le lien."),
    Still("Sur un téléphone prêté", "Sortez toujours du compte.", "Sortez toujours du compte. Touchez le menu, puis, se déconnecter."),
    Still("Fermer à double tour", "Paramètres, mot de passe et sécurité.", "Ouvrez paramètres, puis, mot de passe et sécurité. Activez l’authentification à deux facteurs."),
    Still("Si le compte est volé", "facebook.com/hacked", "Allez à l’adresse Facebook point com, barre, hacked. Changez le code. Prévenez vos amis. Demandez de l’aide dans l’espace."),
]  # fmt: skip
PRUDENCE = (
    "Argent mobile, la prudence. "
    "Première règle. Mon code secret est à moi seul. "
    "Deuxième règle. Je vérifie le nom avant d’envoyer. "
    "Troisième règle. Je lis le message de confirmation en entier. "
    "Attention aux pièges. "
    "On vous dit : vous avez gagné, envoyez les frais. C’est faux. Un vrai gain ne demande jamais d’argent. "
    "On vous dit : j’ai envoyé par erreur, renvoyez-moi la somme. Regardez d’abord votre solde. "
    "Appelez le service client avec le numéro officiel. "
    "On vous dit : je suis du service client, donnez votre code. Raccrochez. Un agent ne demande jamais le code. "
    "Chez l’agent, comptez l’argent devant lui. Tapez vous-même votre code, la main devant. "
    "Attendez le message avant de partir. "
    "Votre téléphone est perdu. Appelez vite votre opérateur. Faites bloquer la carte. "
    "Restez prudent, et bonne journée."
)


def say(text: str, target: Path) -> None:
    """Speak `text` into a WAV file, slowly enough for a room."""
    voice = ["-v", "fr-fr", "-s", "138", "-p", "42", "-g", "4", "-w", str(target)]
    subprocess.run(["espeak-ng", *voice, text + " ."], check=True)


def sound(text: str, target: Path, folder: Path) -> None:
    """Speak `text` into a small MP3."""
    say(text, folder / "voice.wav")
    joined([folder / "voice.wav"], target)


def length(sound: Path) -> float:
    """How many seconds a WAV file lasts."""
    with wave.open(str(sound)) as read:
        return read.getnframes() / read.getframerate()


def joined(sounds: list[Path], target: Path) -> None:
    """Join WAV files into one MP3: one channel, 24 kb/s, which every phone plays."""
    inputs = [word for path in sounds for word in ("-i", str(path))]
    together = f"concat=n={len(sounds)}:v=0:a=1"
    shape = ["-ac", "1", "-ar", "22050", "-b:a", "24k", "-id3v2_version", "0", "-write_xing", "1"]
    command = [
        "ffmpeg",
        "-y",
        "-loglevel",
        "error",
        *inputs,
        "-filter_complex",
        together,
        *shape,
        str(target),
    ]
    subprocess.run(command, check=True)
