import type { z } from "zod";
import { deadLetterPage } from "../../../src/api/schemas/dead-letters.ts";
import type { Stack } from "../../../src/dev/stack.ts";
import { findEntry, listEntries } from "../stack/entries.ts";
import { manage } from "../stack/requests.ts";
import { until } from "../stack/until.ts";

export type Letter = z.infer<typeof deadLetterPage>["dead_letters"][number];

/** A call with the operator's key. */
export async function asOperator(stack: Stack, path: string, method = "GET"): Promise<Response> {
  return await manage(stack, path, { key: stack.adminKey, method });
}

/** Waits until the fill of a URL, which was asked for, is a dead letter on the operators' list; its entry has failed then. */
export async function deadLetterOf(stack: Stack, url: string): Promise<{ key: string; letter: Letter }> {
  const { key = "" } = (await listEntries(stack)).find(({ source_url }) => source_url === url) ?? {};
  const letter = await until(`${url} is a dead letter`, async () => {
    const { dead_letters } = deadLetterPage.parse(await (await asOperator(stack, "/dead-letters")).json());
    return dead_letters.find((each) => each.key === key) ?? null;
  });
  const status = (await findEntry(stack, key))?.status;
  if (status !== "failed") throw new Error(`the entry of a dead letter is ${status}`);
  return { key, letter };
}
