"""Drawings and sheets, laid out by Chromium."""
# ruff: noqa: E501

from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

PEAKS = '<path fill="#2a3782" d="M0 360v-44l106-44 107 44 107-44 106 44 107-44 107 44v44z"/>'
LINES = (
    '<path fill="none" stroke="#e9ad45" stroke-width="5" d="M0 300l106-44 107 44 107-44 106 44 107-44 107 44"/>'
    '<path fill="none" stroke="#f2eadc" stroke-opacity=".45" stroke-width="3" d="M0 338h640M0 348h640"/>'
)
THINGS = [
    '<path fill="none" stroke="#7d3316" stroke-width="10" d="M100 180v-24a24 24 0 0 1 48 0v24"/><rect x="86" y="176" width="76" height="64" rx="8" fill="#7d3316"/><circle cx="124" cy="206" r="10" fill="#e9ad45"/>',
    '<path fill="none" stroke="#7d3316" stroke-width="8" d="M84 140h80M84 170h56M84 200h68"/><path fill="#e9ad45" d="M124 226l16 16-16 16-16-16z"/>',
    '<circle cx="108" cy="160" r="22" fill="none" stroke="#7d3316" stroke-width="8"/><path fill="none" stroke="#7d3316" stroke-width="8" d="M124 176l44 44M152 204l12-12"/><path fill="#e9ad45" d="M96 236l14 14-14 14-14-14z"/>',
    '<path fill="none" stroke="#7d3316" stroke-width="9" d="M88 190c0-30 72-30 72 0s-72 30-72 0M84 240l80-100"/>',
    '<path fill="#7d3316" d="M80 140h88v60h-44l-24 24v-24H80z"/><path fill="#e9ad45" d="M120 152h8v22h-8zM120 180h8v8h-8z"/>',
    '<path fill="none" stroke="#7d3316" stroke-width="9" d="M132 140H84v110h48M112 195h60M152 175l20 20-20 20"/>',
    '<path fill="none" stroke="#7d3316" stroke-width="9" d="M124 132l44 16v36c0 34-20 54-44 66-24-12-44-32-44-66v-36z"/><path fill="none" stroke="#e9ad45" stroke-width="9" d="M102 190l16 16 30-32"/>',
    '<circle cx="124" cy="192" r="52" fill="none" stroke="#7d3316" stroke-width="9"/><path stroke="#7d3316" stroke-width="9" d="M124 160v40"/><circle cx="124" cy="222" r="7" fill="#e9ad45"/>',
]  # fmt: skip
STYLE = (
    "body{margin:0;font-family:'Noto Sans','DejaVu Sans',sans-serif;color:#1b1915}"
    "div{position:absolute;left:232px;right:24px;top:54px;color:#fff}"
    "h1{margin:0 0 14px;font-size:42px;line-height:1.1}p{margin:0;font-size:25px;line-height:1.3;color:#f0e6d5}"
)


def slide(title: str, words: str, index: int) -> str:
    """One still of the film: a phone that holds a sign, a title and few words."""
    phone = '<rect x="56" y="60" width="136" height="244" rx="16" fill="#f2eadc"/><rect x="68" y="84" width="112" height="190" rx="5" fill="#fff"/><path fill="#7d3316" d="M114 284h20v9h-20z"/>'
    ground = f'<path fill="#1a2356" d="M0 0h640v360H0z"/>{PEAKS}{LINES}'
    drawing = f'<svg width="640" height="360" viewBox="0 0 640 360">{ground}{phone}{THINGS[index]}</svg>'
    return f"<style>{STYLE}</style>{drawing}<div><h1>{title}</h1><p>{words}</p></div>"


def picture(html: str, target: Path, size: tuple[int, int]) -> None:
    """Photograph a page into a PNG of `size` pixels, with few colours."""
    from PIL import Image

    with sync_playwright() as play:
        page = _page(play, size)
        page.set_content(f"<!doctype html><meta charset=utf-8>{html}")
        page.screenshot(path=str(target))
    with Image.open(target) as photo:
        photo.convert("RGB").quantize(64).save(target, optimize=True)


def paper(html: str, target: Path) -> None:
    """Print a page into a PDF of A5 sheets."""
    with sync_playwright() as play:
        page = _page(play, (560, 794))
        page.set_content(f"<!doctype html><html lang=fr><meta charset=utf-8>{html}")
        page.pdf(path=str(target), format="A5", print_background=True, tagged=True)


def _page(play: Any, size: tuple[int, int]) -> Any:
    browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    return browser.new_page(viewport={"width": size[0], "height": size[1]})
