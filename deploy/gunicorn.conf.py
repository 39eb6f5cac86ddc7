"""How gunicorn serves the portal: a few workers of several threads, in the demo and behind a proxy alike."""

import os
from pathlib import Path

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", min(os.cpu_count() or 1, 4)))
threads = 4
timeout = 30
graceful_timeout = 10
keepalive = 5

# Workers report that they live through a file; on a busy disk that file would stall them.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of the system

# The control interface would leave a socket in the home folder of whoever runs this.
control_socket_disable = True
