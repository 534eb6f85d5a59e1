#!/bin/sh
# Prints AE Studio's version, as ae_studio/__init__.py has it.
sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$(dirname "$0")/../ae_studio/__init__.py"
