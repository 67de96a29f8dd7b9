import * as z from "zod";
import * as access from "../schemas/access.ts";
import * as assetTokens from "../schemas/asset-tokens.ts";
import * as assetVersions from "../schemas/asset-versions.ts";
import * as assets from "../schemas/assets.ts";
import * as audit from "../schemas/audit.ts";
import * as batch from "../schemas/batch.ts";
import * as billing from "../schemas/billing.ts";
import * as cnames from "../schemas/cnames.ts";
import * as common from "../schemas/common.ts";
import * as deadLetters from "../schemas/dead-letters.ts";
import * as entry from "../schemas/entry.ts";
import * as fills from "../schemas/fills.ts";
import * as hosts from "../schemas/hosts.ts";
import * as inspect from "../schemas/inspect.ts";
import * as keys from "../schemas/keys.ts";
import * as limits from "../schemas/limits.ts";
import * as linkKeys from "../schemas/link-keys.ts";
import * as links from "../schemas/links.ts";
import * as origins from "../schemas/origins.ts";
import * as preload from "../schemas/preload.ts";
import * as prices from "../schemas/prices.ts";
import * as purge from "../schemas/purge.ts";
import * as revokeLinks from "../schemas/revoke-links.ts";
import * as savings from "../schemas/savings.ts";
import * as serving from "../schemas/serving.ts";
import * as status from "../schemas/status.ts";
import * as storage from "../schemas/storage.ts";
import * as tenants from "../schemas/tenants.ts";
import * as uploads from "../schemas/uploads.ts";
import * as usage from "../schemas/usage.ts";
import * as verificationKeys from "../schemas/verification-keys.ts";
import type { Json } from "./operation-parts.ts";

const MODULES = [
  common,
  entry,
  preload,
  batch,
  purge,
  audit,
  usage,
  savings,
  storage,
  prices,
  uploads,
  access,
  fills,
  serving,
  hosts,
  origins,
  cnames,
  linkKeys,
  verificationKeys,
  links,
  revokeLinks,
  inspect,
  keys,
  limits,
  tenants,
  status,
  deadLetters,
  billing,
  assets,
  assetVersions,
  assetTokens,
];

/** Every schema that has a name, as JSON Schema; they refer to each other by it. */
export function describeSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const schema of MODULES.flatMap((module) => Object.values<unknown>(module))) {
    const id = schema instanceof z.ZodType ? schema.meta()?.id : undefined;
    if (id) registry.add(schema as z.ZodType, { id });
  }
  return z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "input" }).schemas as Json;
}
