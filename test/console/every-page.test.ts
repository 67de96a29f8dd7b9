import { describe, expect, it } from "vitest";
import { emptyData } from "./fakes/api-data.ts";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { fakeApi } from "./fakes/fake-api.ts";
import { isOfSamples, OPERATOR_PATHS, PERSON_PATHS, PUBLIC_PATHS, TENANT_PATHS } from "./paths.ts";

const ALL = [
  ...PUBLIC_PATHS.map((path) => ({ path, who: null })),
  ...[...PERSON_PATHS, ...TENANT_PATHS].map((path) => ({ path, who: "owner" })),
  ...OPERATOR_PATHS.map((path) => ({ path, who: "operator" })),
];
/** HTML of one page, before compression. */
const MOST_HTML_BYTES = 64_000;

describe.each(ALL)("$path, for $who", ({ path, who }) => {
  it("is a whole page with a title, one main heading and a way past the navigation", async () => {
    const world = await consoleWorld();
    const response = await world.get(path, who);
    const html = await response.text();
    expect(world.reported).toEqual([]);
    expect(response.status).toBe(200);
    expect(html).toMatch(/^<!doctype html><html lang="en"/);
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<a class="skip" href="#content">');
    expect(html).toContain('<main id="content"');
  });

  it("holds no script or style of its own, and names no other host that a browser would ask", async () => {
    const html = await (await (await consoleWorld()).get(path, who)).text();
    expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<style|<\w[^<>]*\s(?:style|on\w+)=/i);
    expect(html).not.toMatch(/(?:href|src|action)="javascript:/i);
    for (const [, address = ""] of html.matchAll(/<(?:script|img|link|iframe)[^>]*?(?:src|href)="([^"]+)"/g)) {
      expect(new URL(address, ORIGIN).origin).toBe(ORIGIN);
    }
    expect(html.match(/<script(?! type="module" src="\/assets\/)/g)).toBeNull();
  });

  it("has no two elements with one id, and a label for every field", async () => {
    const html = await (await (await consoleWorld()).get(path, who)).text();
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const fields = [...html.matchAll(/<(?:input|select|textarea)([^>]*)>/g)].map(([, attributes = ""]) => attributes);
    for (const field of fields.filter((each) => !each.includes('type="hidden"'))) {
      const id = /\sid="([^"]+)"/.exec(field)?.[1];
      expect(field.includes("aria-label") || html.includes(`<label for="${id}"`), field).toBe(true);
    }
  });

  it("says who may keep it, and forbids all but our own scripts", async () => {
    const { headers } = await (await consoleWorld()).get(path, who);
    expect(headers.get("Cache-Control")).toMatch(who === null ? /no-cache|no-store/ : /no-store/);
    expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Strict-Transport-Security")).toMatch(/max-age=\d{8}/);
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
  });

  it("is small enough for a slow line", async () => {
    const html = await (await (await consoleWorld()).get(path, who)).text();
    expect(html.length).toBeLessThan(MOST_HTML_BYTES);
  });

  it("stands when there is nothing to show, and answers HEAD without a body", async () => {
    const world = await consoleWorld({}, fakeApi(emptyData()));
    const response = await world.get(path, who);
    expect(response.status).toBe(isOfSamples(path) ? 404 : 200);
    const cookie = who === null ? {} : { Cookie: `who=${who}` };
    const head = await world.answer(new Request(ORIGIN + path, { method: "HEAD", headers: cookie }));
    expect([head.status, await head.text()]).toEqual([response.status, ""]);
  });
});
