import type { FillRequest } from "../../src/app/fill-request.ts";
import { type EntryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { ACME, type World } from "./world.ts";

/** The entry of this name: each has an object of its own. */
export const keyOf = (name: string): EntryKey => entryKeyOf(ACME.id, name.padEnd(43, "-"));

/** A wish of a copy, which lives for an hour. */
export function wish(name: string, changes: Partial<FillRequest> = {}): FillRequest {
  const about = { publicKey: name, boundTo: name.padEnd(43, "-"), url: `https://files.example.com/${name}` };
  const plain = { urlEndsAt: NOON + HOUR, trusted: false, expiresAt: null, seen: "", tags: [], requestId: name };
  return { key: keyOf(name), ...about, ...plain, ...changes };
}

export const names = (count: number) => Array.from({ length: count }, (_, at) => `file-${at}`);
/** The names of all whose messages wait. */
export const queued = ({ queue }: World) => queue.messages.map(({ publicKey }) => publicKey);
