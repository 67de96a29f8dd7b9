import type { AzureBlob } from "./azure-account.ts";
import type { PlainParameters } from "./plain-parameters.ts";

/** What `sr` may say, and the first version that knows it ("Create a service SAS", Microsoft Learn). */
const SINCE: ReadonlyMap<string, string> = new Map([
  ["b", "2015-04-05"],
  ["c", "2015-04-05"],
  ["bs", "2018-11-09"],
  ["bv", "2018-11-09"],
  ["d", "2020-02-10"],
]);

/**
 * The canonical form of what a SAS is for, if that holds the blob: `/blob/account/container`, followed by the blob's name
 * or, for a directory, by as many of its segments as `sdd` counts. `null`: we cannot tell what it is for.
 */
export function canonicalResource({ account, path }: AzureBlob, given: PlainParameters): string | null {
  const [, container, name] = /^\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  const kind = given.get("sr") ?? "";
  const since = SINCE.get(kind);
  if (!container || !name || since === undefined || (given.get("sv") ?? "") < since || !readsSigned(given)) return null;
  const root = `/blob/${account}/${container}`;
  if (kind === "c") return root;
  if (kind !== "d") return `${root}/${name}`;
  const directory = leading(name, given.get("sdd") ?? "");
  return directory === null ? null : `${root}/${directory}`;
}

/**
 * Whether the URL reads what the signature speaks of: a snapshot or version is signed along for `bs` and `bv` alone. Of
 * one that is not signed, the origin knows whether it may be read.
 */
export function readsSigned(given: PlainParameters): boolean {
  const kind = given.get("sr");
  return given.has("snapshot") === (kind === "bs") && given.has("versionid") === (kind === "bv");
}

function leading(name: string, depth: string): string | null {
  const segments = name.split("/");
  const count = /^[1-9]\d?$/.test(depth) ? Number(depth) : Number.POSITIVE_INFINITY;
  return count > segments.length || segments.includes("") ? null : segments.slice(0, count).join("/");
}
