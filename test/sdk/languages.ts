import type { Language } from "./documented-signer.ts";

export const PYTHON: Language = {
  name: "python",
  probe: ["python3", "--version"],
  file: "signer.py",
  driver: {
    file: "driver.py",
    text: `import json, sys
from signer import sign
for asked in json.loads(sys.stdin.buffer.read()):
    print(sign(asked["endpoint"], asked["key"], asked["fields"]))
`,
  },
  run: ["python3", "-B", "driver.py"],
};

export const GO: Language = {
  name: "go",
  probe: ["go", "version"],
  file: "signer.go",
  driver: {
    file: "driver.go",
    text: `package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	var all []struct {
		Endpoint, Key string
		Fields        map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&all); err != nil {
		panic(err)
	}
	for _, asked := range all {
		fmt.Println(sign(asked.Endpoint, asked.Key, asked.Fields))
	}
}
`,
  },
  run: ["go", "run", "signer.go", "driver.go"],
};

export const PHP: Language = {
  name: "php",
  probe: ["php", "--version"],
  file: "signer.php",
  driver: {
    file: "driver.php",
    text: `<?php
require __DIR__ . '/signer.php';
foreach (json_decode(stream_get_contents(STDIN), true) as $asked) {
    echo sign($asked['endpoint'], $asked['key'], $asked['fields']), "\\n";
}
`,
  },
  run: ["php", "driver.php"],
};
