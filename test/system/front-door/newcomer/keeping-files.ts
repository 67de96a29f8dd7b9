import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { newOrganisation, newPerson } from "../../stack/sign-up.ts";

/** Some 8 MB: more than one part of the store's, and than any form may hold. */
const CONTENT = "A line of a file.\n".repeat(450_000);
const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Status and digest of a download. */
async function download(url: string): Promise<readonly [number, string]> {
  const response = await fetch(url);
  return [response.status, sha256(new Uint8Array(await response.arrayBuffer()))];
}

/** What somebody does with files that they keep with us, by forms alone. */
export function keepingFiles(stack: () => Stack): void {
  it("uploads a file, shares it by a private link, publishes it, replaces it, goes back, and deletes it", async () => {
    const { console: address, api } = stack();
    const at = await newPerson(address ?? "", "Ida", "ida@example.com");
    const home = await newOrganisation(at, "Ida's Files", "idas-files");
    const { status, location } = await at.send(`${home}/assets`, { file: CONTENT });
    const here = location ?? "";
    expect([status, here.startsWith(`${home}/assets/`)]).toEqual([303, true]);
    const asset = await at.see(here);
    for (const fact of [`"${sha256(CONTENT)}"`, "text/plain", "none while it is private"]) {
      expect(asset.text.replaceAll("&quot;", '"')).toContain(fact);
    }

    const made = await at.send(here, { form: "link", ttl: "600", max_downloads: "1" });
    const [link = ""] = /https?:[^"<\s]+\/assets\/private\/[\w-]{43}/.exec(made.html) ?? [];
    expect(new URL(link).origin).toBe(api);
    expect(await download(link)).toEqual([200, sha256(CONTENT)]);
    expect((await download(link))[0]).toBe(403);
    const listed = await at.see(here);
    expect([listed.text.includes("1 of 1 used up"), listed.html.includes(link)]).toEqual([true, false]);

    expect(await at.send(here, { form: "publish" })).toMatchObject({ status: 303, location: here });
    expect(await at.send(here, { form: "visibility", is_public: "true" })).toMatchObject({ location: here });
    expect(await at.send(here, { file: "another" })).toMatchObject({ location: here });
    const { html } = await at.see(here);
    const [version = "", id = ""] = /https?:[^"<\s]+\/assets\/public\/([\w-]+)/.exec(html) ?? [];
    const [current = ""] = /https?:[^"<\s]+\/download/.exec(html) ?? [];
    expect([await download(version), await download(current)]).toEqual([
      [200, sha256(CONTENT)],
      [200, sha256("another")],
    ]);
    expect(await at.send(here, { form: "rollback", version_id: id })).toMatchObject({ location: here });
    expect(await download(current)).toEqual([200, sha256(CONTENT)]);

    expect(await at.send(here, { form: "delete" })).toMatchObject({ location: `${home}/assets` });
    expect([(await download(version))[0], (await at.see(here)).status]).toEqual([404, 404]);
    const { text } = await at.see(`${home}/audit?action=assets.`);
    for (const action of ["add", "token.add", "publish", "change", "replace", "rollback", "remove"]) {
      expect(text).toContain(`assets.${action} id:`);
    }
    expect(text).toMatch(/assets\.remove id: [\w-]+ , filename: upload\.txt/);
  });
}
