import { describe, expect, it } from "vitest";
import { emptyData } from "./fakes/api-data.ts";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { fakeApi } from "./fakes/fake-api.ts";
import { bodyOf, flashOf, locationOf, textOf } from "./reading.ts";

const PATH = "/app/acme/assets";

/** What a browser sends of the page's form. */
function fileOf(name: string, content: string): FormData {
  const form = new FormData();
  form.append("file", new File([content], name));
  return form;
}

async function sending(form: BodyInit, query = "", headers: Readonly<Record<string, string>> = {}) {
  const world = await consoleWorld();
  const ours = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: "who=owner" };
  const init = { method: "POST", headers: { ...ours, ...headers }, body: form, duplex: "half" } as RequestInit;
  const response = await world.answer(new Request(ORIGIN + PATH + query, init));
  return { ...world, response };
}

describe("assets", () => {
  it("are listed with name, size, versions, and who may download them", async () => {
    const { get, api } = await consoleWorld();
    const html = await textOf(await get(PATH));
    expect(api.seen.map(({ path }) => path)).toEqual(["/assets?limit=50"]);
    expect(html).toMatch(/href="\/app\/acme\/assets\/a1"[^>]*><bdi>handbook\.pdf<\/bdi>.*?public<.*?1\.23 MB<.*?>24</s);
    expect(html).toMatch(/href="\/app\/acme\/assets\/a5"[^>]*><bdi>データ\.csv<\/bdi>.*?private</s);
    expect(html.match(/<tr>/g)).toHaveLength(51);
  });

  it("come in pages, by the API's own cursor", async () => {
    const { get, api } = await consoleWorld();
    expect(await textOf(await get(PATH))).toContain('href="/app/acme/assets?cursor=50" rel="next"');
    const second = await textOf(await get(`${PATH}?cursor=50`));
    expect(api.seen.at(-1)?.path).toBe("/assets?cursor=50&limit=50");
    expect([second.includes("Next page"), second.includes("First page")]).toEqual([false, true]);
    expect((await get(`${PATH}?cursor=nonsense`)).status).toBe(400);
  });

  it("are said not to be there yet, and what they are", async () => {
    const { get } = await consoleWorld({}, fakeApi(emptyData()));
    const html = await textOf(await get(PATH));
    expect(html).toContain("No assets yet");
    expect(html).toContain('href="/docs/assets"');
    expect(html).toContain('href="/docs/uploads"');
  });

  it("are one entry of the navigation, also on an asset's own page", async () => {
    const { get } = await consoleWorld();
    for (const path of [PATH, `${PATH}/a1`]) {
      expect(await textOf(await get(path))).toMatch(/<a href="\/app\/acme\/assets" aria-current="page"/);
    }
  });

  it("have names that nobody mistakes for others, whichever way they are written", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get(PATH));
    expect(html).toContain("<bdi>⟨U+202E⟩gnp.exe⟨U+202C⟩&quot;>&lt;script>");
    expect(html).toContain("<bdi>تقرير.docx</bdi>");
    expect(html).not.toMatch(/[\u202a-\u202e]/);
  });
});

describe("an upload", () => {
  it("needs no script: a form with a file, which leads to the new asset", async () => {
    const { get } = await consoleWorld();
    expect(await textOf(await get(PATH))).toMatch(
      /<form method="post" action="\/app\/acme\/assets" enctype="multipart\/form-data".*?<input[^>]*name="file"[^>]*type="file"/s,
    );
    const { api, response } = await sending(fileOf("a b.txt", "hello"));
    expect([response.status, locationOf(response)]).toEqual([303, "/app/acme/assets/a61"]);
    expect(flashOf(response)).toBe("+The file is stored.");
    const { file } = bodyOf(api.seen, "POST /assets/upload?is_public=false") as { file: File };
    expect([file.name, await file.text()]).toEqual(["a b.txt", "hello"]);
  });

  it("is public where the second button was pressed, and only then", async () => {
    const html = await textOf(await (await consoleWorld()).get(PATH));
    expect(html).toContain('formaction="/app/acme/assets?is_public=true"');
    for (const query of ["?is_public=true", "?is_public=false", "?is_public=yes", ""]) {
      const { api } = await sending(fileOf("a", "x"), query);
      expect(api.seen.at(-1)?.path).toBe(`/assets/upload?is_public=${query === "?is_public=true"}`);
    }
  });

  it.each([
    ["MISSING_FIELD", "file is required.", "Choose a file."],
    [
      "INVALID_FIELD",
      "filename: must be 1 to 1024 bytes long.",
      "Choose a file. Its name must be 1 to 1024 bytes long.",
    ],
  ])("of what the API takes for no file (%s) is answered at the field", async (code, message, text) => {
    const world = await consoleWorld();
    for (const [call, path] of [
      ["POST /assets/upload", PATH],
      ["PUT /assets/a1/content", `${PATH}/a1`],
    ] as const) {
      world.api.answerWith(call, 400, code, message);
      const response = await world.post(path, { file: "" });
      const html = await textOf(response);
      expect([response.status, html]).toEqual([422, expect.stringContaining(`id="e-file">${text}</p>`)]);
      expect(html).toMatch(/<input id="f-file"[^>]*aria-invalid="true"[^>]*type="file"/);
    }
  });

  it("by a form that holds no file asks nobody", async () => {
    const { api, response } = await sending(new URLSearchParams({ file: "a.txt" }));
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("Choose a file.")]);
    expect(api.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  it.each([
    [413, "FILE_TOO_LARGE", "The file is larger than 5 GB."],
    [402, "PLAN_LIMIT", "The plan stores 1 TB."],
    [429, "TOO_MANY_REQUESTS", "No more than 600 calls a minute."],
  ])("that the API refuses with %i is shown in its words, above the form", async (status, code, text) => {
    const world = await consoleWorld();
    world.api.answerWith("POST /assets/upload", status, code, text);
    const response = await world.post(PATH, { file: "hello" });
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringMatching(`role="alert">${text}`)]);
  });

  it.each([
    { Origin: "https://evil.example" },
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
  ])("that another site's page sends (%j) changes nothing", async (headers) => {
    const { api, response } = await sending(fileOf("a", "hello"), "", headers);
    expect([response.status, api.seen]).toEqual([403, []]);
  });

  it("is not offered to who may only look", async () => {
    const { get } = await consoleWorld();
    for (const path of [PATH, `${PATH}/a1`]) {
      expect(await textOf(await get(path, "viewer"))).not.toContain('type="file"');
      expect(await textOf(await get(path, "member"))).toContain('type="file"');
    }
  });
});
