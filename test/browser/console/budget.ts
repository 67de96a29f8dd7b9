import { expect, it } from "vitest";
import { OPERATOR_PATHS, PERSON_PATHS, PUBLIC_PATHS, TENANT_PATHS } from "../../console/paths.ts";
import { chartsDrawn } from "./every-page.ts";
import type { ServedConsole } from "./serve-console.ts";
import type { OpenWindow } from "./windows.ts";

/** Of all that a first visit fetches, header fields included; pages as they are, for here nobody compresses them. */
const MOST_BYTES = 100_000;

/** What the pages fetch: so much, from nobody else, and once. */
export function budget(open: OpenWindow, served: () => ServedConsole): void {
  const pages = [
    ...PUBLIC_PATHS.map((path) => [path, null] as const),
    ...[...PERSON_PATHS, ...TENANT_PATHS].map((path) => [path, "owner"] as const),
    ...OPERATOR_PATHS.map((path) => [path, "operator"] as const),
  ];

  it.each(pages)("%s, for %s, comes with all it needs in less than 100 kB, from our host alone", async (path, who) => {
    const { origin, sent } = served();
    sent.clear();
    const page = await open("about:blank", who);
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(origin + path);
    await chartsDrawn(page);
    await page.waitForLoadState("load");
    expect([...hosts]).toEqual([origin]);
    const total = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
    expect(total, JSON.stringify(Object.fromEntries(sent))).toBeLessThan(MOST_BYTES);
  });

  it("a second page fetches nothing but itself", async () => {
    const { sent } = served();
    const page = await open("/app/acme/overview", "owner");
    await chartsDrawn(page);
    sent.clear();
    await page.goto("/operator/usage");
    await page.goto("/app/acme/usage");
    await page.waitForLoadState("load");
    expect([...sent.keys()].filter((path) => path.startsWith("/assets/"))).toEqual([]);
  });
}
