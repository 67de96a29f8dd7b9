import { ExpiringMap } from "../../core/expiring-map.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceAccountKeys } from "../../ports/service-account-keys.ts";
import { withinBudget } from "../../ports/time-budget.ts";
import { type PublishedKeys, readPublishedKeys } from "./published-keys.ts";

/** Google, IAM Credentials API, `signBlob`: where the public keys of a service account are. */
const ENDPOINT = "https://www.googleapis.com/service_accounts/v1/metadata/jwk";
/** A redirect waits for this, so it is short; ms. */
const TIME_LIMIT_MS = 2_000;
/** After a failure Google is left alone for this long, or every download would wait for it; ms. */
const PAUSE_MS = 30_000;
/** How long an answer may stand in for a fresh one that cannot be had, ms. */
const STALE_MS = 24 * 3_600_000;
/** Accounts remembered by an isolate, at about 4 KB each. */
const MAX_ACCOUNTS = 500;

export type KeyFetcher = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Google's published keys, one request at a time for each account. The last answer stays in use for a day when Google
 * cannot be reached; without one it rejects.
 */
export function googleAccountKeys(
  clock: Clock,
  { fetcher = fetch as KeyFetcher, endpoint = ENDPOINT, timeLimitMs = TIME_LIMIT_MS } = {},
): ServiceAccountKeys {
  const answers = new ExpiringMap<PublishedKeys>(MAX_ACCOUNTS);
  const failures = new ExpiringMap<unknown>(MAX_ACCOUNTS);
  const asked = new Map<string, Promise<PublishedKeys>>();

  async function ask(email: string): Promise<PublishedKeys> {
    const signal = AbortSignal.timeout(timeLimitMs);
    const response = await fetcher(`${endpoint}/${encodeURIComponent(email)}`, { redirect: "manual", signal });
    const answer = await readPublishedKeys(response, clock.now());
    answers.set(email, answer, answer.freshUntil + STALE_MS);
    return answer;
  }

  async function askOnce(email: string): Promise<PublishedKeys> {
    const failure = failures.get(email, clock.now());
    if (failure !== undefined) throw failure;
    const question = asked.get(email) ?? ask(email);
    asked.set(email, question);
    try {
      // Whose question it was may be gone, and in workerd the answer with them.
      return await withinBudget("Google's keys", timeLimitMs, question);
    } catch (error) {
      failures.set(email, error, clock.now() + PAUSE_MS);
      throw error;
    } finally {
      if (asked.get(email) === question) asked.delete(email);
    }
  }

  return {
    async find(email) {
      // Not an account, and `..` would lead to another address.
      if (!email.includes("@")) return null;
      const known = answers.get(email, clock.now());
      if (known && known.freshUntil > clock.now()) return known.keys;
      if (!known) return (await askOnce(email)).keys;
      return (await askOnce(email).catch(() => known)).keys;
    },
  };
}
