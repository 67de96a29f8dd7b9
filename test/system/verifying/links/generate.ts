import type { Form, Life, Link, LinkKind, Signer } from "./link.ts";
import { at } from "./parts.ts";
import { graft, tamper } from "./tamper.ts";

const MINUTE_MS = 60_000;

/** How many there are of each kind; above two hundred together. */
const MIX: Readonly<Record<LinkKind, number>> = { good: 40, expired: 30, tampered: 90, foreign: 30, early: 20 };

/** The mix of links that somebody may show for these objects at this moment: always the same one. */
export async function generateLinks(signer: Signer, keys: readonly string[], now: number): Promise<Link[]> {
  const second = Math.floor(now / 1000) * 1000;
  const links: Link[] = [];
  // One by one: some signers know no other time than the clock's, which is turned for them.
  for (const [kind, count] of Object.entries(MIX) as [LinkKind, number][]) {
    for (let n = 0; n < count; n++) links.push(await MAKE[kind]({ signer, keys, now: second }, n));
  }
  return links;
}

type Ground = { readonly signer: Signer; readonly keys: readonly string[]; readonly now: number };

const MAKE: Readonly<Record<LinkKind, (ground: Ground, n: number) => Promise<Link>>> = {
  good: async ({ signer, keys, now }, n) => ({
    kind: "good",
    ...(await signed(signer.forms, keys, goodLife(now, n), n)),
  }),

  async expired({ signer, keys, now }, n) {
    const until = now - (1 + n * n) * MINUTE_MS;
    const life = { from: until - (1 + n) * MINUTE_MS, until };
    return { kind: "expired", ...(await signed(signer.forms, keys, life, n)) };
  },

  async early({ signer, keys, now }, n) {
    // Every fourth starts so soon that a provider may take it for a clock that is a little late.
    const from = now + (n % 4 === 3 ? 5 * MINUTE_MS + n * 1000 : 60 * (1 + n) * MINUTE_MS);
    const forms = signer.forms.filter(({ startsLater }) => startsLater);
    return { kind: "early", ...(await signed(forms, keys, { from, until: from + 60 * MINUTE_MS }, n)) };
  },

  async foreign({ signer, keys, now }, n) {
    const life = goodLife(now, n);
    if (n % 2) return { kind: "foreign", ...(await signed(signer.foreign, keys, life, (n - 1) / 2)) };
    const own = await signed(signer.forms, keys, life, n / 2);
    const other = await signed(signer.forms, keys, life, n / 2 + 1);
    return { kind: "foreign", how: `${own.how}, for another object`, url: graft(other.url, own.url) };
  },

  async tampered({ signer, keys, now }, n) {
    const own = await signed(signer.forms, keys, goodLife(now, n), n);
    const { how, url } = tamper(own.url, n, signer);
    return { kind: "tampered", how: `${own.how}: ${how}`, url };
  },
};

/** No two are alike, so that no remembered verdict answers for another link. */
function goodLife(now: number, n: number): Life {
  return { from: now - (1 + 7 * n) * MINUTE_MS, until: now + (20 + n) * MINUTE_MS };
}

async function signed(forms: readonly Form[], keys: readonly string[], life: Life, n: number) {
  const form = at(forms, n);
  // With every round through the forms the objects move on by one.
  const key = at(keys, n + Math.floor(n / forms.length));
  return { how: `${form.name} of ${key}`, url: await form.sign(key, life) };
}
