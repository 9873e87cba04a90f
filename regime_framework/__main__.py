"""``python -m regime_framework``: the command line."""

import sys

from regime_framework.cli import main

sys.exit(main())
