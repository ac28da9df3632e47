"""Write the description of the API: `python -m console.api > docs/openapi.json`."""

import json
import sys

from console.api.app import create_api
from console.api.description import description

if __name__ == "__main__":
    document = description(create_api(None))
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
