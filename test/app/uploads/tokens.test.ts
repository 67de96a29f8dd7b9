import { describe, expect, it } from "vitest";
import { addLinkKey } from "../../../src/app/settings/link-keys.ts";
import {
  type AdmitTokenParts,
  admitHolder,
  type FindHolderParts,
  findHolder,
} from "../../../src/app/uploads/admit-token.ts";
import { grantWish } from "../../../src/app/uploads/grant-wish.ts";
import { makeUploadToken } from "../../../src/app/uploads/make-token.ts";
import type { Standing } from "../../../src/core/plans/standing.ts";
import { formatUploadToken, tokenDigest, type UploadGrant } from "../../../src/core/uploads/upload-token.ts";
import type { UploadWish } from "../../../src/core/uploads/upload-wish.ts";
import { HOUR, NOON } from "../../core/samples.ts";
import { fakeTenants } from "../../fakes/directory.ts";
import { fakeRateLimit } from "../../fakes/rate-limit.ts";
import { OTHER, settingsDown, settingsWorld } from "../settings/settings-world.ts";
import { ACME } from "../world.ts";
import { refusal } from "./upload-world.ts";

const KEY = "snap_link_key";
const WISH: Omit<UploadGrant, "site" | "kid"> = {
  ...{ user_id: "user123", user_role: "creator", content_type: "video/*", max_size: 1000 },
  ...{ exp: (NOON + HOUR) / 1000 },
};
const GRANT: UploadGrant = { ...WISH, site: ACME.site, kid: "01234567" };

/** Who admits tokens of ACME's one key. */
function admitting(changes: Partial<AdmitTokenParts & FindHolderParts> = {}, standing: Standing = "good") {
  const faults: unknown[] = [];
  const parts: AdmitTokenParts & FindHolderParts = {
    directory: fakeTenants([
      { tenant: { ...ACME, standing }, hosts: [] },
      { tenant: OTHER, hosts: [] },
    ]),
    secrets: { linkKey: async (tenant, kid) => (tenant.id === ACME.id && kid === GRANT.kid ? KEY : null) },
    callerLimit: fakeRateLimit(2),
    clock: { now: () => NOON },
    report: (_, error) => void faults.push(error),
    ...changes,
  };
  return { parts, faults };
}

/** Finds out who it is, and lets them in. */
async function admitToken(authorization: string | null, parts: AdmitTokenParts & FindHolderParts) {
  const holder = await findHolder(authorization, parts);
  if (holder) await admitHolder(holder, parts);
  return holder;
}

const bearer = (token: string) => `Bearer ${token}`;
const TOKEN = formatUploadToken(GRANT, KEY);

describe("whoever shows an upload token", () => {
  it("is known by its tenant, with what it is for", async () => {
    const holder = await admitToken(bearer(TOKEN), admitting().parts);
    expect(holder).toMatchObject({ tenant: { id: ACME.id }, grant: GRANT, digest: tokenDigest(TOKEN) });
  });

  it.each([null, "", "Basic abc", `Bearer snap_key_${"A".repeat(43)}`, `bearer`])(
    "is somebody else with %j",
    async (authorization) => {
      expect(await admitToken(authorization, admitting().parts)).toBeNull();
    },
  );

  it.each([
    ["was signed with another key", formatUploadToken(GRANT, "snap_link_other")],
    ["names another key", formatUploadToken({ ...GRANT, kid: "76543210" }, KEY)],
    ["names another tenant, whose key it is not", formatUploadToken({ ...GRANT, site: OTHER.site }, KEY)],
    ["names no tenant", formatUploadToken({ ...GRANT, site: "nobody" }, KEY)],
    ["is broken", "snap_upload_x"],
  ])("is nobody where it %s", async (_, token) => {
    expect((await refusal(admitToken(bearer(token), admitting().parts))).code).toBe("UNAUTHORIZED");
  });

  it("is let in after its end, for what it has begun", async () => {
    const { parts } = admitting({ clock: { now: () => NOON + 48 * HOUR } });
    expect(await admitToken(bearer(TOKEN), parts)).not.toBeNull();
  });

  it("may not call too often", async () => {
    const { parts } = admitting();
    for (let each = 0; each < 2; each += 1) await admitToken(bearer(TOKEN), parts);
    expect((await refusal(admitToken(bearer(TOKEN), parts))).code).toBe("TOO_MANY_REQUESTS");
  });

  it("may do nothing for a tenant that is suspended, and end what it has begun for one that is over its limit", async () => {
    const aside = (over: "suspended" | "storedBytes") => ({ over, allowed: 1, until: null }) as never;
    expect((await refusal(admitToken(bearer(TOKEN), admitting({}, aside("suspended")).parts))).code).toBe(
      "TENANT_SUSPENDED",
    );
    expect(await admitToken(bearer(TOKEN), admitting({}, aside("storedBytes")).parts)).not.toBeNull();
  });

  it("is known all the same, so that its page may read why it is not let in", async () => {
    const suspended = { over: "suspended", allowed: 1, until: null } as never;
    const { parts } = admitting({ callerLimit: fakeRateLimit(0) }, suspended);
    expect(await findHolder(bearer(TOKEN), parts)).toMatchObject({ tenant: { id: ACME.id } });
  });

  it("hears that nobody could say", async () => {
    const find = async () => {
      throw new Error("down");
    };
    const { parts, faults } = admitting({ directory: { find } });
    expect((await refusal(admitToken(bearer(TOKEN), parts))).code).toBe("UNAVAILABLE");
    expect(faults).toHaveLength(1);
  });
});

describe("what a token that has ended may do", () => {
  const holder = { tenant: ACME, grant: GRANT, digest: "" };
  const wish: UploadWish = {
    ...{ fileName: "a.mp4", size: 10, userId: "user123", userRole: "creator", contentType: "video/mp4" },
    ...{ sha256: null, asset: false },
  };
  const over: Standing = { over: "storedBytes", allowed: 1, until: null };

  it("is not to begin anything, but to make one of the parts that it has begun", () => {
    const late = NOON + 2 * HOUR;
    expect(() => grantWish(wish, { tenant: ACME, holder }, late)).toThrow("The token has ended.");
    expect(grantWish(wish, { tenant: ACME, holder }, late, true)).toBe(wish);
    const other = { ...wish, userId: "other" };
    expect(() => grantWish(other, { tenant: ACME, holder }, late, true)).toThrow("user_id");
  });

  it("is the same for a tenant that is over its plan", () => {
    const tenant = { ...ACME, standing: over };
    expect(() => grantWish(wish, { tenant, holder: null }, NOON)).toThrow();
    expect(grantWish(wish, { tenant, holder: null }, NOON, true)).toBe(wish);
  });
});

describe("a token that we make", () => {
  it("is what the tenant's own server would have made with the same key", async () => {
    const world = settingsWorld();
    const { kid, key } = await addLinkKey(ACME.id, world);
    expect(await makeUploadToken(ACME, WISH, world)).toBe(formatUploadToken({ ...GRANT, kid }, key));
  });

  it("needs a link key", async () => {
    expect((await refusal(makeUploadToken(ACME, WISH, settingsWorld()))).code).toBe("NO_LINK_KEY");
  });

  it("cannot be had when nobody can say which keys there are", async () => {
    expect((await refusal(makeUploadToken(ACME, WISH, settingsDown(settingsWorld())))).code).toBe("UNAVAILABLE");
  });
});
