"""Machines that die, disks that lose or refuse: what must hold afterwards, whatever broke."""
