import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { publish, sha256 } from "../../stack/objects.ts";
import { proxyUrl } from "../../stack/requests.ts";
import type { Door } from "./door.ts";
import { ledToCopy } from "./led-to-copy.ts";
import { runTool } from "./run-tool.ts";
import { noise } from "./samples.ts";

const CONNECTIONS = 8;
const BYTES = 32 * 2 ** 20 + 13;

/** `aria2c -x8`: many connections at once, each with a piece of its own. */
export function pieces(door: () => Door, path: (name: string) => string): void {
  const body = noise("aria2c", BYTES);
  let url = "";
  beforeAll(async () => {
    url = await publish(door().stack, "aria2c.bin", body);
  });

  async function download(name: string, link: string): Promise<string> {
    const file = path(name);
    await runTool("aria2c", [
      ...["--no-conf", "--no-netrc", "--quiet", "--allow-overwrite", "--file-allocation=none"],
      ...[`-x${CONNECTIONS}`, `-s${CONNECTIONS}`, "-k1M", "-d", dirname(file), "-o", basename(file), link],
    ]);
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  }

  it("puts pieces together where there is no copy yet", async () => {
    expect(await download("aria2c-miss.bin", proxyUrl(door().stack, url))).toBe(sha256(body));
  });

  it("puts pieces of the copy together, from as many connections as it was told to open", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => download("aria2c-hit.bin", link));
    expect(result).toBe(sha256(body));
    const ranges = asked.filter(({ status }) => status === 206).map(({ range }) => range);
    expect(new Set(ranges).size).toBeGreaterThan(CONNECTIONS / 2);
  });
}
