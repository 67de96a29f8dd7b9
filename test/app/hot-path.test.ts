import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purge } from "../../src/app/purge.ts";
import { readSource } from "../../src/app/read-source.ts";
import type { Link } from "../../src/core/link.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import type { LinkSigner } from "../../src/ports/link-signer.ts";
import { KNOWN_FOR_MS } from "../../src/ports/withdrawals.ts";
import { tenantId } from "../core/samples.ts";
import { OPEN } from "./asking.ts";
import { HOSTS, type Step, steps } from "./hot-path/steps.ts";
import { twoPaths } from "./hot-path/two-paths.ts";
import { acme, linkQuery } from "./proofs.ts";
import { fillAll, HELLO, makeWorld, register, URL_A, URL_B, type World } from "./world.ts";

/** A link that tells all that it grants, so that no difference stays unseen. */
const told = (link: Link, name: string, method: string) =>
  encodeURIComponent(JSON.stringify({ ...link, key: link.key.id, name, method }));
const EDGE: LinkSigner = { sign: async (...link) => `/f/${told(...link)}` };
const STORE: LinkSigner = {
  ...EDGE,
  prepare: (...link) => {
    const text = told(...link);
    return (now) => `https://store.test/${text}?at=${now}`;
  },
};

const CORS = {
  origins: ["https://app.example.com"],
  ...{ requestHeaders: [], exposedHeaders: [], maxAgeSeconds: 60 },
};

async function setUp(): Promise<{ world: World; tenants: readonly Tenant[]; links: readonly string[] }> {
  const made = makeWorld();
  const base = await acme(made.ring, "probe");
  const pages: Tenant = {
    ...{ ...base, id: tenantId("pages"), site: "pages", access: "public", delivery: "presigned" },
    ...{ serving: { ...base.serving, cors: CORS }, linkKeys: [], verificationKeys: [] },
  };
  const near: Tenant = { ...pages, id: tenantId("near"), site: "near", clientNetworks: ["192.0.2.0/24"] };
  const tenants = [base, pages, near];
  made.directory.known.splice(0, 9, ...tenants.map((tenant, at) => ({ tenant, hosts: [HOSTS[at] ?? ""] })));
  made.origin.answers.set(OPEN, HELLO);
  const signed = await linkQuery({ url: URL_A });
  const queryOf = (link: typeof signed) =>
    Object.entries({ url: link.url, hash: link.hash, ...link.signature })
      .flatMap(([name, value]) => (value === null ? [] : `${name}=${encodeURIComponent(value)}`))
      .join("&");
  const links = [
    ...[OPEN, `${OPEN}#t=5`, URL_A, URL_B].map((url) => `url=${encodeURIComponent(url)}`),
    queryOf(signed),
    queryOf(await linkQuery({ url: URL_B, ip: "192.0.2.0/24" })),
    `url=${encodeURIComponent(OPEN)}&hash=a-key`,
    `url=${encodeURIComponent("https://elsewhere.example.com/a")}`,
    "site=pages",
  ];
  return { world: { ...made, links: { edge: EDGE, presigned: STORE } }, tenants, links };
}

describe("what is remembered of a hit", () => {
  it("answers as the general path does, whatever has happened since", async () => {
    let [hot, asked] = [0, 0];
    await fc.assert(
      fc.asyncProperty(steps(100, 9), async (all) => {
        const made = await setUp();
        const counts = await compare(all, made);
        hot += counts.hot;
        asked += counts.asked;
      }),
      { numRuns: 36, seed: 6, endOnFailure: true },
    );
    expect(asked).toBeGreaterThan(10_000 * 0.9);
    // Else nothing was compared.
    expect(hot / asked).toBeGreaterThan(0.1);
  });
});

async function compare(all: readonly Step[], { world, tenants, links }: Awaited<ReturnType<typeof setUp>>) {
  const { hot, general, remembering, counts } = twoPaths(world);
  const [acmes] = tenants;
  if (!acmes) throw new Error("there is no tenant");
  for (const step of all) {
    if (step.does === "ask") {
      const { link, host, method, headers } = step.asked;
      const request = () => new Request(`https://${host}/proxy?${links[link]}`, { method, headers });
      for (let time = 0; time < step.times; time += 1) {
        const [one, other] = [await hot(request()), await general(request())];
        expect({ step, ...one }).toEqual({ step, ...other });
        await world.settled();
        await fillAll(world);
      }
    } else if (step.does === "wait") world.clock.advance(step.ms);
    else if (step.does === "settle") {
      register(world, { ...acmes, access: step.access, delivery: step.delivery });
      await remembering.directory.forget([{ by: "host", value: HOSTS[0] }]);
    } else {
      const parts = step.far ? world : remembering;
      for (const tenant of tenants) {
        if (step.does === "revoke") await parts.withdrawals.revokeLinks(tenant.id);
        else
          await purge(
            (await readSource(tenant, [OPEN, URL_A, URL_B][step.link % 3] ?? "", null, false)).key,
            "asked",
            parts,
          );
        parts.withdrawals.forget(tenant.id);
      }
      if (step.far) world.clock.advance(KNOWN_FOR_MS);
    }
  }
  return counts;
}
