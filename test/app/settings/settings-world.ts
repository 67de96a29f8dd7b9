import { toBase64Url } from "../../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../../src/core/crypto/key-ring.ts";
import type { Tenant } from "../../../src/core/tenant.ts";
import { NOON, tenantId } from "../../core/samples.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeApiKeys, fakeTenants } from "../../fakes/directory.ts";
import { fakeTenantSettings } from "../../fakes/tenant-settings.ts";
import { ACME, failing } from "../world.ts";

export const OTHER: Tenant = { ...ACME, id: tenantId("other"), site: "other-site" };

/** A public key of a service account that Google knows, in form. */
const ACCOUNT_KEY: JsonWebKey = { kty: "RSA", n: "AQAB", e: "AQAB", alg: "RS256" };
export const KNOWN_ACCOUNT = "signer@acme-project.iam.gserviceaccount.com";

/** Two tenants without any settings, and everything that a change of them needs. */
export function settingsWorld() {
  const clock = fakeClock(NOON);
  const ring = parseKeyRing(`1:${toBase64Url(new Uint8Array(32).fill(1))}`);
  if (!ring) throw new Error("the ring does not parse");
  const reports: { readonly what: string; readonly error: unknown }[] = [];
  const asked: string[] = [];
  let calls = 0;
  return {
    ...{ clock, ring, reports, asked },
    report: (what: string, error: unknown) => void reports.push({ what, error }),
    local: false,
    stores: new Set(["archive", "cold"]),
    settings: fakeTenantSettings(
      [
        { tenant: { ...ACME, originRules: [] }, hosts: ["cdn.acme.example"] },
        { tenant: { ...OTHER, originRules: [] }, hosts: [] },
      ],
      clock,
    ),
    directory: fakeTenants(),
    keys: fakeApiKeys(),
    serviceAccounts: {
      async find(email: string): Promise<readonly JsonWebKey[] | null> {
        asked.push(email);
        return email === KNOWN_ACCOUNT ? [ACCOUNT_KEY] : null;
      },
    },
    /** Never the same bytes twice. */
    random(length: number): Uint8Array {
      const bytes = new Uint8Array(length);
      new DataView(bytes.buffer).setUint32(length - 4, ++calls);
      return bytes;
    },
  };
}

export type SettingsWorld = ReturnType<typeof settingsWorld>;

/** The world without the truth behind its settings. */
export function settingsDown(world: SettingsWorld): SettingsWorld {
  return { ...world, settings: failing(world.settings) };
}

/** Everything that the settings keep of a tenant, as text: what somebody would read who could read the database. */
export async function keptText({ settings }: SettingsWorld, tenant = ACME.id): Promise<string> {
  return JSON.stringify([
    await settings.access(tenant),
    await settings.fillSettings(tenant),
    await settings.originRules(tenant),
    await settings.cnames(tenant),
    await settings.linkKeys(tenant),
    await settings.verificationKeys(tenant),
  ]);
}
