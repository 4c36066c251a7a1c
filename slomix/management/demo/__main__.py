"""python -m slomix.management.demo: what `manage.py demo` becomes once it knows its settings."""

import os
import sys

from slomix.management.demo import supervisor

if __name__ == "__main__":
    run = supervisor.check if "--check" in sys.argv else supervisor.run
    sys.exit(run(os.environ))
