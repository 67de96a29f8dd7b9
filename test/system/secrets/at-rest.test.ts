import type { IncomingMessage, ServerResponse } from "node:http";
import { join, relative } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { describe, expect, it } from "vitest";
import { parseOriginRule } from "../../../src/core/origins/parse-rule.ts";
import type { OriginRule } from "../../../src/core/tenant.ts";
import type { Stack } from "../../../src/dev/stack.ts";
import { preload, untilReady } from "../stack/entries.ts";
import { publish } from "../stack/objects.ts";
import { sendObject, withOwnOrigin } from "../stack/own-origin.ts";
import { searchFiles } from "../stack/search-files.ts";
import { notedSignatures } from "../stack/signatures.ts";
import { withStack } from "../stack/with-stack.ts";
import { driveDownloads } from "./drive-downloads.ts";
import { driveRefusals } from "./drive-refusals.ts";
import { driveSettings } from "./drive-settings.ts";
import { listener } from "./heard.ts";

/** Where the state directory keeps what the product does, and what may be seen there of an entry. */
const VISIBLE: Readonly<Record<string, (id: string) => string>> = {
  "workers/v3/kv": (id) => id,
  "workers/v3/do": (id) => id,
  "workers/v3/r2": () => "visible-in-the-store",
  postgres: (id) => id,
  // A message of the queue.
  "workers.log": (id) => `"entry":"${id}"`,
  "origin.log": () => "visible-object.txt",
};

const origin = withOwnOrigin(answer);
const stack = withStack(async () => ({
  apiMain: join(import.meta.dirname, "telling-api.ts"),
  originRules: [origin().rule("probe"), nobodyListens()],
  // Delays are whole seconds: each is one.
  vars: { RETRY_BASE_SECONDS: "0.02" },
}));
const heard = listener(stack);

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, mood] = (request.url ?? "").split("/");
  if (mood === "refused") response.writeHead(403).end(`refused: ${request.url}`);
  else if (mood === "broken") response.writeHead(500, { location: request.url }).end(`broken: ${request.url}`);
  else if (mood === "cut") response.writeHead(200, { "content-length": 1000 }).write("x", () => response.destroy());
  else sendObject(request, response, "good", { "content-disposition": 'inline; filename="visible-in-the-store"' });
}

/** An origin that is allowed and not there. */
function nobodyListens(): OriginRule {
  const rule = parseOriginRule("http://127.0.0.1:1", "probe");
  if (!rule) throw new Error("there is no such rule");
  return rule;
}

describe("the suite's recognisable secrets in downloads", () => driveDownloads(stack, origin, heard));
describe("the suite's recognisable secrets in what is refused", () => driveRefusals(stack, heard));
describe("the suite's recognisable secrets in settings", () => driveSettings(stack, heard));

// Last, since they look at what all the others have left behind.
describe("after all of it", () => {
  it("no answer has repeated one of them", () => {
    heard.expectNoSecrets();
  });

  it("no row of Postgres holds one of them, or an API key", async () => {
    const rows = await allRows(stack());
    expect(rows.length).toBeGreaterThan(0);
    // Messages that were given up are among them.
    expect(rows.some((row) => row.includes('"url_ends_at"'))).toBe(true);
    for (const secret of [...notedSignatures(), stack().apiKey, stack().adminKey, stack().presigned.apiKey]) {
      expect(rows.filter((row) => row.includes(secret))).toEqual([]);
    }
  });

  it("no file of the state holds one of them, although what may be seen is found in every store", async () => {
    const url = await publish(stack(), "visible-last.txt", "last");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const state = join(stack().originLog, "..");
    await stack().stop();

    for (const [place, textOf] of Object.entries(VISIBLE)) {
      const found = await searchFiles(state, [textOf(key.replace(/^url-/, ""))]);
      expect(found.filter(({ file }) => relative(state, file).startsWith(place))).not.toEqual([]);
    }
    expect(await searchFiles(state, notedSignatures())).toEqual([]);
  });
});

/** Each row of every table as text: large values lie compressed in the files, where a search would miss them. */
async function allRows({ database }: Stack): Promise<string[]> {
  neonConfig.fetchEndpoint = database;
  const sql = neon("postgres://snapbyte:snapbyte@localhost/snapbyte");
  const tables = await sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const found = await Promise.all(
    tables.map(({ name }) => sql.query(`select row_to_json(t)::text as row from ${name} t`)),
  );
  return found.flat().map(({ row }) => String(row));
}
