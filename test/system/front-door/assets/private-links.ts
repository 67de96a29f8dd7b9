import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { assetTokenPage } from "../../../../src/api/schemas/asset-tokens.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { noteSignature } from "../../stack/signatures.ts";
import { done } from "../settings/settings-calls.ts";
import { ask, download, etagOf, manage, refused, replaced, token, uploaded } from "./asset-calls.ts";

const TEXT = "0123456789";
const PRIVATE = { query: "filename=a.txt" };

/** Only time itself ends a link. Timers may go off a little early. */
async function ended(made: { readonly expires_at: string }): Promise<void> {
  await sleep(Math.max(0, Date.parse(made.expires_at) - Date.now()) + 20);
}

/** Private links: who has one, and for how long. */
export function privateLinks(stack: () => Stack): void {
  const get = (made: { token: string }, headers: Record<string, string> = {}) =>
    download(stack(), `/assets/private/${made.token}`, headers);

  it("open an asset that nobody else gets, and say that no answer may be kept", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const before = Date.now();
    const made = await token(stack(), id);
    expect(made.token).toMatch(/^[\w-]{43}$/);
    expect(made.url).toBe(`${stack().api}/assets/private/${made.token}`);
    const life = Date.parse(made.expires_at) - before;
    expect(life).toBeGreaterThanOrEqual(3_600_000);
    expect(life).toBeLessThan(3_660_000);
    const response = await ask(made.url);
    expect([response.status, response.headers.get("etag")]).toEqual([200, etagOf(TEXT)]);
    expect(response.headers.get("cache-control")).toBe("private, no-store, no-cache, must-revalidate");
    expect(response.headers.get("cache-tag")).toBeNull();
    expect(await response.text()).toBe(TEXT);
    expect(await get(made, { range: "bytes=2-4" })).toEqual([206, "234"]);
    await replaced(stack(), id, "another");
    expect(await get(made)).toEqual([200, "another"]);
    expect((await ask(`${stack().api}/assets/${id}/download`)).status).toBe(404);
  });

  it("are kept by nobody, who has made them included", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const made = await token(stack(), id);
    // Looked for in all that the stack has kept, when it has stopped. One that is used stands in the local stack's own log.
    noteSignature(made.token);
    const seen = await manage(stack(), `/assets/${id}`);
    expect(await seen.text()).not.toContain(made.token);
    const audit = await manage(stack(), "/audit?action=assets.");
    expect(await audit.text()).not.toContain(made.token);
  });

  it("are listed while they live, with what they have been used for, and without what opens the asset", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const made = [await token(stack(), id), await token(stack(), id, { max_downloads: 3 })] as const;
    await get(made[1]);
    const list = async (query = "") =>
      assetTokenPage.parse(await done(stack(), "GET", `/assets/${id}/access-tokens${query}`));
    const { tokens } = await list();
    expect(tokens.toSorted((a, b) => a.downloads - b.downloads)).toEqual(
      made.map(({ token_id, expires_at, max_downloads }, downloads) => ({
        ...{ token_id, expires_at, max_downloads, downloads, created_at: expect.any(String) },
      })),
    );
    const first = await list("?limit=1");
    const rest = await list(`?cursor=${first.cursor}`);
    expect([...first.tokens, ...rest.tokens]).toEqual(tokens);
    await done(stack(), "DELETE", `/assets/${id}/access-token/${made[0].token_id}`);
    expect(await list()).toMatchObject({ tokens: [{ token_id: made[1].token_id }], cursor: null });
  });

  it("are made without a body as with an empty one", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const response = await manage(stack(), `/assets/${id}/access-token`, { method: "POST" });
    expect([response.status, await response.json()]).toMatchObject([201, { max_downloads: null }]);
  });

  it("end with their second", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const made = await token(stack(), id, { ttl: 2 });
    const early = await get(made);
    // On a busy machine two seconds may be over by then.
    if (Date.now() < Date.parse(made.expires_at)) expect(early).toEqual([200, TEXT]);
    await ended(made);
    expect((await get(made))[0]).toBe(403);
  });

  it("end at once when they are revoked, and no other with them", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const [made, other] = [await token(stack(), id), await token(stack(), id)];
    for (const each of [made, other]) expect((await get(each))[0]).toBe(200);
    const path = `/assets/${id}/access-token/${made.token_id}`;
    expect(await done(stack(), "DELETE", path)).toEqual({ token_id: made.token_id, status: "revoked" });
    expect((await get(made))[0]).toBe(403);
    expect((await get(other))[0]).toBe(200);
    expect(await refused(manage(stack(), path, { method: "DELETE" }))).toEqual([404, "NOT_FOUND"]);
  });

  it.each([1, 7])("let exactly %d of a hundred at once download", async (most) => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const made = await token(stack(), id, { max_downloads: most });
    expect((await ask(made.url, { method: "HEAD" })).status).toBe(200);
    expect(await get(made, { "if-none-match": etagOf(TEXT) })).toEqual([304, ""]);
    const asked = await Promise.all(Array.from({ length: 100 }, () => get(made)));
    expect(asked.filter(([status, text]) => status === 200 && text === TEXT)).toHaveLength(most);
    expect(asked.filter(([status]) => status === 403)).toHaveLength(100 - most);
  });

  it("are refused in one way, whatever is wrong with them", async () => {
    const { id } = await uploaded(stack(), TEXT, PRIVATE);
    const revoked = await token(stack(), id);
    await done(stack(), "DELETE", `/assets/${id}/access-token/${revoked.token_id}`);
    const used = await token(stack(), id, { max_downloads: 1 });
    await get(used);
    const gone = await uploaded(stack(), TEXT, PRIVATE);
    const deleted = await token(stack(), gone.id);
    await done(stack(), "DELETE", `/assets/${gone.id}`);
    const expired = await token(stack(), id, { ttl: 1 });
    await ended(expired);
    const tokens = [revoked, used, deleted, expired].map((made) => made.token);
    const said: unknown[] = [];
    for (const each of [...tokens, "A".repeat(43), "x", "%00", "..%2F..", "%", "%FF"]) {
      const response = await ask(`${stack().api}/assets/private/${each}`);
      const { error } = (await response.json()) as { error: Record<string, string> };
      // But for when it was said, and to whom.
      const { timestamp: _, request_id: __, ...body } = error;
      const fields = [...response.headers].filter(([name]) => !["date", "content-length"].includes(name));
      said.push({ status: response.status, body, fields });
    }
    expect(said[0]).toMatchObject({ status: 403, body: { code: "TOKEN_INVALID" } });
    expect(said).toEqual(said.map(() => said[0]));
  });

  it.each([{ ttl: 0 }, { ttl: 2_592_001 }, { ttl: "60" }, { max_downloads: 0 }, { max_downloads: 1.5 }, { other: 1 }])(
    "are not made of a wish like %j",
    async (wish) => {
      const { id } = await uploaded(stack(), TEXT, PRIVATE);
      const answer = manage(stack(), `/assets/${id}/access-token`, { body: wish });
      expect(await refused(answer)).toEqual([400, "INVALID_FIELD"]);
    },
  );
}
