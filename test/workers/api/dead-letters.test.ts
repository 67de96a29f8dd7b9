import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { parseApiEnv } from "../../../src/api/env.ts";
import { deadLetterPage } from "../../../src/api/schemas/dead-letters.ts";
import { statusBody } from "../../../src/api/schemas/status.ts";
import { noteLetter } from "../../../src/app/dead-letters/note-letter.ts";
import { offerOf } from "../../../src/app/fill-request.ts";
import { identityDigest } from "../../../src/core/entry-key.ts";
import type { TenantId } from "../../../src/core/tenant.ts";
import { postgresDeadLetters } from "../../../src/platform/postgres/dead-letters.ts";
import { originRules } from "../../../src/platform/postgres/schema.ts";
import { fillMessage } from "../../contracts/fill-queue.contract.ts";
import { newKey } from "../../contracts/keys.ts";
import { db, deployment, keyOf, newTenantRow, operatorKey, personAs } from "./roles/roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
const { ring } = parseApiEnv(env as unknown as Readonly<Record<string, unknown>>);
const parts = { deadLetters: postgresDeadLetters(db), ring, clock: Date };
let acme: TenantId;
let operator: string;

beforeAll(async () => {
  acme = await newTenantRow();
  operator = await operatorKey();
  await db.insert(originRules).values({ tenantId: acme, scheme: "https", host: "files.example.com", port: 443 });
});

/** A fill of acme's that was given up, of an address on the allow-list. */
async function letter(address = "https://files.example.com/a.bin"): Promise<string> {
  const key = newKey(acme);
  const id = crypto.randomUUID();
  const boundTo = identityDigest(address);
  const { sealedUrl } = await offerOf({ key, boundTo, url: address, urlEndsAt: null }, ring);
  const message = fillMessage({ tenant: acme, entry: key.id, boundTo, sealedUrl, publicKey: "a.bin" });
  const failure = { code: "ORIGIN_ERROR", message: "The origin answered 500." };
  const told = {
    kind: "fill",
    tenant: acme,
    key: "a.bin",
    batch: null,
    attempts: 6,
    failure,
    urlEndsAt: null,
  } as const;
  await noteLetter(id, message, told, parts);
  return id;
}

describe("dead letters", () => {
  test("are listed for an operator, the newest first, page by page, without their messages", async () => {
    const [first, second] = [await letter(), await letter()];
    const ids: string[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null && ids.length < 2 && pages < 50; pages += 1) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const { status, body } = await ask("GET", `/dead-letters?limit=1${query}`, { as: operator });
      expect(status).toBe(200);
      const page = deadLetterPage.parse(body);
      expect(JSON.stringify(body)).not.toContain("sealed");
      ids.push(...page.dead_letters.filter(({ tenant }) => tenant === acme).map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(ids).toEqual([second, first]);
  });

  test("are sent again once, which the tenant's log tells", async () => {
    const id = await letter();
    const replayed = await ask("POST", `/dead-letters/${id}/replay`, { as: operator });
    expect([replayed.status, replayed.body]).toEqual([200, { id, status: "queued" }]);
    const again = await ask("POST", `/dead-letters/${id}/replay`, { as: operator });
    expect([again.status, again.code]).toEqual([409, "ALREADY_REPLAYED"]);
    const { body } = await ask("GET", "/audit?action=dead_letters.", { as: personAs("owner", acme) });
    expect(body.records).toMatchObject([
      {
        ...{ actor: "operator", action: "dead_letters.replay", who: { by: "key", name: "an operator's" } },
        detail: { dead_letter: id, kind: "fill", key: "a.bin", batch: null, status: "queued" },
      },
    ]);
  });

  test("are not sent again from where the tenant allows nothing, and nothing is written down", async () => {
    const id = await letter("https://elsewhere.example.com/a.bin");
    const { status, code } = await ask("POST", `/dead-letters/${id}/replay`, { as: operator });
    expect([status, code]).toEqual([409, "NOT_REPLAYABLE"]);
    expect(await parts.deadLetters.find(id)).toMatchObject({ replayedAt: null });
  });

  test.each(["nobodys", "a".repeat(65), "a%00b", "a%27b"])("of an id that nobody has are 404: %s", async (id) => {
    const { status, code } = await ask("POST", `/dead-letters/${id}/replay`, { as: operator });
    expect([status, code]).toEqual([404, "NOT_FOUND"]);
  });

  test.each(["limit=0", "limit=1001", "cursor=x", "cursor=-1", "cursor=99999999999999999999", "order=old"])(
    "asked for with %s are 400",
    async (query) => {
      const { status, code } = await ask("GET", `/dead-letters?${query}`, { as: operator });
      expect([status, code]).toEqual([400, "INVALID_FIELD"]);
    },
  );

  test("are nobody else's: neither list nor replay nor status", async () => {
    const id = await letter();
    const callers = [personAs("owner", acme), personAs("viewer", acme), await keyOf(acme, ["admin"])];
    for (const as of [...callers, null]) {
      for (const [method, path] of [
        ["GET", "/dead-letters"],
        ["POST", `/dead-letters/${id}/replay`],
        ["GET", "/status"],
      ] as const) {
        const { status, code } = await ask(method, path, { as });
        expect([status, code]).toEqual(as === null ? [401, "UNAUTHORIZED"] : [403, "INSUFFICIENT_SCOPE"]);
      }
    }
    expect(await parts.deadLetters.find(id)).toMatchObject({ replayedAt: null });
  });
});

test("an operator is told how the deployment stands", async () => {
  await letter();
  const { status, body } = await ask("GET", "/status", { as: operator });
  expect(status).toBe(200);
  const said = statusBody.parse(body);
  expect(said.dead_letters).toBeGreaterThan(0);
  expect(said.queued_messages).not.toBeNull();
  expect(said.stuck_fills).toBeInstanceOf(Array);
});
