import type { LedgerEntry } from "../../src/core/entry.ts";
import { type EntryKey, entryKeyOf, keyText } from "../../src/core/entry-key.ts";
import { inBackground } from "../../src/platform/cloudflare/background.ts";
import { sharedFind } from "../../src/platform/postgres/shared-find.ts";
import { together } from "../../src/ports/together.ts";
import { tenantId } from "../core/samples.ts";

/** What the isolate was asked until now, and whether its ledger may answer. */
const state = { asked: 0, queries: 0, isReleased: false };

/** A query that takes as long as the test wants, by work that is bound to its request. */
async function query(): Promise<LedgerEntry[]> {
  state.queries += 1;
  while (!state.isReleased) await scheduler.wait(1);
  return [];
}

const find = sharedFind({ find: async () => (await query())[0] ?? null, findMany: query }, inBackground);
/** So patient that a busy machine shortens nothing: whoever is answered was not rescued by asking anew. */
const questions = together<null>("ledger", 60_000, Date);

async function look(key: EntryKey): Promise<void> {
  state.asked += 1;
  await questions.ask(keyText(key), async () => {
    await find(key);
    return null;
  });
}

/** An isolate whose requests look for entries in a ledger that is slow, some of them without waiting for the answer. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const key = entryKeyOf(tenantId("acme"), (searchParams.get("key") ?? "").padEnd(43, "x"));
    if (pathname === "/leave") void look(key).catch(() => {});
    if (pathname === "/look") await look(key);
    if (pathname === "/release") state.isReleased = true;
    return Response.json(state);
  },
};
