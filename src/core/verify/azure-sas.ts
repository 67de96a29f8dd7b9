import { fromBase64, toBase64 } from "../crypto/base64.ts";
import { type AzureBlob, type AzureKey, azureBlob } from "./azure-account.ts";
import { canonicalResource, readsSigned } from "./azure-resource.ts";
import {
  AZURE_NAMES,
  AZURE_OVERRIDES,
  AZURE_VERSIONS,
  accountStringToSign,
  serviceStringToSign,
  userDelegationStringToSign,
} from "./azure-string-to-sign.ts";
import { azureTime } from "./azure-time.ts";
import { sameText } from "./constant-time.ts";
import { hmac, importHmacKey } from "./hmac.ts";
import type { SignatureVerdict } from "./material.ts";
import { type PlainParameters, plainParameters } from "./plain-parameters.ts";
import { remembered } from "./remembered.ts";
import type { Verifier } from "./verifier.ts";

/**
 * What only the origin can judge: a stored policy may have been withdrawn (`si`); address, user, headers and parameters
 * that the link is bound to; an access list that is asked for the user (`suoid`); an operation other than reading a blob.
 */
const LEFT_TO_ORIGIN = ["si", "sip", "suoid", "skdutid", "sduoid", "srh", "srq", "comp", "restype"];

/** Azure's shared access signatures for blobs: of a service, an account, or a user who delegates. */
export const verifyAzureSas: Verifier = async (url, material, { now }) => {
  const given = plainParameters(url.raw.parameters, AZURE_NAMES);
  const keys = material.filter(
    (one): one is AzureKey => one.kind === "azure-account-key" || one.kind === "azure-user-delegation-key",
  );
  const blob = azureBlob(url, keys);
  if (!given || !blob || LEFT_TO_ORIGIN.some((name) => given.has(name))) return "unknown";
  const version = given.get("sv") ?? "";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version) || version < AZURE_VERSIONS.first || version > AZURE_VERSIONS.last) {
    return "unknown";
  }
  const granted = allows(given, url.raw.scheme, now);
  if (granted !== "valid") return granted;
  const signed = stringToSign(blob, given);
  const candidates = keys.filter((key) => key.account === blob.account && isNamed(key, given));
  if (signed === null || candidates.length === 0) return "unknown";
  for (const key of candidates) if (await isSignature(given.get("sig") ?? "", key, signed)) return "valid";
  // A link does not say which of an account's two keys signed it: only who knows both can tell that neither did.
  return candidates.some((key) => key.kind === "azure-account-key" && key.otherKey === null) ? "unknown" : "invalid";
};

/** Whether the link itself allows reading a blob now, over this scheme. */
function allows(given: PlainParameters, scheme: "http" | "https", now: number): SignatureVerdict {
  const protocols = given.get("spr");
  if (protocols !== undefined && protocols !== "https" && protocols !== "https,http") return "unknown";
  const times = ["st", "skt", "se", "ske"].map((name) => [name, given.get(name)] as const);
  for (const [name, text] of times) {
    const time = text === undefined ? null : azureTime(text);
    if (text !== undefined && time === null) return "unknown";
    if (time !== null && (name.endsWith("e") ? now >= time : now < time)) return "invalid";
  }
  const readable = given.get("sp")?.includes("r") && given.has("se");
  const ofAccount = given.has("ss") || given.has("srt");
  const forBlobs = !ofAccount || (given.get("ss")?.includes("b") && given.get("srt")?.includes("o"));
  return readable && forBlobs && !(protocols === "https" && scheme === "http") ? "valid" : "invalid";
}

/** `null`: what the link is for is beyond us. */
function stringToSign(blob: AzureBlob, given: PlainParameters): string | null {
  const ofAccount = given.has("ss") || given.has("srt");
  if (ofAccount) {
    // Its signature covers neither headers of the answer nor snapshots: what then counts is Azure's to say.
    const covered = readsSigned(given) && !["sr", "skoid", ...AZURE_OVERRIDES].some((name) => given.has(name));
    const plain = covered && /^\/[^/]+\/./.test(blob.path);
    return plain ? accountStringToSign(blob.account, given) : null;
  }
  const resource = canonicalResource(blob, given);
  if (resource === null) return null;
  if (!given.has("skoid")) return serviceStringToSign(resource, given);
  return (given.get("sv") ?? "") < "2018-11-09" ? null : userDelegationStringToSign(resource, given);
}

/** Whether the link was made with this key, as far as it names one: an account key is not named at all. */
function isNamed(key: AzureKey, given: PlainParameters): boolean {
  if (key.kind === "azure-account-key") return !given.has("skoid");
  const sameTime = (name: string, time: string) => azureTime(given.get(name) ?? "") === azureTime(time);
  return (
    given.get("skoid") === key.signedOid &&
    given.get("sktid") === key.signedTid &&
    given.get("sks") === "b" &&
    sameTime("skt", key.signedStart) &&
    sameTime("ske", key.signedExpiry)
  );
}

async function isSignature(signature: string, key: AzureKey, text: string): Promise<boolean> {
  for (const secret of secretsOf(key)) {
    const bytes = fromBase64(secret);
    if (!bytes || bytes.length === 0) continue;
    const imported = await remembered(key, secret, () => importHmacKey(bytes));
    if (sameText(signature, toBase64(await hmac(imported, text)))) return true;
  }
  return false;
}

function secretsOf(key: AzureKey): readonly string[] {
  if (key.kind === "azure-user-delegation-key") return [key.value];
  return key.otherKey === null ? [key.key] : [key.key, key.otherKey];
}
