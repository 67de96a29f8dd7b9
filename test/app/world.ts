import { setImmediate as turn } from "node:timers/promises";
import { vi } from "vitest";
import { LEDGER_BUDGET_MS } from "../../src/app/ask-ledger.ts";
import type { Links } from "../../src/app/copy-link.ts";
import { fill } from "../../src/app/fill.ts";
import { fillWishes } from "../../src/app/fill-wishes.ts";
import type { Report } from "../../src/app/in-background.ts";
import { accessProver } from "../../src/app/prove-access.ts";
import { readSource, type Source } from "../../src/app/read-source.ts";
import { requestFill } from "../../src/app/request-fill.ts";
import { ORPHAN_AGE_MS } from "../../src/app/sweep-orphans.ts";
import { tenantSecrets } from "../../src/app/tenant-secrets.ts";
import { unknownKeys } from "../../src/app/unknown-keys.ts";
import { toBase64Url } from "../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { doorkeeper } from "../../src/core/doorkeeper.ts";
import { type Copy, type LedgerEntry, objectKey } from "../../src/core/entry.ts";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import { CLAIM_TIMES, isHeld } from "../../src/core/fills/claims.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { Patience } from "../../src/core/patience.ts";
import { RecentLuck } from "../../src/core/recent-luck.ts";
import { PLAIN_SERVING, type Tenant } from "../../src/core/tenant.ts";
import { FILL_SETTINGS, NOON, presigned, tenantId } from "../core/samples.ts";
import { fakeAuditLog } from "../fakes/audit-log.ts";
import { fakeCdnPurge } from "../fakes/cdn-purge.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeDeadLetters } from "../fakes/dead-letters.ts";
import { fakeApiKeys, fakeTenants } from "../fakes/directory.ts";
import { fakeEdgeCache } from "../fakes/edge-cache.ts";
import { fakeEntryIndex } from "../fakes/entry-index.ts";
import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { fakeFillCensus } from "../fakes/fill-census.ts";
import { fakeFillGate } from "../fakes/fill-gate.ts";
import { fakeFillQueue } from "../fakes/fill-queue.ts";
import { fakeFillSlots } from "../fakes/fill-slots.ts";
import { fakeLinkSigner } from "../fakes/link-signer.ts";
import { fakeManifestQueue } from "../fakes/manifest-queue.ts";
import { fakeObjectStore } from "../fakes/object-store.ts";
import { fakeOrigin, type OriginScript } from "../fakes/origin.ts";
import { fakePipe } from "../fakes/pipe.ts";
import { fakePreloadBatches } from "../fakes/preload-batches.ts";
import { fakePurgeJobs } from "../fakes/purge-jobs.ts";
import { fakePurgeQueue } from "../fakes/purge-queue.ts";
import { fakeServiceAccountKeys } from "../fakes/service-account-keys.ts";
import { nodeStartHash } from "../fakes/start-hash.ts";
import { fakeSweepPlace } from "../fakes/sweep-place.ts";
import { fakeUnknownNearby } from "../fakes/unknown-nearby.ts";
import { fakeUsageSink } from "../fakes/usage-sink.ts";
import { fakeKnownWithdrawals, fakeWithdrawals } from "../fakes/withdrawals.ts";
import { isCryptographyUnderWay } from "./cryptography.ts";

export const ACME: Tenant = {
  id: tenantId("acme"),
  site: "acme-site",
  access: "probe",
  delivery: "edge",
  fill: FILL_SETTINGS,
  serving: PLAIN_SERVING,
  hosts: [],
  originRules: [
    {
      scheme: "https",
      host: "*.s3.amazonaws.com",
      port: 443,
      pathPrefix: "/",
      access: null,
      obeyPrivate: false,
      tags: [],
    },
    {
      scheme: "https",
      host: "files.example.com",
      port: 443,
      pathPrefix: "/open/",
      access: "public",
      obeyPrivate: false,
      tags: [],
    },
    {
      scheme: "https",
      host: "storage.googleapis.com",
      port: 443,
      pathPrefix: "/bucket",
      access: null,
      obeyPrivate: false,
      tags: [],
    },
  ],
  cnames: [],
  linkKeys: [],
  verificationKeys: [],
  clientNetworks: [],
  managementNetworks: [],
  standing: "good",
};

/** A signed URL of an object that the origin has, and one of another object. */
export const URL_A = presigned("https://bucket.s3.amazonaws.com/a.mp4");
export const URL_B = presigned("https://bucket.s3.amazonaws.com/b.mp4");

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

export const HELLO: OriginScript = {
  status: 200,
  headers: { etag: '"hello-1"', "content-type": "video/mp4" },
  body: utf8("hello"),
};

export const LEASE_MS = 30_000;
export const IDLE_MS = 30_000;

/** All fakes, wired as both doors wire the real parts; the origin has {@link URL_A} and {@link URL_B}. */
export function makeWorld() {
  const clock = fakeClock(NOON);
  const reports: { readonly what: string; readonly error: unknown }[] = [];
  const report: Report = (what, error) => reports.push({ what, error });
  const background: Promise<void>[] = [];
  const pauses: number[] = [];
  const origin = fakeOrigin();
  origin.answers.set(URL_A, HELLO).set(URL_B, { ...HELLO, headers: { etag: '"b-1"' }, body: utf8("other") });
  const ring = parseKeyRing(`1:${toBase64Url(new Uint8Array(32).fill(1))}`);
  if (!ring) throw new Error("the ring does not parse");
  const links: Links = { edge: fakeLinkSigner("edge.test"), presigned: fakeLinkSigner("store.test") };
  let generations = 0;
  const store = fakeObjectStore(clock);
  const ledger = fakeEntryLedger();
  const withdrawals = fakeWithdrawals();
  const gate = fakeFillGate(clock, CLAIM_TIMES, (key, { generation, uploadId }) => {
    background.push(store.resumeMultipart(objectKey(key, generation), uploadId).abort());
  });

  const inBackground = (work: Promise<unknown>) => {
    background.push(work.then(() => {}).catch((error: unknown) => report("background", error)));
  };

  return {
    clock,
    reports,
    report,
    inBackground,
    /** Until the background has nothing left to do. */
    async settled(): Promise<void> {
      for (const work of background) await work;
    },
    defaultSite: ACME.site,
    local: false,
    ring,
    directory: fakeTenants([{ tenant: ACME, hosts: ["cdn.acme.example"] }]),
    keys: fakeApiKeys(),
    ledger,
    index: fakeEntryIndex(),
    store,
    sweepPlace: fakeSweepPlace(),
    orphanAgeMs: ORPHAN_AGE_MS,
    gate,
    slots: fakeFillSlots(clock),
    limits: { tenantFills: 32, originConnections: 8 },
    queue: fakeFillQueue(),
    wishes: fillWishes(),
    luck: new RecentLuck(),
    patience: new Patience(LEDGER_BUDGET_MS),
    unknown: unknownKeys({ nearby: fakeUnknownNearby(clock), clock, inBackground }),
    manifests: fakeManifestQueue(),
    batches: fakePreloadBatches(ledger),
    purges: fakePurgeQueue(),
    purgeJobs: fakePurgeJobs(),
    deadLetters: fakeDeadLetters(),
    census: fakeFillCensus(ledger),
    audit: fakeAuditLog(),
    withdrawals: { ...withdrawals, ...fakeKnownWithdrawals(withdrawals) },
    edge: fakeEdgeCache(),
    doorkeeper: doorkeeper(),
    openPipe: fakePipe,
    edgeCached: true,
    cdn: fakeCdnPurge(),
    /** How long whoever withdrew something waited, in ms. */
    pauses,
    pause: async (ms: number) => void pauses.push(ms),
    origin,
    startHash: nodeStartHash,
    prove: accessProver(origin, clock, report),
    secrets: tenantSecrets(ring, report),
    serviceAccounts: fakeServiceAccountKeys(),
    links,
    usage: fakeUsageSink(),
    newGeneration: () => `generation-${++generations}`,
    stores: new Set<string>(),
    random: () => 0,
    leaseMs: LEASE_MS,
    idleMs: IDLE_MS,
    retryTimes: { baseSeconds: 2, longestSeconds: 900 },
    maxAttempts: 6,
  };
}

export type World = ReturnType<typeof makeWorld>;

/** From here on the consumer knows the tenant, in the place of one of the same id. */
export function register({ directory: { known } }: Pick<World, "directory">, tenant: Tenant): void {
  const before = known.findIndex((each) => each.tenant.id === tenant.id);
  known.splice(before < 0 ? known.length : before, 1, { tenant, hosts: known[before]?.hosts ?? [] });
}

export async function sourceOf(url = URL_A, customKey: string | null = null, tenant = ACME): Promise<Source> {
  return await readSource(tenant, url, customKey, false);
}

/** What was reported, by the names of the parts. */
export function reported({ reports }: Pick<World, "reports">): string[] {
  return reports.map(({ what }) => what);
}

/** Works on every message that waits, once each. */
export async function fillAll(world: World): Promise<void> {
  for (const message of world.queue.take()) await fill(message, 1, world);
}

type Wish = {
  readonly trusted?: boolean;
  readonly expiresAt?: number | null;
  readonly tags?: readonly string[];
};

/** Asks for a copy of the source, in an isolate of its own: others remember nothing of it. */
export async function want({ key, publicKey, identity, url }: Source, world: World, wish: Wish = {}): Promise<void> {
  const wanted = {
    key,
    publicKey,
    boundTo: identity,
    url: url.fetchText,
    trusted: false,
    expiresAt: null,
    seen: "",
    tags: [],
    urlEndsAt: url.expiresAt,
  };
  await requestFill(
    { ...wanted, requestId: "request", ...wish },
    { ...world, wishes: fillWishes(), pause: async () => {} },
  );
}

/** Fills the entry of a source: from here on it is ready. */
export async function makeReady(world: World, source: Source, wish: Wish = {}): Promise<LedgerEntry & { copy: Copy }> {
  await want(source, world, wish);
  await fillAll(world);
  const entry = await world.ledger.find(source.key);
  if (!entry?.copy || entry.state !== "ready")
    throw new Error(`the entry is ${entry?.state}: ${world.reports.map(({ error }) => error).join(", ")}`);
  return { ...entry, copy: entry.copy };
}

/** The name of the copy that an entry has. */
export async function generationOf({ ledger }: World, key: EntryKey): Promise<string> {
  const entry = await ledger.find(key);
  if (!entry?.copy) throw new Error("the entry has no copy");
  return entry.copy.generation;
}

/** Whether somebody has the right to fill the entry. */
export function isClaimed({ gate, clock }: World, key: EntryKey): boolean {
  const row = gate.rows.get(keyText(key));
  return row !== undefined && isHeld(row, clock.now());
}

/** Everywhere that the entry has left something which could be served: nothing, when it is gone for good. */
export function tracesOf({ store, index, ledger }: World, key: EntryKey): string[] {
  const row = ledger.rows.get(keyText(key));
  return [
    ...[...store.objects.keys()].filter((name) => name.startsWith(`${keyText(key)}/`)),
    ...(index.entries.has(keyText(key)) ? ["index"] : []),
    ...(row?.copy || row?.state === "ready" ? ["ledger"] : []),
  ];
}

/** The one message that waits. */
export function onlyMessage({ queue }: World): FillMessage {
  const [message, second] = queue.take();
  if (!message || second) throw new Error("not exactly one message waits");
  return message;
}

/** The port with something around each call of its methods, all of which must be asynchronous. */
export function wrapped<Port extends object>(
  port: Port,
  around: (method: string, call: () => Promise<unknown>) => Promise<unknown>,
): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function" || typeof name !== "string") return value;
      return async (...args: unknown[]) => await around(name, async () => await Reflect.apply(value, target, args));
    },
  });
}

/** The port with each call of these methods (or of all) failing. */
export function failing<Port extends object>(port: Port, ...methods: (keyof Port & string)[]): Port {
  return instead(port, methods, () => Promise.reject(new Error("this part is down")));
}

/** The port with each call of these methods (or of all) never coming back. */
export function hanging<Port extends object>(port: Port, ...methods: (keyof Port & string)[]): Port {
  return instead(port, methods, () => new Promise(() => {}));
}

function instead<Port extends object>(port: Port, methods: readonly string[], answer: () => Promise<never>): Port {
  return wrapped(port, async (method, call) => {
    return methods.length === 0 || methods.includes(method) ? await answer() : await call();
  });
}

/** The port with `first` happening before the first call of a method. */
export function beforehand<Port extends object>(port: Port, method: keyof Port, first: () => Promise<unknown>): Port {
  let happened = false;
  return wrapped(port, async (name, call) => {
    if (name === method && !happened) {
      happened = true;
      await first();
    }
    return await call();
  });
}

/** The port with each call written down as `name.method`. */
export function traced<Port extends object>(name: string, port: Port, log: string[]): Port {
  return wrapped(port, async (method, call) => {
    log.push(`${name}.${method}`);
    return await call();
  });
}

/** Fakes the timers that budgets and leases are made of; what else Node waits for goes on. */
export function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
}

/** The outcome of work, while time passes as long as somebody waits for it, and how many ms that took. */
export async function passingTime<Value>(work: Promise<Value>): Promise<{ value: Value; ms: number }> {
  const start = Date.now();
  const settled = work.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  for (;;) {
    const outcome = await Promise.race([settled, turn(null)]);
    if (outcome) return { value: outcome(), ms: Date.now() - start };
    // A busy machine's threads take longer than a turn, and no timer is waited for meanwhile.
    if (isCryptographyUnderWay()) continue;
    await vi.advanceTimersToNextTimerAsync();
  }
}
