import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLinkToken } from "../../../src/core/link.ts";
import { SEED } from "../../soak/fuzz.ts";
import { publish } from "../stack/objects.ts";
import { ask, untilHit } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { type Answer, type Case, faultOf } from "./fuzz/judge.ts";
import { type RawWorker, startRawWorker } from "./fuzz/raw-worker.ts";
import { ringOf, type Target, type Token, tokensFor } from "./fuzz/tokens.ts";
import { HOSTS, NAMES, RING, targets } from "./fuzz/world.ts";

/** A share of what `npm run soak -- fuzz` asks, which is 100,000. */
const CASES = 12_000;
const CASES_OF_STACK = 2_000;

describe("random and mutated tokens, ranges, conditions and host names, against the built api Worker", () => {
  let server: RawWorker;
  beforeAll(async () => {
    server = await startRawWorker();
  });
  afterAll(async () => await server.stop());

  it("are no server error, and get no byte without a token that counts", async () => {
    const tokens = await tokensFor(RING, targets());
    const found = await fuzz({ port: server.port, tokens, names: NAMES, hosts: HOSTS, cases: CASES, seed: SEED });
    expect(found.faults).toEqual([]);
    // All of it was asked: what counts was served, what does not was refused, and the server took all of it for HTTP.
    for (const status of [200, 206, 302, 304, 400, 403, 404, 405, 410, 412, 416]) {
      expect(found.statuses[status], String(status)).toBeGreaterThan(10);
    }
    expect(found.served).toBeGreaterThan(CASES / 50);
    expect(found.spoilt).toBeGreaterThan(CASES / 2);
    expect(found.statuses[0] ?? 0).toBe(0);
  });
});

describe("the same on the whole local stack", () => {
  const stack = withStack(async () => ({ vars: { SECRET_KEYS: RING } }));

  it("are no server error either, and leave the copies as they are", async () => {
    const copies = { "fuzz.mp4": "x".repeat(30_000), "fuzz-empty.txt": "" };
    const made: { url: string; target: Target }[] = [];
    for (const [name, body] of Object.entries(copies)) {
      const url = await publish(stack(), name, body);
      const { location } = await untilHit(stack(), url);
      const link = await readLinkToken(ringOf(RING), new URL(location).pathname.split("/")[2] ?? "");
      if (!link) throw new Error("a link of another ring");
      made.push({ url, target: { link, size: body.length } });
    }
    const port = Number(new URL(stack().api).port);
    const tokens = await tokensFor(
      RING,
      made.map(({ target }) => target),
    );
    const names = ["127.0.0.1", `127.0.0.1:${port}`, "localhost", "files.example"];
    const about = { hosts: null, behindWrangler: true, cases: CASES_OF_STACK, seed: SEED };
    const found = await fuzz({ port, tokens, names, ...about });
    expect(found.faults).toEqual([]);
    expect(found.served).toBeGreaterThan(CASES_OF_STACK / 50);
    for (const { url, target } of made) {
      const { location } = await untilHit(stack(), url);
      expect((await (await ask(location)).arrayBuffer()).byteLength).toBe(target.size);
    }
  });
});

describe("what judges the answers finds", () => {
  const token = { kind: "valid", tenant: "acme", size: 10, originUrl: "https://o.example/a" } as const;
  const known: readonly Token[] = [
    { ...token, text: "good", grants: "bytes" },
    { ...token, text: "ended", grants: "nothing" },
    { ...token, text: "withdrawn", kind: "revoked", grants: "nothing" },
    { ...token, text: "forged", grants: "forged" },
  ];
  const judged = (text: string, answer: Partial<Answer>, host = "edge.invalid") => {
    const asked: Case = {
      ...{ number: 0, method: "GET", path: `/f/${text}/a`, fields: { host }, token: known[0] as Token, how: null },
    };
    const whole = { status: 200, headers: { "content-length": "10" }, bytes: 10, text: "" };
    return faultOf(asked, { ...whole, ...answer }, new Map(known.map((each) => [each.text, each])), HOSTS);
  };
  const part = (field: string, bytes: number) => ({
    ...{ status: 206, bytes, headers: { "content-range": field, "content-length": String(bytes) } },
  });
  const refused = (code: string, headers = {}) => ({ status: 403, headers, text: `{"error":{"code":"${code}"}}` });
  const to = (location: string) => ({ status: 302, headers: { location }, bytes: 0 });

  it.each([
    ["bytes of what counts", "good", {}],
    ["bytes by a token whose characters are escaped", "%67ood", {}],
    ["a part", "good", part("bytes 1-3/10", 3)],
    ["the way to the origin of what has ended", "ended", to("https://o.example/a")],
    ["a refusal that tells nothing", "forged", refused("TOKEN_INVALID")],
  ])("nothing in %s", (_, text, answer) => {
    expect(judged(text, answer)).toBeNull();
  });

  it.each([
    ["bytes of what was forged", "forged", {}],
    ["bytes of what has ended", "ended", {}],
    ["bytes of what nobody made", "goodx", {}],
    ["a 304 to what nobody made", "goodx", { status: 304, bytes: 0 }],
    ["a server error", "goodx", { status: 503 }],
    ["fewer bytes than were told", "good", { bytes: 9 }],
    ["another object's length", "good", { headers: { "content-length": "11" }, bytes: 11 }],
    ["a part in the wrong place", "good", part("bytes 8-10/10", 3)],
    ["a part of something else", "good", part("bytes 1-3/11", 3)],
    ["a redirect of what was forged", "forged", to("https://o.example/a")],
    ["a redirect to somewhere else", "ended", to("https://e.example/a")],
    ["a redirect of what was withdrawn", "withdrawn", to("https://o.example/a")],
    ["a refusal that tells of a copy", "forged", refused("TOKEN_INVALID", { etag: '"a"' })],
    ["a refusal with another reason", "forged", refused("LINK_ADDRESS_REFUSED")],
  ])("%s", (_, text, answer) => {
    expect(judged(text, answer)).not.toBeNull();
  });

  it("bytes on another tenant's host, and on one of nobody's", () => {
    expect(judged("good", {}, "FILES.acme.invalid.:443")).toBeNull();
    expect(judged("good", {}, "files.other.invalid")).not.toBeNull();
    expect(judged("good", {}, "nobody.invalid")).not.toBeNull();
  });
});
