import type { UsageSink } from "../../ports/usage-sink.ts";
import type { PassWish } from "../pass-wish.ts";

/** What a download that passes through tells of itself. */
export type PassCount = {
  /** The origin has sent so many bytes. */
  came(bytes: number): void;
  /** The client has taken so many. */
  taken(bytes: number): void;
};

/** Counts a download that passes through: itself at once, and its bytes as they come and go. */
export function countPass({ request: { key }, rule: { id } }: PassWish, usage: UsageSink): PassCount {
  const of = { key, rule: id ?? null };
  usage.record({ kind: "pass", ...of });
  return {
    came: (bytes) => usage.record({ kind: "transfer", ...of, bytes }),
    taken: (bytes) => usage.record({ kind: "passed", ...of, bytes }),
  };
}
