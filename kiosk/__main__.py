"""`python -m kiosk` is the `kiosk` command."""

import gc


def run() -> None:
    """Import the command without looking for garbage among what stays, then obey."""
    gc.disable()
    from kiosk.cli import main

    gc.freeze()
    gc.enable()
    main()


if __name__ == "__main__":
    run()
