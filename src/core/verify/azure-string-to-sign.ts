import type { PlainParameters } from "./plain-parameters.ts";

/** Versions of the signature whose fields we know: the first with this layout, and the newest that the vendor's SDK makes. */
export const AZURE_VERSIONS = { first: "2015-04-05", last: "2026-10-06" } as const;

/** Parameters that a SAS may sign, `sig` itself, and those that pick what is read. */
export const AZURE_NAMES = [
  ...["sv", "ss", "srt", "spr", "st", "se", "sip", "si", "ses", "sr", "sp", "sdd", "sig"],
  ...["skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid", "skdutid", "sduoid", "srh", "srq"],
  ...["rscc", "rscd", "rsce", "rscl", "rsct", "snapshot", "versionid", "comp", "restype"],
];

/** Headers of the answer that a link sets, where its signature covers them. */
export const AZURE_OVERRIDES = ["rscc", "rscd", "rsce", "rscl", "rsct"];

/** What the signature of an account SAS covers (@azure/storage-blob, AccountSASSignatureValues). */
export function accountStringToSign(account: string, given: PlainParameters): string {
  const scope = version(given) >= "2020-12-06" ? ["ses"] : [];
  const fields = pick(given, ["sp", "ss", "srt", "st", "se", "sip", "spr", "sv", ...scope]);
  return [account, ...fields, ""].join("\n");
}

/** What the signature of a service SAS covers; `resource` in the canonical form. (BlobSASSignatureValues, same package.) */
export function serviceStringToSign(resource: string, given: PlainParameters): string {
  return [
    ...pick(given, ["sp", "st", "se"]),
    resource,
    ...pick(given, ["si", "sip", "spr", "sv"]),
    ...(version(given) >= "2018-11-09" ? [given.get("sr") ?? "", moment(given)] : []),
    ...(version(given) >= "2020-12-06" ? pick(given, ["ses"]) : []),
    ...pick(given, AZURE_OVERRIDES),
  ].join("\n");
}

/**
 * What the signature of a user-delegation SAS covers (same source), up to the bound request headers and parameters of
 * 2026-04-06: who has those is asked for at the origin, so here their places are empty.
 */
export function userDelegationStringToSign(resource: string, given: PlainParameters): string {
  return [
    ...pick(given, ["sp", "st", "se"]),
    resource,
    ...pick(given, ["skoid", "sktid", "skt", "ske", "sks", "skv"]),
    ...(version(given) >= "2020-02-10" ? pick(given, ["saoid", "suoid", "scid"]) : []),
    ...(version(given) >= "2025-07-05" ? pick(given, ["skdutid", "sduoid"]) : []),
    ...pick(given, ["sip", "spr", "sv"]),
    ...[given.get("sr") ?? "", moment(given)],
    ...(version(given) >= "2020-12-06" ? pick(given, ["ses"]) : []),
    ...(version(given) >= "2026-04-06" ? ["", ""] : []),
    ...pick(given, AZURE_OVERRIDES),
  ].join("\n");
}

/** Which snapshot or version is signed along. */
function moment(given: PlainParameters): string {
  return given.get(given.get("sr") === "bv" ? "versionid" : "snapshot") ?? "";
}

function version(given: PlainParameters): string {
  return given.get("sv") ?? "";
}

function pick(given: PlainParameters, names: readonly string[]): readonly string[] {
  return names.map((name) => given.get(name) ?? "");
}
