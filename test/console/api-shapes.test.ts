import { describe, expect, it } from "vitest";
import * as z from "zod";
import { accessBody } from "../../src/api/schemas/access.ts";
import { assetTokenBody, assetTokenPage } from "../../src/api/schemas/asset-tokens.ts";
import { assetVersionPage } from "../../src/api/schemas/asset-versions.ts";
import { assetBody, assetPage } from "../../src/api/schemas/assets.ts";
import { auditPage } from "../../src/api/schemas/audit.ts";
import { billingBody, billingHeard, reportList } from "../../src/api/schemas/billing.ts";
import { cnameBody } from "../../src/api/schemas/cnames.ts";
import { healthBody } from "../../src/api/schemas/common.ts";
import { deadLetterPage, deadLetterReplay } from "../../src/api/schemas/dead-letters.ts";
import { entryBody, entryPage, purgeAnswer } from "../../src/api/schemas/entry.ts";
import { fillsBody } from "../../src/api/schemas/fills.ts";
import { hostBody, hostSummary } from "../../src/api/schemas/hosts.ts";
import { inspectAnswer } from "../../src/api/schemas/inspect.ts";
import { linkKeyBody, newLinkKeyBody } from "../../src/api/schemas/link-keys.ts";
import { linkAnswer } from "../../src/api/schemas/links.ts";
import { originBody } from "../../src/api/schemas/origins.ts";
import { preloadResult } from "../../src/api/schemas/preload.ts";
import { purgeResult } from "../../src/api/schemas/purge.ts";
import { savingsBody } from "../../src/api/schemas/savings.ts";
import { servingBody } from "../../src/api/schemas/serving.ts";
import { statusBody } from "../../src/api/schemas/status.ts";
import { storageBody } from "../../src/api/schemas/storage.ts";
import { usagePage } from "../../src/api/schemas/usage.ts";
import { verificationKeyBody } from "../../src/api/schemas/verification-keys.ts";
import { auditRecord } from "../../src/console/api/account.ts";
import * as assets from "../../src/console/api/assets.ts";
import * as billing from "../../src/console/api/billing.ts";
import * as delivery from "../../src/console/api/delivery.ts";
import * as entries from "../../src/console/api/entries.ts";
import * as links from "../../src/console/api/links.ts";
import * as operator from "../../src/console/api/operator.ts";
import * as privateLinks from "../../src/console/api/private-links.ts";
import { savingsPage, storagePage } from "../../src/console/api/savings.ts";
import * as settings from "../../src/console/api/settings.ts";
import * as usage from "../../src/console/api/usage.ts";

/** What the console reads, and what the API gives. */
const PAIRS: Readonly<Record<string, readonly [z.ZodType, z.ZodType]>> = {
  entry: [entries.entry, entryBody],
  "page of entries": [entries.entryPage, entryPage],
  "purged entry": [entries.purgeAnswer, purgeAnswer],
  purge: [entries.purgeResult, purgeResult],
  preload: [entries.preloadResult, preloadResult],
  asset: [assets.asset, assetBody],
  "page of assets": [assets.assetPage, assetPage],
  "page of versions": [assets.assetVersionPage, assetVersionPage],
  "new private link": [privateLinks.newPrivateLink, assetTokenBody],
  "page of private links": [privateLinks.privateLinkPage, assetTokenPage],
  link: [links.linkAnswer, linkAnswer],
  inspection: [links.inspection, inspectAnswer],
  "link key": [links.linkKey, linkKeyBody],
  "new link key": [links.newLinkKey, newLinkKeyBody],
  origin: [settings.origin, originBody],
  access: [settings.access, accessBody],
  cname: [settings.cname, cnameBody],
  "verification key": [settings.verificationKey, verificationKeyBody],
  "host in a list": [settings.hostSummary, hostSummary],
  host: [settings.host, hostBody],
  serving: [delivery.serving, servingBody],
  fills: [delivery.fills, fillsBody],
  "audit record": [z.object({ records: z.array(auditRecord), before: z.number().nullable() }), auditPage],
  health: [operator.health, healthBody],
  status: [operator.systemStatus, statusBody],
  "page of dead letters": [operator.deadLetterPage, deadLetterPage],
  replay: [operator.deadLetterReplay, deadLetterReplay],
  billing: [billing.billing, billingBody],
  "what is heard of a payment": [billing.heard, billingHeard],
  "usage to report": [billing.usageReports, reportList],
  "page of usage": [usage.usagePage, usagePage],
  savings: [savingsPage, savingsBody],
  storage: [storagePage, storageBody],
};

type Json = {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  anyOf?: Json[];
};

/** A schema as JSON, with what it refers to by name in its place. */
function json(schema: z.ZodType): Json {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  const inPlace = (_key: string, value: unknown): unknown => {
    const name = /^#\/\$defs\/(.+)$/.exec((value as { $ref?: string } | null)?.$ref ?? "")?.[1];
    return name ? $defs[name] : value;
  };
  return JSON.parse(JSON.stringify(root, inPlace), inPlace) as Json;
}

/** Where what is read is not what is given: by the names of fields. */
function misread(read: Json, given: Json | undefined, at = ""): string[] {
  if (!given) return [`${at} is not given`];
  const inner = (shape: Json) => shape.anyOf?.find(({ properties, items }) => properties || items) ?? shape;
  const [mine, theirs] = [inner(read), inner(given)];
  const fields = Object.entries(mine.properties ?? {}).flatMap(([name, shape]) => {
    const isOptional = !mine.required?.includes(name);
    if (isOptional && !theirs.properties?.[name]) return [];
    if (!isOptional && !theirs.required?.includes(name)) return [`${at}.${name} may be missing`];
    return misread(shape, theirs.properties?.[name], `${at}.${name}`);
  });
  const items = mine.items && Object.keys(mine.items).length > 0 ? misread(mine.items, theirs.items, `${at}[]`) : [];
  const unknown = mine.enum ? (theirs.enum ?? []).filter((value) => !mine.enum?.includes(value)) : [];
  const types = (shape: Json) =>
    new Set(
      [shape, ...(shape.anyOf ?? [])]
        .flatMap(({ type }) => type ?? [])
        .map((type) => (type === "integer" ? "number" : type)),
    );
  const missing = [...types(given)].filter((type) => types(read).size > 0 && !types(read).has(type));
  return [
    ...fields,
    ...items,
    ...unknown.map((value) => `${at} may be ${value}`),
    ...missing.map((type) => `${at} may be ${type}`),
  ];
}

describe("what the console reads is what the API gives", () => {
  it.each(Object.entries(PAIRS))("%s", (_name, [read, given]) => {
    expect(misread(json(read), json(given))).toEqual([]);
  });

  it("and a field that is not there, or is more than is read, is found", () => {
    const given = json(
      z.strictObject({ a: z.string().nullable(), b: z.enum(["x", "y"]), c: z.array(z.object({ d: z.number() })) }),
    );
    expect(misread(json(z.object({ a: z.string() })), given)).toEqual([".a may be null"]);
    expect(misread(json(z.object({ b: z.enum(["x"]) })), given)).toEqual([".b may be y"]);
    expect(misread(json(z.object({ e: z.string() })), given)).toEqual([".e may be missing"]);
    expect(misread(json(z.object({ c: z.array(z.object({ d: z.string() })) })), given)).toEqual([
      ".c[].d may be number",
    ]);
  });
});
