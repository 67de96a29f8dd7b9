import { describe, expect, test } from "vitest";
import { routedLinks } from "../../src/platform/stores/routed-links.ts";
import { fakeLinkSigner } from "../fakes/link-signer.ts";
import { newKey } from "./keys.ts";
import { linkTo } from "./link-signer.contract.ts";

const otherwise = fakeLinkSigner("edge.test");
const own = fakeLinkSigner("own.test");
const named = new Map([["shown", fakeLinkSigner("shown.test")]]);

/** The host that a link to this generation leads to. */
async function hostOf(generation: string, links: Parameters<typeof routedLinks>[0]) {
  const address = await routedLinks(links)?.sign(linkTo(newKey(), { generation }), "file", "HEAD");
  return address === undefined ? null : new URL(address).host;
}

describe("links straight to the stores", () => {
  test.each([
    ["g1", "own.test"],
    ["shown.g1", "shown.test"],
    ["hidden.g1", "edge.test"],
    ["sold.g1", "edge.test"],
  ])("lead for a copy of the generation %s to %s", async (generation, host) => {
    expect(await hostOf(generation, { own, named, otherwise })).toBe(host);
  });

  test("lead to the named stores alone where nobody may be sent to the deployment's own", async () => {
    expect(await hostOf("g1", { own: null, named, otherwise })).toBe("edge.test");
    expect(await hostOf("shown.g1", { own: null, named, otherwise })).toBe("shown.test");
  });

  test("are there for the method that will be sent", async () => {
    const links = routedLinks({ own, named, otherwise });
    expect(await links?.sign(linkTo(newKey(), { generation: "shown.g1" }), "file", "HEAD")).toContain("method=HEAD");
  });

  test("are prepared by the store's own signer, where it signs by the moment", () => {
    const ofStore = { ...fakeLinkSigner(), prepare: () => (now: number) => `signed at ${now}` };
    const links = routedLinks({ own: null, named: new Map([["shown", ofStore]]), otherwise });
    const prepared = (generation: string) => links?.prepare?.(linkTo(newKey(), { generation }), "file", "GET");
    expect(prepared("shown.g1")?.(7)).toBe("signed at 7");
    expect(prepared("hidden.g1")).toBeNull();
  });

  test("are none where nobody may be sent to any store", async () => {
    expect(await hostOf("g1", { own: null, named: new Map(), otherwise })).toBeNull();
  });
});
