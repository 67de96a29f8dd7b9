import { request } from "node:http";
import { neon, neonConfig } from "@neondatabase/serverless";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { storeContents } from "../../faults/run/store-contents.ts";
import { until } from "../../stack/until.ts";
import { done } from "../settings/settings-calls.ts";
import { manage, published, refused, replaced, send, uploaded } from "./asset-calls.ts";

const MIB = 2 ** 20;
/** More than one part, so that the store has the first of them. */
const SENT = Buffer.alloc(6 * MIB, "a pattern of 23 letters");
const HEAD = Buffer.from(`--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n`);

/** Sends the beginning of a file, waits until the store has some of it, and leaves. */
async function leave(stack: Stack, type: string, sent: Uint8Array, before: readonly string[]): Promise<void> {
  const { api, apiKey } = stack;
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": type, "transfer-encoding": "chunked" };
  const asking = request(`${api}/assets/upload?filename=a`, { method: "POST", headers });
  asking.on("error", () => {});
  asking.write(sent);
  await until("the store has some of it", async () => (kept(stack).length > before.length ? true : null));
  asking.destroy();
}

/** What the store has of assets. */
function kept(stack: Stack): string[] {
  const { objects, openUploads } = storeContents(stack);
  return [...objects, ...openUploads].filter((key) => key.startsWith("assets/")).toSorted();
}

/** What of a file stays in the store when nobody wants it: nothing. */
export function leavingNothing(stack: () => Stack): void {
  const untilOnly = (before: readonly string[]) =>
    until("nothing else is left", async () => (kept(stack()).join() === before.join() ? true : null));

  it.each([
    ["by itself", "text/plain", SENT],
    ["in a form", "multipart/form-data; boundary=b", Buffer.concat([HEAD, SENT])],
  ] as const)("stays of a file %s that breaks off", async (_, type, sent) => {
    const before = kept(stack());
    const { assets } = await done(stack(), "GET", "/assets?limit=1000");
    await leave(stack(), type, sent, before);
    await untilOnly(before);
    expect((await done(stack(), "GET", "/assets?limit=1000")).assets).toEqual(assets);
  });

  it("stays of a file that told its length and breaks off", async () => {
    const { api, apiKey, database } = stack();
    neonConfig.fetchEndpoint = database;
    const sql = neon("postgres://snapbyte:snapbyte@localhost/snapbyte");
    const before = kept(stack());
    const begun = async () =>
      (await sql`select id from asset_contents where stored_at is null and released_at is null`).length;
    const headers = { authorization: `Bearer ${apiKey}`, "content-length": String(8 * MIB) };
    const asking = request(`${api}/assets/upload?filename=a`, { method: "POST", headers });
    asking.on("error", () => {});
    asking.write(SENT);
    await until("the upload has begun", async () => ((await begun()) > 0 ? true : null));
    asking.destroy();
    await until("it is given up", async () => ((await begun()) === 0 ? true : null));
    expect(kept(stack())).toEqual(before);
  });

  it("stays of a file that is refused once it is there", async () => {
    const before = kept(stack());
    const body = new FormData();
    body.append("file", new Blob([SENT]), "a");
    body.append("is_public", "perhaps");
    expect(await refused(send(stack(), "POST", "/assets/upload", { body }))).toEqual([400, "INVALID_FIELD"]);
    expect(kept(stack())).toEqual(before);
  });

  it("stays of an asset that is deleted", async () => {
    const before = kept(stack());
    const { id } = await uploaded(stack(), "one");
    await published(stack(), id);
    await replaced(stack(), id, "two");
    expect(kept(stack())).toHaveLength(before.length + 2);
    expect((await manage(stack(), `/assets/${id}`, { method: "DELETE" })).status).toBe(200);
    await untilOnly(before);
  });
}
