import { describe, expect, it } from "vitest";
import { entryOf, roomOf } from "./entry.ts";

describe("the names of rooms", () => {
  it.each([
    ["src/core/http/etag.ts", "core/http"],
    ["src/api/worker.ts", "api"],
    ["node_modules/zod/v4/core/util.js", "package zod"],
    ["../main/node_modules/@neondatabase/serverless/index.mjs", "package @neondatabase/serverless"],
    ["node_modules/a/node_modules/b/c.js", "package b"],
  ])("%s is in %s", (source, room) => {
    expect(roomOf(source)).toBe(room);
  });

  it("tell of a package that somebody adds to the way of a download", () => {
    const output = (
      inputs: readonly string[],
      imports: readonly { path: string; kind: string }[],
      entryPoint = "",
    ) => ({
      entryPoint,
      imports,
      inputs: Object.fromEntries(inputs.map((input) => [input, { bytesInOutput: 1 }])),
    });
    const outputs = {
      "dist/worker.js": output(
        ["src/api/worker.ts"],
        [
          { path: "dist/shared.js", kind: "import-statement" },
          { path: "dist/later.js", kind: "dynamic-import" },
          { path: "cloudflare:workers", kind: "import-statement" },
        ],
        "src/api/worker.ts",
      ),
      "dist/shared.js": output(["node_modules/zod/index.js"], [{ path: "dist/worker.js", kind: "import-statement" }]),
      "dist/later.js": output(["node_modules/drizzle-orm/index.js"], []),
    };
    const { rooms, modules } = entryOf({ outputFiles: [], metafile: { outputs } });
    expect(rooms).toEqual(["api", "package zod"]);
    expect(modules).toEqual(["worker.js", "shared.js"]);
  });
});
