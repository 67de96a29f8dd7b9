import type { TenantId } from "../core/tenant.ts";
import type { Withdrawals } from "../core/withdrawals.ts";

/** The truth about what was withdrawn, and its only place. */
export type WithdrawalLog = {
  read(tenant: TenantId): Promise<Withdrawals>;
  /** Withdraws all links that were made until now. Returns the epoch of those that are made from now on. */
  revokeLinks(tenant: TenantId): Promise<number>;
  /**
   * Withdraws what caches keep of the entries of these shards. To be called once the bytes are gone from the store: what
   * is read there after this may be kept under the new number.
   */
  notePurges(tenant: TenantId, shards: readonly number[]): Promise<void>;
  /**
   * Somebody asks for a purge (ms since the epoch). To be called before it is looked for what to purge: a fill that the
   * ledger has not heard of yet then finds this instead.
   */
  notePurging(tenant: TenantId, at: number): Promise<void>;
};

/** What the isolate knows of it. What counts is never older than {@link KNOWN_FOR_MS}, from when the question was sent. */
export type KnownWithdrawals = {
  /**
   * `null`: not known here, or for too long. Nobody is waited for; shortly before the end it may be asked for again.
   * `now`: where the caller has asked the clock already.
   */
  known(tenant: TenantId, now?: number): Withdrawals | null;
  /**
   * What is known, or else asks. Rejects when nobody could say. Has no time budget: the log is as far away as the place
   * where the tenant was first asked for, and the caller knows what it can do without an answer.
   */
  find(tenant: TenantId): Promise<Withdrawals>;
  /**
   * The last answer of some minutes, to make a link by when nobody can say in time: an epoch that is behind can only have
   * a link end too early. Never to be served by.
   */
  lastKnown(tenant: TenantId): Withdrawals | null;
  /** After a change by this isolate: it is asked for again. */
  forget(tenant: TenantId): void;
};

/**
 * How long an isolate goes on with what it was told, in ms. Whoever withdrew something waits for
 * {@link WITHDRAWN_AFTER_MS} before saying that it is done: then nobody anywhere goes on with older knowledge.
 */
export const KNOWN_FOR_MS = 1000;

/** {@link KNOWN_FOR_MS}, and some for timers that go off early and clocks that are corrected meanwhile; ms. */
export const WITHDRAWN_AFTER_MS = KNOWN_FOR_MS + 50;
