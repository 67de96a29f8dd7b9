import { type PurgeOutcome, purgeSelection } from "../../src/app/purge-selection.ts";
import type { AuditBy } from "../../src/core/audit.ts";
import type { EntryKey } from "../../src/core/entry-key.ts";
import type { PurgeSelection } from "../../src/core/purge/selection.ts";
import { purgeShard } from "../../src/core/withdrawals.ts";
import { presigned, SECOND } from "../core/samples.ts";
import { ACME, HELLO, makeReady, makeWorld, sourceOf, tracesOf, type World } from "./world.ts";

export const BY: AuditBy = { actor: "tenant", address: "203.0.113.7", requestId: "request-1" };

/** A world with a copy under each of these keys, of an object of the same name; what comes after is later than all. */
export async function worldOf(...names: string[]) {
  const world = makeWorld();
  const keys = new Map<string, EntryKey>();
  for (const name of names) {
    const url = presigned(`https://bucket.s3.amazonaws.com/${encodeURI(name)}`);
    world.origin.answers.set(url, HELLO);
    const source = await sourceOf(url, name);
    await makeReady(world, source);
    keys.set(name, source.key);
  }
  world.clock.advance(SECOND);
  return { world, key: (name: string) => keys.get(name) as EntryKey, names };
}

export type WorldOfKeys = Awaited<ReturnType<typeof worldOf>>;

export async function purgeAs(
  world: World,
  selection: PurgeSelection,
  soft = false,
  by: AuditBy = BY,
): Promise<PurgeOutcome> {
  return await purgeSelection(ACME.id, { selection, soft }, by, world);
}

/** Those of the keys whose entries have left anything that could be served. */
export function heldOf({ world, key, names }: WorldOfKeys): string[] {
  return names.filter((name) => tracesOf(world, key(name)).length > 0);
}

/** How often what caches keep of an entry was withdrawn. */
export async function withdrawnTimes({ withdrawals }: World, key: EntryKey): Promise<number | undefined> {
  return (await withdrawals.read(key.tenant)).purges[purgeShard(key)];
}
