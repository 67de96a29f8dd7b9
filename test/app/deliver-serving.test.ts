import { afterEach, describe, expect, it, vi } from "vitest";
import { linkServing } from "../../src/app/deliver.ts";
import { deliveryHeaders } from "../../src/core/http/delivery-headers.ts";
import { linkToken } from "../../src/core/link.ts";
import { PLAIN_SERVING, type Tenant } from "../../src/core/tenant.ts";
import { NOON, tenantId } from "../core/samples.ts";
import { ask, askServed, HEADERS, storedWorld } from "./stored-copy.ts";
import {
  ACME,
  failing,
  hanging,
  passingTime,
  register,
  reported,
  traced,
  URL_A,
  useFakeTimers,
  utf8,
} from "./world.ts";

const CORS = {
  origins: ["https://app.example.com"],
  requestHeaders: ["x-trace"],
  exposedHeaders: ["etag"],
  maxAgeSeconds: 600,
};
const OWN_HOST = "cdn.acme.example";
/** Has said how its files are shown: to its own pages, and as they are where the host is its own. */
const SHOWING: Tenant = {
  ...ACME,
  serving: { cors: CORS, resourcePolicy: "same-site", showActive: true },
  hosts: [OWN_HOST],
};
const OTHER: Tenant = { ...ACME, id: tenantId("globex"), site: "globex-site", hosts: ["cdn.globex.example"] };

afterEach(() => {
  vi.useRealTimers();
});

/** A stored page of a tenant that shows such things. */
async function pageWorld() {
  const { world, link } = await storedWorld();
  register(world, SHOWING);
  const page = { ...link, generation: "page" };
  await world.store.put(`acme/${link.key.id}/page`, utf8("<p>"), { ...HEADERS, contentType: "text/html" });
  return { world, page };
}

describe("why there is no copy", () => {
  it.each([
    ["was withdrawn", "LINK_REVOKED", { epoch: -1 }],
    ["has ended", "TOKEN_EXPIRED", { expiresAt: NOON }],
    ["names what is gone", "NOT_FOUND", { generation: "gone" }],
  ])("may be read by the pages that may read copies, of a link that %s", async (_, code, changes) => {
    const { world, page } = await pageWorld();
    const link = { ...page, originUrl: null, ...changes };
    const from = (origin: string) => ask(world, link, { headers: { Origin: origin } });
    const [allowed, stranger] = ["https://app.example.com", "https://other.example.com"];
    const headers = { "Access-Control-Allow-Origin": allowed, Vary: "Origin" };
    await expect(from(allowed)).rejects.toMatchObject({ code, headers });
    await expect(from(stranger)).rejects.toMatchObject({ code, headers: { Vary: "Origin" } });
    const refused: unknown = await from(stranger).catch((error: unknown) => error);
    expect(refused).not.toHaveProperty("headers.Access-Control-Allow-Origin");
  });
});

describe("how a copy is shown", () => {
  it("is as the tenant says, at a host of its own as it is", async () => {
    const { world, page } = await pageWorld();
    for (const host of [OWN_HOST, OWN_HOST.toUpperCase()]) {
      const { plan, terms } = await askServed(world, page, { host, hostTenant: SHOWING });
      expect(terms.display).toEqual({ resourcePolicy: "same-site", showActive: true });
      const fields = deliveryHeaders(plan, terms);
      expect(fields).toMatchObject({ "Content-Type": "text/html", "Cross-Origin-Resource-Policy": "same-site" });
      expect(fields).not.toHaveProperty("Content-Security-Policy");
      expect(fields).not.toHaveProperty("Content-Disposition");
    }
  });

  it("does not need the directory where the host has said whose it is", async () => {
    const { world, page } = await pageWorld();
    await askServed({ ...world, directory: failing(world.directory) }, page, { host: OWN_HOST, hostTenant: SHOWING });
    expect(world.directory.calls).toEqual([]);
    expect(world.reports).toEqual([]);
  });

  it("is a download in a sandbox at a host that is everybody's, whatever the tenant says", async () => {
    const { world, page } = await pageWorld();
    const { plan, terms } = await askServed(world, page);
    expect(terms.display).toEqual({ resourcePolicy: "same-site", showActive: false });
    expect(deliveryHeaders(plan, terms)).toMatchObject({
      "Content-Disposition": "attachment",
      "Content-Security-Policy": "sandbox",
    });
    expect(world.directory.calls).toEqual([{ by: "id", value: ACME.id }]);
  });

  it("is a download in a sandbox at a tenant's own host, too, unless it said otherwise", async () => {
    const { world, page } = await pageWorld();
    const hostTenant = { ...SHOWING, serving: PLAIN_SERVING };
    const { terms } = await askServed(world, page, { host: OWN_HOST, hostTenant });
    expect(terms.display).toMatchObject({ showActive: false });
  });

  it("to other origins' pages is the tenant's word, served or sent on", async () => {
    const { world, page } = await pageWorld();
    expect(await ask(world, page)).toMatchObject({ cors: CORS });
    expect(await ask(world, { ...page, expiresAt: NOON })).toEqual({ location: URL_A, cors: CORS });
    expect(await ask(world, { ...page, generation: "gone" }, { hostTenant: SHOWING })).toEqual({
      location: URL_A,
      cors: CORS,
    });
  });
});

describe("a tenant that nobody can be asked about", () => {
  it.each([
    ["fails", failing, 0],
    ["hangs", hanging, 90],
  ] as const)("is served plainly where the directory %s", async (_, fault, waited) => {
    const { world, page } = await pageWorld();
    const token = await linkToken(world.ring, page);
    useFakeTimers();
    const { value, ms } = await passingTime(askServed({ ...world, directory: fault(world.directory) }, token));
    expect(value).toMatchObject({ plan: { status: 200 }, cors: null });
    expect(value.terms.display).toEqual({ resourcePolicy: "cross-origin", showActive: false });
    expect(ms).toBe(waited);
    expect(reported(world)).toEqual(["tenants"]);
    expect(await new Response(value.body).text()).toBe("<p>");
  });

  it("is served plainly where the directory does not know it, which is no fault", async () => {
    const { world, page } = await pageWorld();
    world.directory.known.splice(0);
    const { resourcePolicy, showActive, cors } = PLAIN_SERVING;
    expect(await ask(world, page)).toMatchObject({ terms: { display: { resourcePolicy, showActive } }, cors });
    expect(world.reports).toEqual([]);
  });
});

describe("a link at another tenant's host", () => {
  it("is refused like one that we did not make, and nothing is asked of anybody", async () => {
    const { world, page } = await pageWorld();
    const log: string[] = [];
    const store = traced("store", world.store, log);
    for (const link of [page, { ...page, expiresAt: NOON }, { ...page, generation: "gone" }]) {
      const asked = ask({ ...world, store }, link, { host: "cdn.globex.example", hostTenant: OTHER });
      await expect(asked).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    }
    expect(log).toEqual([]);
    expect(world.withdrawals.reads).toEqual([]);
  });
});

describe("how what a link leads to is handed to browsers", () => {
  it("is asked with the link alone, whether it has ended or not", async () => {
    const { world, page } = await pageWorld();
    for (const expiresAt of [page.expiresAt, NOON]) {
      const token = await linkToken(world.ring, { ...page, expiresAt });
      expect(await linkServing(token, null, world)).toEqual(SHOWING.serving);
      expect(await linkServing(token, SHOWING, world)).toEqual(SHOWING.serving);
    }
  });

  it("is told of no token that we did not make, nor at another tenant's host", async () => {
    const { world, page } = await pageWorld();
    await expect(linkServing("token", null, world)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    const token = await linkToken(world.ring, page);
    await expect(linkServing(token, OTHER, world)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  });

  it("is plain while nobody can be asked", async () => {
    const { world, page } = await pageWorld();
    const token = await linkToken(world.ring, page);
    expect(await linkServing(token, null, { ...world, directory: failing(world.directory) })).toEqual(PLAIN_SERVING);
    expect(reported(world)).toEqual(["tenants"]);
  });
});
