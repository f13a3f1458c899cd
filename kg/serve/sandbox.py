"""Walls around a worker: no network, no new programs, bounded memory, dead when its parent is. Standard library only.

Two walls keep the network out, since either may be absent: a network namespace of its own (`unshare`, where the kernel
lets us) and a seccomp filter that fails `socket` and its kin with EPERM. On systems other than Linux only the bounds on
memory hold, and `enter` says so.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # deny: errno 1, EPERM
# audit architecture; numbers of socket, connect, socketpair, execve, execveat, ptrace, io_uring_setup
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 53, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 199, 221, 281, 117, 425)),
}


def enter(memory: int) -> list[str]:
    """Raises the walls around this process, single-threaded still, and names those that stand.

    `memory` is the MiB of address space that may be claimed beyond the present. What cannot be had is left out of the
    answer, not an error: the caller decides whether that is enough.
    """
    walls = ["memory"] if _bound(memory) else []
    if not sys.platform.startswith("linux"):
        return walls
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        walls.append("namespace")
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if _filter(libc):
        walls.append("seccomp")
    return walls


def _bound(memory: int) -> bool:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", "rb") as file:
            present = int(file.read().split()[0]) * resource.getpagesize()
        ceiling = present + memory * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    except (OSError, ValueError):
        return False
    return True


def _filter(libc: ctypes.CDLL) -> bool:
    if platform.machine() not in _MACHINES:
        return False
    architecture, denied = _MACHINES[platform.machine()]
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    if platform.machine() == "x86_64":  # the x32 calls have numbers of their own
        rows += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _DENY)]
    for number in denied:
        rows += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _DENY)]
    rows.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rows), ctypes.addressof(code)))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0) == 0)
