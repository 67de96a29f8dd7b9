import { type LineError, MAX_LINE_ERRORS } from "../core/preload/batch.ts";
import type { ChunkOutcome } from "../ports/preload-batches.ts";
import type { PreloadItem, PreloadResult } from "./preload.ts";

/** An item, and which line (or place in a list, from 1) it stood in. */
export type NumberedItem = { readonly line: number; readonly item: PreloadItem };

const NOT_STORABLE = { code: "NOT_STORABLE", message: "This URL cannot be copied; its downloads go to the origin." };

/** What a batch notes of items that were preloaded, and of lines that were `refused` before that. */
export function outcomeOf(
  items: readonly NumberedItem[],
  results: readonly PreloadResult[],
  refused: readonly LineError[] = [],
): ChunkOutcome {
  const isStored = (_: unknown, position: number) => results[position]?.status !== "not_storable";
  const unstorable = items.filter((item, position) => !isStored(item, position));
  const errors = [...refused, ...unstorable.map(({ line }) => ({ line, ...NOT_STORABLE }))];
  return {
    rejected: errors.length,
    errors: errors.toSorted((a, b) => a.line - b.line).slice(0, MAX_LINE_ERRORS),
    entries: items.filter(isStored).map(({ item }) => item.source.key.id),
  };
}
