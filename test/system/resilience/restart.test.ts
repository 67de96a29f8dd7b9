import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Stack } from "../../../src/dev/stack.ts";
import { type Entry, listEntries, untilStored } from "../stack/entries.ts";
import { publish, sha256, weigh } from "../stack/objects.ts";
import { isWhole, requestsFor } from "../stack/origin-log.ts";
import { ask, askProxy, manage, untilHit } from "../stack/requests.ts";
import { until } from "../stack/until.ts";
import { startTestStack, temporaryState } from "../stack/with-stack.ts";
import { type DripOrigin, startDripOrigin } from "./drip-origin.ts";
import { lastingPort } from "./lasting-port.ts";

const MIB = 2 ** 20;
/** Three parts and a bit. */
const SIZE = 26 * MIB + 12_345;

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

let state: Awaited<ReturnType<typeof temporaryState>>;
let ports: { port: number; originPort: number; databasePort: number };
let origin: DripOrigin;
let stack: Stack;

/** Starts over the same state, on the same ports; a dead consumer's claim ends soon. */
async function start(): Promise<void> {
  const vars = { CLAIM_LEASE_MS: "4000", RETRY_BASE_SECONDS: "1" };
  stack = await startTestStack(state.path, { ...ports, vars, originRules: [origin.rule("public")] });
}

async function crash(): Promise<void> {
  stack.kill();
  await stack.workersEnded;
  await stack.stop();
}

beforeAll(async () => {
  [state, origin] = await Promise.all([temporaryState(), startDripOrigin(SIZE)]);
  const [port, originPort, databasePort] = await Promise.all([lastingPort(), lastingPort(), lastingPort()]);
  ports = { port, originPort, databasePort };
  await start();
});
afterAll(async () => {
  await stack.stop();
  await origin.stop();
  await state.remove();
});

async function entryOf(path: string): Promise<Entry | null> {
  return (await listEntries(stack)).find(({ source_url }) => source_url === `${origin.url}${path}`) ?? null;
}

/** Asks once: either the client is sent to the origin, or to a copy that is whole. Says whether there is a copy. */
async function isWholeOrNone(path: string): Promise<true | null> {
  const { status, location } = await askProxy(stack, `${origin.url}${path}`);
  expect(status).toBe(302);
  const entry = await entryOf(path);
  if (entry?.status === "ready") expect([entry.size, entry.sha256]).toEqual([SIZE, origin.sha256]);
  if (location === `${origin.url}${path}`) return null;
  const copy = await ask(location);
  expect(copy.status).toBe(200);
  expect(await weigh(copy)).toEqual({ bytes: SIZE, sha256: origin.sha256 });
  return true;
}

describe("a crash in the middle of several fills", () => {
  const CASES = [
    { when: "before the first part is full", path: "/begun.bin", bytes: MIB },
    { when: "between two parts", path: "/middle.bin", bytes: 17 * MIB },
    { when: "one byte before the end", path: "/end.bin", bytes: SIZE - 1 },
  ];

  beforeAll(async () => {
    for (const { path, bytes } of CASES) origin.allow(path, bytes);
    // In one call: the local queue brings at once what was sent at once, and nothing else before that has ended.
    const items = CASES.map(({ path }) => ({ url: `${origin.url}${path}` }));
    expect((await manage(stack, "/preload", { body: { items } })).status).toBe(202);
    await until("the fills have come that far", async () => {
      return CASES.every(({ path, bytes }) => origin.sent(path) === bytes) ? true : null;
    });
    for (const { path } of CASES) expect((await entryOf(path))?.status).toBe("filling");
    await crash();
    await start();
  });

  it.each(CASES)("$when leaves no copy, and the next fill makes a whole one", async ({ path }) => {
    expect(await isWholeOrNone(path)).toBeNull();
    // Asked again and again, as clients do: once the dead consumer's claim has ended there is another fill.
    await until("another fill asks the origin", async () => {
      expect(await isWholeOrNone(path)).toBeNull();
      return origin.gets(path) > 1 ? true : null;
    });
    expect((await entryOf(path))?.status).toBe("filling");
    origin.allow(path);
    await until("there is a copy", () => isWholeOrNone(path));
    expect(origin.gets(path)).toBe(2);
  });
});

describe("a crash as the last byte of a fill arrives", () => {
  it("leaves a whole copy or none", async () => {
    const path = "/last.bin";
    origin.allow(path, SIZE - 1);
    await isWholeOrNone(path);
    await until("the fill has come that far", async () => (origin.sent(path) === SIZE - 1 ? true : null));
    origin.allow(path);
    await until("the origin has sent all", async () => (origin.sent(path) === 0 ? true : null));
    await crash();
    await start();
    await until("there is a copy", () => isWholeOrNone(path));
  });
});

describe("a restart in peace", () => {
  it("keeps keys, links and copies", async () => {
    const body = "kept over a restart";
    const url = await publish(stack, "kept.txt", body);
    await askProxy(stack, url);
    await untilStored(stack, url);
    const { location } = await untilHit(stack, url);
    const before = stack;
    await stack.stop();

    await start();
    const { samples: _, workersEnded: __, stop: ___, kill: ____, ...kept } = before;
    expect(stack).toMatchObject(kept);
    const linked = await ask(location);
    expect(await linked.text()).toBe(body);
    const again = await untilHit(stack, url);
    expect(await weigh(await ask(again.location))).toEqual({ bytes: body.length, sha256: sha256(body) });
    expect((await requestsFor(stack, url)).filter(isWhole)).toHaveLength(1);
  });
});
