import { expect, inject, test } from "vitest";
import { cloudflareCustomHostnames } from "../../src/platform/http/cloudflare-custom-hostnames.ts";
import { cloudflareSaas, SAAS_ZONE } from "../fakes/cloudflare-saas.ts";
import { customHostnamesContract } from "./custom-hostnames.contract.ts";

customHostnamesContract("Cloudflare for SaaS", async () => {
  const saas = cloudflareSaas();
  const fetcher = (url: string, init: RequestInit) => saas.answer(new Request(url, init));
  return {
    hostnames: cloudflareCustomHostnames({ ...SAAS_ZONE, target: "hosts.snapbyte.example" }, { fetcher }),
    activate: (host) => saas.change(host, { status: "active", ssl: { status: "active" } }),
    refuse: (host) => saas.refused.set(host, 1409),
  };
});

test("the runtime's own fetch, over the network", async () => {
  const zone = { ...SAAS_ZONE, target: "hosts.snapbyte.example" };
  const hostnames = cloudflareCustomHostnames(zone, { endpoint: inject("services").originUrl });
  await expect(hostnames.create("files.acme.example")).rejects.toThrow("501");
});
