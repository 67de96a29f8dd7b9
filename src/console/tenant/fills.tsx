import { changeFills, FILL_MODES, type Fills, readFills } from "../api/delivery.ts";
import { bytes } from "../format/numbers.ts";
import { readSize, writeSize } from "../format/sizes.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Facts } from "../parts/facts.tsx";
import { FillsForm } from "./fills-form.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** `GET …/fills`. */
export async function fills(call: TenantCall): Promise<Response> {
  return await show(call, null);
}

/** `POST …/fills`. */
export async function actOnFills(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () => {
    demand(call, "settings:write");
    return await changeFills(call.api, changeOf(values));
  });
  if (!result.ok) return await show(call, result.form, 422);
  return done(call, at(call, "fills"), "Saved. It counts for copies that are made from now on.");
}

type Values = Readonly<Record<string, string>>;

function changeOf(values: Values): Record<string, unknown> {
  const mode = FILL_MODES.find((each) => each === values.mode);
  if (!mode) throw new FormError(null, { mode: "Choose one of the list." });
  const { store = "", large_store: large = "" } = values;
  const from = sizeOf(values, "large_from");
  if (large !== "" && from === null) throw new FormError(null, { large_from: "Say from which size on." });
  if (large === "" && from !== null) throw new FormError(null, { large_store: "Name the store for them." });
  return {
    ...{ mode, store_html: values.store_html === "yes", max_object_bytes: sizeOf(values, "max_object_bytes") },
    ...{ store: store || null, large_store: large === "" ? null : { store: large, from_bytes: from } },
  };
}

/** `null`: nothing was typed. */
function sizeOf(values: Values, name: string): number | null {
  const text = values[name] ?? "";
  if (text === "") return null;
  const size = readSize(text);
  if (size === null || size === 0) throw new FormError(null, { [name]: "Type a size such as 500 MB or 10 GB." });
  return size;
}

function valuesOf({ mode, store_html, max_object_bytes, store, large_store }: Fills): Values {
  return {
    ...{ mode, store_html: store_html ? "yes" : "", store: store ?? "", large_store: large_store?.store ?? "" },
    max_object_bytes: max_object_bytes === null ? "" : writeSize(max_object_bytes),
    large_from: large_store ? writeSize(large_store.from_bytes) : "",
  };
}

async function show(call: TenantCall, form: FormState | null, status = 200): Promise<Response> {
  const settings = await readFills(call.api);
  const { mode, store_html, max_object_bytes, store, large_store } = settings;
  return tenantPage(call, {
    title: "Copies",
    status,
    lead: "How copies are made, and which files get one.",
    children: may(call.member, "settings:write") ? (
      <FillsForm form={form ?? blank(valuesOf(settings))} action={at(call, "fills")} />
    ) : (
      <Facts
        facts={[
          ["A first download gets", mode],
          ["HTML is stored", store_html ? "yes" : "no"],
          ["Largest file", max_object_bytes === null ? "no limit of your own" : bytes(max_object_bytes)],
          ["Store", store ?? "the service's own"],
          [
            "Store for large files",
            large_store ? `${large_store.store}, from ${bytes(large_store.from_bytes)}` : "none",
          ],
        ]}
      />
    ),
  });
}
