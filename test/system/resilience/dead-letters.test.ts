import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditPage } from "../../../src/api/schemas/audit.ts";
import { statusBody } from "../../../src/api/schemas/status.ts";
import { setOperator } from "../../../src/cli/operator.ts";
import { freePort } from "../../../src/dev/net/listen.ts";
import { preload, untilReady, untilStatus } from "../stack/entries.ts";
import { type OwnOrigin, sendObject, startOwnOrigin } from "../stack/own-origin.ts";
import { askProxy, manage, untilHit } from "../stack/requests.ts";
import { newPerson, signIn } from "../stack/sign-up.ts";
import { withStack } from "../stack/with-stack.ts";
import { asOperator, deadLetterOf } from "./dead-letter.ts";

/** As src/consumer/compose.ts has it. */
const MOST_ATTEMPTS = 6;

/** As the local stack has it. */
const DATABASE_URL = "postgres://snapbyte:snapbyte@localhost/snapbyte";
/** On no allow-list. */
const STRANGER = "http://127.0.0.1:1/elsewhere/file";

let isWell = false;
/** Paths that work whatever becomes of the others. */
const mended = new Set<string>();
let origin: OwnOrigin;
const stack = withStack(async () => {
  origin = await startOwnOrigin(answer);
  // Delays are whole seconds: each is one.
  const vars = { RETRY_BASE_SECONDS: "0.02" };
  return { originRules: [origin.rule("public")], vars, consolePort: await freePort() };
});
afterAll(() => origin.stop());

/** What is sent again below. Each takes seconds to fail, so they do it beside the first tests. */
const LETTERS = ["/broken/letter", "/broken/page"] as const;
beforeAll(async () => {
  for (const path of LETTERS) await preload(stack(), { url: `${origin.url}${path}` });
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? "";
  const [, kind] = path.split("/");
  if (kind === "broken" && !isWell && !mended.has(path)) response.writeHead(500).end("out of order");
  else if (kind === "short")
    response.writeHead(200, { "content-length": 1000 }).write("x".repeat(500), () => response.destroy());
  else if (kind === "unending") sendUntilClosed(response);
  else if (kind === "moved") response.writeHead(302, { location: STRANGER }).end();
  else sendObject(request, response, "all is well");
}

/** A body that only the end of its connection ends. */
function sendUntilClosed(response: ServerResponse): void {
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  response.writeHead(200).end("of unknown length");
}

/** Wants a copy, waits until that has failed, and returns why and how often the origin was asked. */
async function failureOf(path: string): Promise<{ code: string | undefined; asked: number }> {
  const { key } = await preload(stack(), { url: `${origin.url}${path}` });
  const entry = await untilStatus(stack(), key, "failed");
  expect([entry.size, entry.sha256, entry.generation]).toEqual([null, null, null]);
  const asked = timesAsked(path);
  const { status, location } = await askProxy(stack(), `${origin.url}${path}`);
  expect([status, location]).toEqual([302, `${origin.url}${path}`]);
  return { code: entry.error?.code, asked };
}

function timesAsked(path: string): number {
  return origin.asked.filter((request) => request === `GET ${path}`).length;
}

describe("a fill that ends without a copy", () => {
  it("of an origin that answers 500 is tried some times, then the entry says so", async () => {
    expect(await failureOf("/broken/file")).toEqual({ code: "ORIGIN_ERROR", asked: MOST_ATTEMPTS });
  });

  it("of a body that breaks off is tried some times, then the entry says so", async () => {
    expect(await failureOf("/short/file")).toEqual({ code: "INTERRUPTED", asked: MOST_ATTEMPTS });
  });

  it("of a body without a length is not tried again", async () => {
    expect(await failureOf("/unending/file")).toEqual({ code: "LENGTH_UNKNOWN", asked: 1 });
  });

  it("of an origin that redirects to one that nobody allowed is not tried again", async () => {
    expect(await failureOf("/moved/file")).toEqual({ code: "REDIRECT_NOT_ALLOWED", asked: 1 });
  });
});

describe("a dead letter", () => {
  it("fills its entry once its origin is mended and an operator sends it again", async () => {
    const [path] = LETTERS;
    const { key, letter } = await deadLetterOf(stack(), `${origin.url}${path}`);
    const { tenant } = stack();
    expect(letter).toMatchObject({ kind: "fill", tenant, attempts: MOST_ATTEMPTS, replayed_at: null });
    expect(letter.error).toEqual({ code: "ORIGIN_ERROR", message: "The origin answered 500." });
    const standing = statusBody.parse(await (await asOperator(stack(), "/status")).json());
    expect(standing.dead_letters).toBeGreaterThan(0);
    expect(standing.failed_fills_last_hour).toBeGreaterThan(0);
    expect(standing.queued_messages).not.toBeNull();

    expect((await manage(stack(), "/dead-letters")).status).toBe(403);
    const again = `/dead-letters/${letter.id}/replay`;
    expect((await manage(stack(), again, { method: "POST" })).status).toBe(403);
    mended.add(path);
    const replayed = await asOperator(stack(), again, "POST");
    expect([replayed.status, await replayed.json()]).toEqual([200, { id: letter.id, status: "queued" }]);
    expect((await untilReady(stack(), key)).error).toBeNull();
    await untilHit(stack(), `${origin.url}${path}`);
    expect(timesAsked(path)).toBe(MOST_ATTEMPTS + 1);
    expect((await asOperator(stack(), again, "POST")).status).toBe(409);
    const { records } = auditPage.parse(await (await manage(stack(), "/audit?action=dead_letters.")).json());
    expect(records).toMatchObject([{ actor: "operator", detail: { dead_letter: letter.id, key, status: "queued" } }]);
  });

  it("is on the operator's page, whose button sends it again", async () => {
    const [, path] = LETTERS;
    const { key, letter } = await deadLetterOf(stack(), `${origin.url}${path}`);
    const otto = "otto@example.com";
    const at = await newPerson(stack().console ?? "", "Otto", otto);
    for (const page of ["/operator/dead-letters", "/operator/status"]) expect((await at.see(page)).status).toBe(404);
    expect((await at.send("/operator/dead-letters", { id: letter.id })).status).toBe(404);
    await setOperator({ databaseUrl: DATABASE_URL, endpoint: stack().database }, otto, true);
    await signIn(at, otto);

    expect((await at.see("/operator/status")).text).toMatch(/Dead letters [1-9]\d* not replayed/);
    const list = await at.see("/operator/dead-letters");
    expect(list.text).toContain("The origin answered 500. (ORIGIN_ERROR)");
    const form = new RegExp(`name="id" value="([^"]+)"[^<]*<button[^>]*aria-label="Replay ${key}"`);
    expect(form.exec(list.html)?.[1]).toBe(letter.id);
    mended.add(path);
    const sent = await at.send("/operator/dead-letters", { id: letter.id });
    expect([sent.status, sent.location]).toEqual([303, "/operator/dead-letters"]);
    await untilReady(stack(), key);
    await untilHit(stack(), `${origin.url}${path}`);
    const after = await at.see("/operator/dead-letters");
    expect(after.html).not.toContain(letter.id);
    const again = await at.send("/operator/dead-letters", { id: letter.id });
    expect([again.status, again.text]).toEqual([422, expect.stringContaining("sent again before")]);
  });
});

describe("a fill that ended without a copy", () => {
  it("is made up for when somebody asks after the origin has recovered", async () => {
    const url = `${origin.url}/broken/recovers`;
    await failureOf("/broken/recovers");
    isWell = true;
    const { key } = await preload(stack(), { url });
    const entry = await untilReady(stack(), key);
    expect(entry.error).toBeNull();
    await untilHit(stack(), url);
  });
});
