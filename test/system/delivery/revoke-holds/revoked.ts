import { expect } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage, untilHit } from "../../stack/requests.ts";

/** Withdraws the links of the tenant whose key calls. How long the call took, in ms. */
export async function revoke(stack: Stack, key = stack.apiKey): Promise<number> {
  const began = performance.now();
  const answer = await manage(stack, "/links/revoke", { method: "POST", key });
  expect([answer.status, await answer.json()]).toMatchObject([200, { status: "revoked" }]);
  return performance.now() - began;
}

/** The link that whoever asks the front door now gets to the copy. */
export async function linkNow(stack: Stack, url: string, hash: string): Promise<string> {
  return (await untilHit(stack, url, { extra: { hash } })).location;
}

/** Status of a link, and the code of its refusal if it is refused. */
export async function outcomeOf(link: string, init: RequestInit = {}): Promise<readonly [number, string?]> {
  const answer = await ask(link, init);
  const text = await answer.text();
  return answer.status < 400 || text === "" ? [answer.status] : [answer.status, JSON.parse(text).error.code];
}
