import { describe, expect, it } from "vitest";
import { deliveryOrigin } from "../../../src/api/delivery-origin.ts";

const NONE = { api: null, delivery: null, target: null };
const asked = (url: string) => ({ url });

describe("where a tenant's files are downloaded", () => {
  it.each<[string, readonly string[], readonly string[] | null, boolean, string]>([
    ["https://api.example.com/assets", [], null, false, "https://api.example.com"],
    ["https://api.example.com/assets", [], ["edge.example.com"], false, "https://edge.example.com"],
    [
      "https://edge.example.com/assets",
      [],
      ["other.example.com", "edge.example.com"],
      false,
      "https://edge.example.com",
    ],
    ["https://api.example.com/assets", ["cdn.acme.example"], ["edge.example.com"], false, "https://cdn.acme.example"],
    ["http://127.0.0.1:8787/assets", ["cdn.acme.example"], ["edge.test"], true, "http://127.0.0.1:8787"],
  ])("asked at %s by who has %j, of a deployment with %j (local: %s), is %s", (url, hosts, delivery, local, origin) => {
    const deploymentHosts = { ...NONE, delivery: delivery && new Set(delivery) };
    expect(deliveryOrigin(asked(url), { hosts }, { deploymentHosts, local })).toBe(origin);
  });
});
