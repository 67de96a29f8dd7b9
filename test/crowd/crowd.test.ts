import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bundle } from "../../bench/server/bundle.ts";
import { config, list, text } from "../../bench/server/capnp.ts";
import { modulesOf } from "../../bench/server/modules.ts";
import { startWorkerd, type Workerd } from "../../bench/server/start-workerd.ts";

// The runtime drops what a finished request was doing, and with it whoever waits for that. Each request here is one of
// its own, in workerd itself: vitest's Workers run all of theirs in one.

/** What `crowd-worker.ts` tells of its isolate. */
type CrowdState = { readonly asked: number; readonly queries: number; readonly isReleased: boolean };

let directory: string;
let workerd: Workerd;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-crowd-"));
  const built = await bundle(directory, "crowd", "test/crowd/crowd-worker.ts", "wrangler.toml");
  const flags = list(built.compatibilityFlags.filter((flag) => flag !== "nodejs_compat").map(text));
  const about = `compatibilityDate = ${text(built.compatibilityDate)}, compatibilityFlags = ${flags}`;
  const service = `(name = "crowd", worker = (modules = ${modulesOf(built, true)}, ${about}))`;
  const socket = `(name = "crowd", address = "127.0.0.1:0", http = (), service = "crowd")`;
  await writeFile(join(directory, "config.capnp"), config([service], [socket]));
  workerd = await startWorkerd(join(directory, "config.capnp"), 1);
});

afterEach(async () => {
  await workerd.stop();
  await rm(directory, { recursive: true });
});

async function ask(path: string, signal: AbortSignal | null = null): Promise<CrowdState> {
  const response = await fetch(`http://127.0.0.1:${workerd.ports.get("crowd")}${path}`, { signal });
  return (await response.json()) as CrowdState;
}

const looks = (key: string, many: number) => Array.from({ length: many }, () => ask(`/look?key=${key}`));

/** Until so many requests have asked. */
async function asked(many: number): Promise<void> {
  await vi.waitFor(async () => expect((await ask("/state")).asked).toBe(many), { timeout: 30_000 });
}

/** The ledger answers: all of them must hear of it. How many queries that took. */
async function queriesUntilAnswered(requests: readonly Promise<CrowdState>[]): Promise<number> {
  await ask("/release");
  for (const { isReleased } of await Promise.all(requests)) expect(isReleased).toBe(true);
  return (await ask("/state")).queries;
}

it("answers a crowd by the question of a request that was over before the answer came", async () => {
  await ask("/leave?key=a");
  const crowd = looks("a", 20);
  await asked(21);
  expect(await queriesUntilAnswered(crowd)).toBe(1);
});

it("answers a crowd whose first client is gone by then", async () => {
  const client = new AbortController();
  const first = ask("/look?key=a", client.signal);
  await asked(1);
  const crowd = looks("a", 20);
  await asked(21);
  client.abort();
  await expect(first).rejects.toThrow();
  expect(await queriesUntilAnswered(crowd)).toBe(1);
});

it("answers those who share a query of a request that was over before the answer came", async () => {
  const alone = looks("a", 1);
  await asked(1);
  await ask("/leave?key=b");
  const others = ["b", "c", "d"].flatMap((key) => looks(key, 5));
  await asked(17);
  await queriesUntilAnswered([...alone, ...others]);
});

it("answers a crowd by a question whose request was over, and whose query was another's", async () => {
  const alone = looks("a", 1);
  await asked(1);
  const clients = Array.from({ length: 10 }, () => new AbortController());
  const left = clients.map(({ signal }, at) => ask(`/look?key=${at}`, signal));
  await asked(11);
  const crowd = clients.flatMap((_, at) => looks(`${at}`, 5));
  await asked(61);
  for (const client of clients) client.abort();
  for (const each of left) await expect(each).rejects.toThrow();
  await queriesUntilAnswered([...alone, ...crowd]);
});
