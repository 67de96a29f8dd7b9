import { randomBytes } from "node:crypto";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { objectKey } from "../../src/core/entry.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { linkToken } from "../../src/core/link.ts";
import { PLAIN_SERVING, type Tenant, type TenantId } from "../../src/core/tenant.ts";
import { nameText, writeAnswer } from "../../src/platform/cloudflare/stored-tenant.ts";
import type { World } from "./world.ts";

/** The host of the deployment's own at which links are asked for. */
export const DELIVERY_HOST = "delivery.invalid";

const TENANT = "tenant-delivery" as TenantId;
const DAY_MS = 24 * 3_600_000;
/** As long as what an SDK signs. */
const SIGNED = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261121%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261121T080000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=${"0".repeat(64)}`;

/** A copy in the store, and the link to it. */
export type LinkedCopy = { readonly object: string; readonly path: string };

export type DeliveryWorld = Pick<World, "vars" | "kv"> & {
  /** So many copies of so many bytes, each an object of its own; `size` is the name of their size. */
  copies(size: string, bytes: number, count: number): Promise<readonly LinkedCopy[]>;
};

/** What a server is started with whose only tenant has copies of any number. */
export function deliveryWorld(): DeliveryWorld {
  const ringText = `1:${randomBytes(32).toString("base64url")}`;
  const ring = parseKeyRing(ringText);
  if (!ring) throw new Error("a key ring that does not parse");
  const expiresAt = Date.now() + DAY_MS;
  async function copy(size: string, bytes: number, at: number): Promise<LinkedCopy> {
    const key = entryKeyOf(TENANT, randomBytes(32).toString("base64url"));
    const generation = `${size}-${at}`;
    const originUrl = `https://bucket.s3.amazonaws.com/films/2026/${generation}.mp4?${SIGNED}`;
    const about = {
      rule: 1,
      presentation: null,
      network: null,
      epoch: 0,
      sha256: randomBytes(32).toString("hex"),
      size: bytes,
    };
    const token = await linkToken(ring as NonNullable<typeof ring>, {
      key,
      generation,
      expiresAt,
      originUrl,
      ...about,
    });
    return { object: objectKey(key, generation), path: `/f/${token}/${generation}.mp4` };
  }
  const tenant: Tenant = {
    ...{ id: TENANT, site: "delivery", access: "public", delivery: "edge", cnames: [], originRules: [] },
    fill: { mode: "redirect", storeHtml: false, maxObjectBytes: null, store: null, largeStore: null },
    ...{ serving: PLAIN_SERVING, hosts: [], linkKeys: [], verificationKeys: [] },
    ...{ clientNetworks: [], managementNetworks: [], standing: "good" as const },
  };
  return {
    copies: async (size, bytes, count) =>
      await Promise.all(Array.from({ length: count }, (_, at) => copy(size, bytes, at))),
    kv: { [`tenant:${nameText({ by: "id", value: TENANT })}`]: writeAnswer({ tenant }) },
    vars: {
      ENVIRONMENT: "production",
      DEFAULT_TENANT: "delivery",
      DELIVERY_HOSTS: DELIVERY_HOST,
      API_HOSTS: "api.invalid",
      DATABASE_URL: "postgres://bench:bench@sql.invalid/bench",
      NEON_ENDPOINT: "http://sql.invalid/sql",
      SECRET_KEYS: ringText,
    },
  };
}
