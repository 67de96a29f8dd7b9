import type { EntryKey } from "../core/entry-key.ts";
import type { FillSizes } from "../core/fills/fill-choice.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { ObjectHeaders } from "../core/http/delivery-headers.ts";
import type { Checksums } from "../core/integrity/checksums.ts";
import type { OriginUrl } from "../core/origin-url/origin-url.ts";
import type { OriginRule, Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate, Holder } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { Origin } from "../ports/origin.ts";
import type { StartHash } from "../ports/running-hash.ts";
import type { UsageSink } from "../ports/usage-sink.ts";
import type { Report } from "./in-background.ts";
import type { WithdrawParts } from "./withdraw.ts";

/** One attempt at a fill, or at one lane of it. */
export type FillJob = {
  readonly message: FillMessage;
  readonly key: EntryKey;
  readonly holder: Holder;
  readonly tenant: Tenant;
  /** What allows the URL. */
  readonly rule: OriginRule;
  /** The URL to ask; one that lives longer takes its place when it is about to end. */
  readonly url: OriginUrl;
  /** Aborts when the claim was lost. */
  readonly lost: AbortSignal;
  /** When the attempt must have ended, ms since the epoch. */
  readonly endsAt: number;
  /** Hears of the bytes that the origin sends, whatever becomes of them. */
  readonly fetched: (bytes: number) => void;
};

/** What the origin's first answer says of an object. */
export type SourceFacts = {
  readonly headers: ObjectHeaders;
  /** Weak ones included. */
  readonly originEtag: string | null;
  readonly declared: Checksums;
  readonly freshUntil: number | null;
};

/** What making a copy needs of the world. */
export type FillJobParts = {
  readonly origin: Origin;
  readonly store: ObjectStore;
  readonly startHash: StartHash;
  readonly clock: Clock;
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly withdrawals: WithdrawParts["withdrawals"];
  readonly report: Report;
  readonly usage: UsageSink;
  /** Local development, where plain http and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
  /** A name that was never used before. */
  readonly newGeneration: () => string;
  /** The names of the stores that this deployment has beside its own. */
  readonly stores: ReadonlySet<string>;
  /** How long an origin may send nothing, in ms. */
  readonly idleMs: number;
  /** Where one way to fill ends and another begins; smaller ones serve tests. */
  readonly sizes?: FillSizes;
};
