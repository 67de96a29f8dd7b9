import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { beforeAll, expect, it } from "vitest";
import { publish } from "../../stack/objects.ts";
import { requestsFor } from "../../stack/origin-log.ts";
import { proxyUrl } from "../../stack/requests.ts";
import type { Door } from "./door.ts";
import { ledToCopy } from "./led-to-copy.ts";
import type { Tool } from "./left-out.ts";
import { runTool } from "./run-tool.ts";
import { noise } from "./samples.ts";

const BYTES = 24 * 2 ** 20 + 7;
/** Where a download was cut off: no round number. */
const CUT = 9_876_543;

/** How a client goes on with a file that it has a part of. */
export type Resumer = { readonly tool: Tool; args(link: string, file: string): readonly string[] };

export const CURL: Resumer = {
  tool: "curl",
  args: (link, file) => ["-q", "-sS", "-L", "-C", "-", "-o", file, link],
};

export const WGET: Resumer = {
  tool: "wget",
  args: (link, file) => ["--no-config", "-nv", "--tries=1", "-c", "-O", file, link],
};

/** A client that resumes downloads. */
export function resuming({ tool, args }: Resumer, door: () => Door, path: (name: string) => string): void {
  const body = noise(tool, BYTES);
  const rest = `bytes=${CUT}-`;
  let url = "";
  beforeAll(async () => {
    url = await publish(door().stack, `${tool}.bin`, body);
  });

  /** Runs the client over a file that holds the first bytes, and returns what the file holds then. */
  async function resume(name: string, held: number, link: string): Promise<string> {
    await writeFile(path(name), body.subarray(0, held));
    await runTool(tool, args(link, path(name)));
    return createHash("sha256")
      .update(await readFile(path(name)))
      .digest("hex");
  }
  const whole = createHash("sha256").update(body).digest("hex");

  it("gets the rest from the origin where there is no copy yet", async () => {
    expect(await resume(`${tool}-miss.bin`, CUT, proxyUrl(door().stack, url))).toBe(whole);
    const ranges = (await requestsFor(door().stack, url)).map(({ range }) => range);
    expect(ranges).toContain(rest);
  });

  it("gets the rest, and nothing but the rest, from the copy", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => resume(`${tool}-hit.bin`, CUT, link));
    expect(result).toBe(whole);
    expect(asked).toMatchObject([{ range: rest, status: 206, bytes: BYTES - CUT, aborted: false }]);
  });

  it("gets all of it where it has nothing", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => resume(`${tool}-all.bin`, 0, link));
    expect(result).toBe(whole);
    expect(asked).toMatchObject([{ range: null, status: 200, bytes: BYTES }]);
  });

  it("has nothing to get where it has all of it, and leaves the file as it is", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => resume(`${tool}-done.bin`, BYTES, link));
    expect(result).toBe(whole);
    expect(asked).toMatchObject([{ range: `bytes=${BYTES}-`, status: 416 }]);
  });
}
