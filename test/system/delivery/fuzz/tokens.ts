import { type KeyRing, type Purpose, parseKeyRing } from "../../../../src/core/crypto/key-ring.ts";
import { seal } from "../../../../src/core/crypto/seal.ts";
import { entryKeyOf } from "../../../../src/core/entry-key.ts";
import { type Link, linkToken } from "../../../../src/core/link.ts";
import type { TenantId } from "../../../../src/core/tenant.ts";

/** A token, and what its holder may have. */
export type Token = {
  readonly text: string;
  readonly kind: string;
  /** `bytes`: the copy; `nothing`: the link was ours and counts no more; `forged`: we never made it. */
  readonly grants: "bytes" | "nothing" | "forged";
  readonly tenant: string;
  /** Bytes of the copy. */
  readonly size: number;
  readonly originUrl: string | null;
};

/** A copy that there is. */
export type Target = { readonly link: Link; readonly size: number };

const PAST = Date.UTC(2020, 1, 1);
const HOUR_MS = 3_600_000;
const OTHER_RING = `1:${"B".repeat(42)}A`;
/** As ours, but that its current key has another id. */
const OTHER_ID = 9;

/** Tokens of every kind for copies of which there are some. `ringText` is what the deployment has. */
export async function tokensFor(ringText: string, targets: readonly Target[]): Promise<Token[]> {
  const ring = ringOf(ringText);
  const tokens: Token[] = [];
  for (const { link, size } of targets) {
    const about = { tenant: link.key.tenant, size };
    const add = async (kind: string, grants: Token["grants"], change: Partial<Link>, made = ring) => {
      const changed = { ...link, ...change };
      tokens.push({ ...about, text: await linkToken(made, changed), kind, grants, originUrl: changed.originUrl });
    };
    const originUrl = "https://origin.example/a%20b.mp4?signature=secret";
    await add("valid", "bytes", {});
    await add("valid, without origin and size", "bytes", { originUrl: null, size: null, sha256: null });
    await add("valid, with a wrong size", "bytes", { size: size + 17 });
    await add("valid, of a later epoch", "bytes", { epoch: 7 });
    await add("expired", "nothing", { expiresAt: PAST, originUrl });
    await add("expired, without origin", "nothing", { expiresAt: PAST, originUrl: null });
    await add("expired an hour ago", "nothing", { expiresAt: Date.now() - HOUR_MS, originUrl });
    await add("revoked", "nothing", { epoch: -1, originUrl });
    await add("another generation", "nothing", { generation: "gone", originUrl });
    await add("another generation, without origin", "nothing", { generation: "gone", originUrl: null });
    await add("another entry", "nothing", {
      key: entryKeyOf(link.key.tenant, "A".repeat(43)),
      generation: "gone",
      originUrl: null,
    });
    await add("a tenant that is not", "nothing", {
      key: entryKeyOf("nobody" as TenantId, link.key.id),
      originUrl: null,
      generation: "gone",
    });
    await add("another network", "nothing", { network: "203.0.113.0/24" });
    await add("another key", "forged", {}, ringOf(OTHER_RING));
    await add("an unknown key id", "forged", {}, ringOf(ringText.replace(/^\d+/, String(OTHER_ID))));
    tokens.push(...(await otherTexts(ring, link, about)));
  }
  return tokens;
}

/** What we sealed for another purpose or place, though its text be that of a link. */
async function otherTexts(ring: KeyRing, link: Link, about: Pick<Token, "tenant" | "size">): Promise<Token[]> {
  const { key, generation, expiresAt } = link;
  const text = JSON.stringify([key.tenant, key.id, generation, expiresAt, null, null, null, 0, null, null]);
  const forged = { ...about, grants: "forged", originUrl: null } as const;
  const purposes: readonly Purpose[] = ["stored-url", "link-key", "verification-key"];
  const sealed = purposes.map(async (purpose) => ({
    ...forged,
    kind: `sealed as ${purpose}`,
    text: await seal(ring, purpose, text),
  }));
  const placed = { ...forged, kind: "sealed for another place", text: await seal(ring, "link", text, "elsewhere") };
  const clear = { ...forged, kind: "in clear", text: Buffer.from(text).toString("base64url") };
  const signed = { ...forged, kind: "a JSON web token", text: `eyJhbGciOiJub25lIn0.${clear.text}.` };
  return [...(await Promise.all(sealed)), placed, clear, signed];
}

export function ringOf(text: string): KeyRing {
  const ring = parseKeyRing(text);
  if (!ring) throw new Error("a key ring that does not parse");
  return ring;
}
