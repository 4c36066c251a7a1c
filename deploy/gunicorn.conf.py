"""How gunicorn serves the site in production: `gunicorn -c deploy/gunicorn.conf.py slomix.wsgi`.

Where is WEBSITE_HOST and WEBSITE_PORT. How many processes is gunicorn's own WEB_CONCURRENCY, anything
else its GUNICORN_CMD_ARGS. SIGHUP loads the code anew (docs/install.md); settings are read at a
restart.
"""

import os
from pathlib import Path

from slomix.lib import env
from slomix.operations.hooks import post_worker_init  # noqa: F401  it watches

bind = f"{env.text('WEBSITE_HOST', '127.0.0.1')}:{env.number('WEBSITE_PORT', 7000)}"
backlog = 512
# Threads: a page waits for the database and not for the processor.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A SIGHUP must bring new code, so every worker loads it by itself.
preload_app = False

# A worker that gives no sign of life for so long is ended; a page takes a tenth of a second.
timeout = 30
# What is under way when a worker has to go is finished within this.
graceful_timeout = 12
keepalive = 5
# Whatever leaks is given back; not all workers in the same minute.
max_requests = 5000
max_requests_jitter = 1000

# Longer lines and more headers than any browser sends us are refused.
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

# Who says that a request came over https: the proxy on this machine, or FORWARDED_ALLOW_IPS.
control_socket_disable = True
accesslog = "-"
# The heartbeat of the workers is no work for a disk.
if Path("/dev/shm").is_dir():  # noqa: S108  Linux's memory
    worker_tmp_dir = "/dev/shm"  # noqa: S108
