import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test, vi } from "vitest";
import { hashApiKey } from "../../../src/core/api-key.ts";
import { parseFillMessage } from "../../../src/core/fills/fill-message.ts";
import { parseManifestMessage } from "../../../src/core/preload/manifest-message.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { apiKeys, originRules, tenants } from "../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../contracts/keys.ts";
import { presigned } from "../../core/samples.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

const ALLOWED = "https://bucket.s3.amazonaws.com";

/** Two tenants and their keys; what the first one sends to the queue comes to its inspector, and nothing is fetched. */
const [acme, other] = [newTenant(), newTenant()];
const keyOf = (letter: string) => `snap_key_${letter.repeat(43)}`;
const keys = { [acme]: keyOf("p"), [other]: keyOf("q") };

beforeAll(async () => {
  const db = connect(inject("services").database);
  await db.insert(tenants).values([acme, other].map((id) => ({ id, site: id })));
  const rows = Object.entries(keys).map(async ([tenantId, key]) => ({
    tenantId,
    hash: await hashApiKey(key),
    name: "t",
  }));
  await db.insert(apiKeys).values(await Promise.all(rows));
  await db.insert(originRules).values({ tenantId: acme, scheme: "https", host: "bucket.s3.amazonaws.com", port: 443 });
});

async function call(path: string, init: RequestInit = {}, tenant = acme): Promise<{ status: number; body: Answer }> {
  const headers = { authorization: `Bearer ${keys[tenant]}`, ...(init.headers as Record<string, string> | undefined) };
  const response = await exports.default.fetch(`https://edge.example.com${path}`, { ...init, headers });
  return { status: response.status, body: await response.json<Answer>() };
}

type Answer = Readonly<Record<string, unknown>> & {
  readonly batch?: string;
  readonly error?: { readonly code: string };
};

const postJson = (body: unknown) =>
  call("/preload", { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });

const postLines = (body: BodyInit | null, type = "application/x-ndjson", coding = "identity") =>
  call("/preload", { method: "POST", body, headers: { "content-type": type, "content-encoding": coding } });

const ends = (moment: string) => ({ url: presigned(`${ALLOWED}/ends`), expires_at: moment });

/** Bodies that this batch, or in a list these keys, sent to the queue. */
async function sent(count: number, isWanted: (body: Record<string, unknown>) => boolean): Promise<unknown[]> {
  return await vi.waitFor(
    async () => {
      const { keys: names } = await env.INDEX.list({ prefix: `arrived:${acme}:` });
      const bodies = await Promise.all(names.map(({ name }) => env.INDEX.get<Record<string, unknown>>(name, "json")));
      const wanted = bodies.filter((body) => body !== null && isWanted(body));
      expect(wanted).toHaveLength(count);
      return wanted;
    },
    { timeout: 8_000, interval: 50 },
  );
}

const NOTHING = { total: 0, filling: 0, ready: 0, stale: 0, purged: 0, failed: 0 };

describe("POST /preload", () => {
  test("of one item answers as it always did", async () => {
    const { status, body } = await postJson({ url: presigned(`${ALLOWED}/one`), hash: "one" });
    expect({ status, body }).toEqual({ status: 202, body: { key: "one", status: "not_storable" } });
  });

  test("of a URL with half a character in it takes what a client would send", async () => {
    const url = presigned(`${ALLOWED}/half-\ud800`, { date: today() });
    expect(await postJson({ url })).toMatchObject({ status: 202, body: { status: "queued" } });
  });

  test("of a list names a batch beside the items", async () => {
    const url = presigned(`${ALLOWED}/listed`, { date: today() });
    const { status, body } = await postJson({
      items: [
        { url, hash: "l-1" },
        { url: presigned(ALLOWED), hash: "l-2" },
      ],
    });
    expect(status).toBe(202);
    expect(body).toEqual({
      batch: expect.any(String),
      items: [
        { key: "l-1", status: "queued" },
        { key: "l-2", status: "not_storable" },
      ],
    });
    const [message] = await sent(1, ({ publicKey }) => publicKey === "l-1");
    expect(parseFillMessage(message)).not.toBeNull();
    expect(await call(`/preload/${body.batch}`)).toEqual({
      status: 200,
      body: {
        ...{ batch: body.batch, status: "working", created_at: expect.any(String), lines: 2, rejected: 1, error: null },
        errors: [{ line: 2, code: "NOT_STORABLE", message: expect.any(String) }],
        entries: { ...NOTHING, total: 1, filling: 1 },
        bytes: 0,
      },
    });
  });

  test.each(["application/x-ndjson", "application/ndjson", "application/jsonl; charset=utf-8", "Application/X-NDJSON"])(
    "of a body of %s is taken as a manifest, and its lines go to the queue",
    async (type) => {
      const lines = Array.from({ length: 501 }, (_, number) => JSON.stringify({ url: `${ALLOWED}/${number}` })).join(
        "\n",
      );
      const { status, body } = await postLines(lines, type);
      expect({ status, body }).toEqual({ status: 202, body: { batch: expect.any(String), status: "expanding" } });
      const messages = (await sent(2, ({ batch }) => batch === body.batch)).map(parseManifestMessage);
      expect(messages.map((each) => each?.kind)).toEqual(["manifest-chunk", "manifest-chunk"]);
      expect((await call(`/preload/${body.batch}`)).body).toMatchObject({
        ...{ status: "expanding", lines: 501, rejected: 0, entries: NOTHING },
      });
    },
  );

  test("of a streamed body is taken too", async () => {
    const { readable, writable } = new IdentityTransformStream();
    const writer = writable.getWriter();
    const answered = postLines(readable);
    for (let piece = 0; piece < 40; piece += 1)
      await writer.write(new TextEncoder().encode(`{"url":"${ALLOWED}/${piece}"`));
    await writer.write(new TextEncoder().encode("}"));
    await writer.close();
    const { status, body } = await answered;
    expect(status).toBe(202);
    expect((await call(`/preload/${body.batch}`)).body).toMatchObject({ status: "expanding", lines: 1 });
  });

  test("of a manifest's URL answers at once, and the URL goes to the queue sealed", async () => {
    const { status, body } = await postJson({ manifest: presigned(`${ALLOWED}/manifest.ndjson`) });
    expect({ status, body }).toEqual({ status: 202, body: { batch: expect.any(String), status: "expanding" } });
    const [message] = await sent(1, ({ batch }) => batch === body.batch);
    expect(parseManifestMessage(message)?.kind).toBe("manifest");
    expect(JSON.stringify(message)).not.toContain("amazonaws");
    expect((await call(`/preload/${body.batch}`)).body).toMatchObject({ status: "expanding", lines: 0 });
  });

  test.each<[string, () => Promise<{ status: number; body: Answer }>, number, string]>([
    ["a manifest elsewhere", () => postJson({ manifest: "https://evil.example.com/" }), 403, "ORIGIN_NOT_ALLOWED"],
    ["a manifest that is no URL", () => postJson({ manifest: "manifest.ndjson" }), 400, "INVALID_FIELD"],
    ["a manifest in a list", () => postJson({ manifest: [ALLOWED] }), 400, "INVALID_FIELD"],
    ["a manifest beside items", () => postJson({ manifest: ALLOWED, items: [] }), 400, "INVALID_FIELD"],
    ["a date that no ledger holds", () => postJson(ends("9999-12-31T23:59:59-01:00")), 400, "INVALID_FIELD"],
    ["a compressed manifest", () => postLines("{}", "application/x-ndjson", "gzip"), 400, "INVALID_FIELD"],
    ["no lines", () => postLines("\r\n\n"), 400, "INVALID_FIELD"],
    ["no body", () => postLines(null), 400, "INVALID_FIELD"],
    ["too many bytes", () => postLines(`${"x".repeat(95_000_000)}\n`), 413, "BODY_TOO_LARGE"],
  ])("refuses %s", async (_, post, status, code) => {
    const answer = await post();
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
  });
});

describe("GET /preload/{batch}", () => {
  test("tells nobody of another tenant's batch, or of none", async () => {
    const { body } = await postLines("{}");
    for (const [path, tenant] of [
      [`/preload/${body.batch}`, other],
      ["/preload/nobody", acme],
      // Postgres takes no such text.
      ["/preload/%00", acme],
    ] as const) {
      const answer = await call(path, {}, tenant);
      expect([answer.status, answer.body.error?.code]).toEqual([404, "NOT_FOUND"]);
    }
    expect((await call(`/preload/${body.batch}`)).status).toBe(200);
  });

  test("wants a key", async () => {
    const response = await exports.default.fetch("https://edge.example.com/preload/any");
    expect(response.status).toBe(401);
  });
});

/** Now, as a signature tells it. */
function today(): string {
  return new Date().toISOString().replace(/[-:]|\.\d+/g, "");
}
