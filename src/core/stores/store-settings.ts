import { optionalText, parsed, type RawSettings } from "../settings.ts";
import { isStoreName } from "./generation.ts";

/** An S3-compatible store beside the deployment's own, as the setting STORES describes it. */
export type StoreSettings = {
  readonly name: string;
  /** An origin and perhaps a path, without a slash at its end and without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whether clients may be sent to the store itself, which shows them its address. */
  readonly presign: boolean;
  /** Whether the bucket stands in front of the path or of the host name. */
  readonly addressing: "path" | "virtual";
};

const REQUIRED = ["name", "endpoint", "bucket", "accessKeyId", "secretAccessKey"] as const;
const FIELDS: ReadonlySet<string> = new Set([...REQUIRED, "region", "presign", "addressing"]);

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,220}[A-Za-z0-9]$/;
const ENDPOINT = /^(https?):\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*$/;
const REGION = /^[A-Za-z0-9-]{1,64}$/;
/** No comma and no slash: those separate it from what follows in a signature's header. */
const KEY_ID = /^[A-Za-z0-9_.+=@-]{1,128}$/;
const SECRET = /^[\x21-\x7e]{1,256}$/;

/** The stores of a deployment beside its own; none where STORES is absent. Throws MISCONFIGURED, which tells no value. */
export function readStores(raw: RawSettings, local: boolean): readonly StoreSettings[] {
  return optionalText(raw, "STORES") === null ? [] : parsed(raw, "STORES", (text) => parseStores(text, local));
}

/**
 * The stores that a JSON array names, each once; `null` for any other text. No field may be there that is not known: a
 * misspelled one would be a default in silence. Bodies are not signed, so plain http is for `local` development alone.
 */
export function parseStores(text: string, local: boolean): readonly StoreSettings[] | null {
  const list = parseJson(text);
  if (!Array.isArray(list)) return null;
  const stores = list.map((each) => parseStore(each, local)).filter((store) => store !== null);
  const names = new Set(stores.map(({ name }) => name));
  return stores.length === list.length && names.size === list.length ? stores : null;
}

function parseStore(value: unknown, local: boolean): StoreSettings | null {
  if (typeof value !== "object" || value === null || Object.keys(value).some((field) => !FIELDS.has(field)))
    return null;
  const { region = "auto", presign = false, addressing = "path", ...required } = value as Record<string, unknown>;
  const texts = REQUIRED.map((field) => required[field]);
  if (!areTexts(texts) || typeof region !== "string" || typeof presign !== "boolean") return null;
  const [name = "", endpoint = "", bucket = "", accessKeyId = "", secretAccessKey = ""] = texts;
  if (addressing !== "path" && addressing !== "virtual") return null;
  const scheme = ENDPOINT.exec(endpoint)?.[1];
  if (!(scheme === "https" || (scheme === "http" && local)) || !URL.canParse(endpoint)) return null;
  const valid = isStoreName(name) && BUCKET.test(bucket) && REGION.test(region);
  if (!valid || !KEY_ID.test(accessKeyId) || !SECRET.test(secretAccessKey)) return null;
  return { name, endpoint, bucket, region, accessKeyId, secretAccessKey, presign, addressing };
}

function areTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === "string");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
