import { describe, expect, it } from "vitest";
import { personNavigation } from "../../src/console/frame/navigation.ts";
import { consoleWorld } from "./fakes/console-world.ts";
import { samplePeople } from "./fakes/fake-auth.ts";
import { textOf } from "./reading.ts";

/** The tables of a page, by their captions. */
async function tablesOf(path: string, who = "owner"): Promise<Map<string, string>> {
  const html = await textOf(await (await consoleWorld()).get(path, who));
  return new Map(
    [...html.matchAll(/<table.*?<\/table>/gs)].map(([table]) => [
      /<caption[^>]*>(.*?)<\/caption>/.exec(table)?.[1] ?? "",
      table,
    ]),
  );
}

describe("a table with buttons", () => {
  it.each([
    ["/app/acme/keys", "API keys"],
    ["/app/acme/members", "Members"],
    ["/app/acme/origins", "Allowed origins"],
    ["/app/acme/assets/a1", "Versions"],
    ["/app/acme/assets/a1", "Private links"],
    ["/app/sessions", "Other sessions"],
  ])("keeps its roles where a phone shows blocks: %s", async (path, caption) => {
    const table = (await tablesOf(path)).get(caption) ?? "";
    expect(table).toMatch(/^<table class="stacks" role="table">/);
    for (const role of ["rowgroup", "row", "columnheader", "rowheader", "cell"]) {
      expect(table).toContain(`role="${role}"`);
    }
    expect(table.match(/<td(?![^>]*data-label="[^"]+")/g)).toBeNull();
  });

  it("is a plain one for who sees no buttons", async () => {
    expect((await tablesOf("/app/acme/keys", "viewer")).get("API keys")).toMatch(/^<table>/);
  });
});

describe("the files' table", () => {
  it("shows the end of each key for itself, and all of it to who points at it", async () => {
    const table = (await tablesOf("/app/acme/files")).get("Files") ?? "";
    expect(table).toContain("<span>s3:aws/media/2026/00/</span><span>film.mp4</span>");
    expect(table).toContain('title="s3:aws/media/2026/00/film.mp4"');
    expect(table).toContain("<span>big/</span><span>backup.img</span>");
  });
});

describe("a person's own pages", () => {
  it("lead back to each organisation, and to a new one", () => {
    const busy = samplePeople().get("busy");
    if (!busy) throw new Error("nobody is busy");
    const places = personNavigation(busy).flatMap((group) => group.places.map(({ href }) => href));
    expect(places).toEqual([
      ...["/app/account", "/app/sessions"],
      ...["/app/acme/overview", "/app/globex/overview", "/app/new"],
    ]);
  });
});
