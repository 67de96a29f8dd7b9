import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundleApi, putModules } from "../../../src/cli/build-api.ts";
import { listEntries } from "../stack/entries.ts";
import { presign, putObject } from "../stack/objects.ts";
import { ask, askProxy, manage, untilHit } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";

/** All other tests of the stack run the api's source, which wrangler makes one module of. */
describe("the api Worker as it is built for a deployment, in several minified modules", () => {
  let directory: string | undefined;
  const stack = withStack(async () => {
    directory = await mkdtemp(join(tmpdir(), "snapbyte-api-"));
    await putModules(await bundleApi(), directory);
    return { apiMain: join(directory, "worker.js") };
  });
  afterAll(async () => {
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  it("sends a first download to the origin, and later ones to the copy that comes of it", async () => {
    const url = await presign(stack(), "hello.txt");
    expect(await askProxy(stack(), url)).toMatchObject({ status: 302, location: url });
    const hit = await untilHit(stack(), url);
    expect(hit.location).toContain("/f/");
    const [copy, original] = await Promise.all([ask(hit.location), fetch(url)]);
    expect([copy.status, await copy.text()]).toEqual([200, await original.text()]);
    expect(await askProxy(stack(), url)).toMatchObject({ status: 302, cacheStatus: hit.cacheStatus });
  });

  it("answers management calls, of which it has loaded nothing before", async () => {
    expect(await listEntries(stack())).toHaveLength(1);
    const changed = await manage(stack(), "/fills", { method: "PATCH", body: { mode: "stream" } });
    expect(changed.status).toBe(200);
    const { paths } = (await (await ask(`${stack().api}/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/proxy", "/purge", "/hosts"]));
  });

  it("passes a first download through where its tenant wants that", async () => {
    await putObject(stack(), "fresh.txt", "as fresh as can be");
    const { status, body } = await askProxy(stack(), await presign(stack(), "fresh.txt"));
    expect({ status, body }).toEqual({ status: 200, body: "as fresh as can be" });
  });
});
