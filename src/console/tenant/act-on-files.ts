import { preload, purgeMany } from "../api/entries.ts";
import { counted } from "../format/numbers.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { FormError, listOf, readForm, required } from "../frame/forms.ts";
import { readSearch, searchQuery } from "./file-search.ts";
import { chosenKeys } from "./file-table.tsx";
import { showFiles } from "./files.tsx";
import { purgeSelection } from "./purge-selection.ts";
import { at, demand, done } from "./tenant-page.tsx";

type Values = Readonly<Record<string, string>>;

const WORDS = {
  queued: "The copy is wanted, and will be made.",
  filling: "The copy is being made.",
  ready: "There is a copy already.",
} as const;

/** `POST …/files`: has a copy made, or takes several away; with the same search in its address. */
export async function actOnFiles(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  if (values.form === "purge") return await purge(call, values, "purge", purgeSelection);
  if (values.form === "chosen") {
    const soft = values.soft === "yes" ? { soft: true } : {};
    return await purge(call, values, "chosen", () => ({ keys: chosenKeys(values), ...soft }));
  }
  const result = await attempt(values, async () => {
    demand(call, "preload:write");
    const url = required(values, "url", "Paste the signed URL of the file.");
    const { hash, tags } = values;
    const { key, status } = await preload(call.api, {
      url,
      ...(hash && { hash }),
      ...(tags && { tags: listOf(tags) }),
    });
    if (status !== "not_storable") return { key, text: WORDS[status] };
    throw new FormError(null, { url: "Nothing that this URL names can be stored; inspect it under Links to see why." });
  });
  if (!result.ok) return await showFiles(call, { preload: result.form }, 422);
  return done(call, at(call, "files", result.value.key), result.value.text);
}

async function purge(
  call: TenantCall,
  values: Values,
  form: "purge" | "chosen",
  selectionOf: (values: Values) => Readonly<Record<string, unknown>>,
): Promise<Response> {
  const result = await attempt(values, async () => {
    demand(call, "cache:purge");
    return await purgeMany(call.api, selectionOf(values));
  });
  if (!result.ok) return await showFiles(call, { [form]: result.form }, 422);
  const { status, soft, purged = 0 } = result.value;
  const text = soft ? `${counted(purged, "file")} will be made anew.` : `${counted(purged, "file")} purged.`;
  const back = at(call, "files") + searchQuery(readSearch(call.url.searchParams));
  return done(call, back, status === "done" ? text : "The purge is under way; large ones take a while.");
}
