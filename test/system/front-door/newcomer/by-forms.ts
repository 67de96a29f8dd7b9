import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { newOrganisation, newPerson, signIn } from "../../stack/sign-up.ts";
import { until } from "../../stack/until.ts";
import { visitor } from "../../stack/visitor.ts";

const ANNA = "anna@example.com";

/** The way of somebody whose browser runs no scripts, from nothing to a hit. */
export function byForms(stack: () => Stack): void {
  it("signs up, confirms, makes an organisation, a key and an origin, and sees a miss and a hit", async () => {
    const { console: address, api, samples } = stack();
    const at = await newPerson(address ?? "", "Anna", ANNA);
    expect(await at.see("/app")).toMatchObject({ location: "/app/new" });

    const taken = await at.send("/app/new", { name: "Demo", site: "demo" });
    expect([taken.status, taken.text]).toEqual([422, expect.stringContaining("Choose another")]);
    const home = await newOrganisation(at, "Anna's Media", "annas-media");
    expect((await at.see(`${home}/overview`)).text).toContain("site=annas-media");

    const made = await at.send(`${home}/keys`, { form: "add", name: "build", "scope usage:read": "yes", life: "" });
    const [key = ""] = /snap_key_[\w-]{43}/.exec(made.html) ?? [];
    const usage = await fetch(`${api}/usage`, { headers: { Authorization: `Bearer ${key}` } });
    expect(usage.status).toBe(200);
    const refused = await fetch(`${api}/access`, { headers: { Authorization: `Bearer ${key}` } });
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: "INSUFFICIENT_SCOPE" } }]);

    const url = samples[0]?.url ?? "";
    const origin = { form: "origin", origin: `${new URL(url).origin}/`, access: "probe", tags: "" };
    expect((await at.send(`${home}/origins`, origin)).status).toBe(303);
    const proxied = `${api}/proxy?site=annas-media&url=${encodeURIComponent(url)}`;
    const download = async () => (await fetch(proxied, { redirect: "manual" })).headers;
    const first = await until("the new origin is known everywhere", async () => {
      const headers = await download();
      return headers.has("Location") ? headers : null;
    });
    expect(first.get("Cache-Status")).toContain("fwd=uri-miss");
    const hit = await until("a copy is there", async () => {
      const headers = await download();
      return headers.get("Cache-Status")?.includes("hit") ? headers : null;
    });
    const body = await (await fetch(hit.get("Location") ?? "")).arrayBuffer();
    expect(body.byteLength).toBe(samples[0]?.bytes);

    const seen = await until("the overview tells of the hit and its bytes", async () => {
      const { text } = await at.see(`${home}/overview`);
      return /\b1 hits?\b/.test(text) && !text.includes("Delivered 0 B") ? text : null;
    });
    expect(seen).toContain(`Delivered ${samples[0]?.bytes} B`);

    const [, rule = ""] = /\?prices=(\d+)/.exec((await at.see(`${home}/origins`)).html) ?? [];
    const prices = { form: "prices", id: rule, prices: "own", per_gb: "900000", per_million: "999999", gb: "binary" };
    expect((await at.send(`${home}/origins`, prices)).status).toBe(303);
    // A dollar for each download, and a dollar for the fill: what the first hit saves is what its copy has cost.
    const { text } = await at.see(`${home}/overview`);
    expect(text).toMatch(/Saved in 30 days (?:−|)\$[\d.]+ of \$[1-9][\d.]* without a cache/);

    const log = await at.see(`${home}/audit`);
    for (const action of ["tenants.add", "keys.add", "origins.add"]) expect(log.text).toContain(action);
    await at.send("/sign-out", {});
    expect((await at.see(`${home}/overview`)).location).toMatch(/^\/sign-in\?next=/);
  });

  it("finds nothing of another's, and no operator's pages", async () => {
    const { console: address, tenant } = stack();
    const at = visitor(address ?? "");
    await signIn(at, ANNA);
    for (const path of [`/app/${tenant}/overview`, `/app/${tenant}/keys`, "/operator/tenants", "/operator/status"]) {
      expect((await at.see(path)).status).toBe(404);
    }
  });
}
