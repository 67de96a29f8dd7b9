import { expect, it } from "vitest";
import { assetPage } from "../../../../src/api/schemas/assets.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilUsed, usageOf } from "../../stack/usage.ts";
import { asOther, done } from "../settings/settings-calls.ts";
import { download, manage, published, refused, token, uploaded } from "./asset-calls.ts";

/** What a tenant asks of its assets. */
export function managing(stack: () => Stack): void {
  it("lists them page by page, the newest first, and nobody else's", async () => {
    const key = asOther(stack()).key ?? "";
    const made = [];
    for (const name of ["a", "b", "c"]) made.unshift(await uploaded(stack(), name, { query: `filename=${name}`, key }));
    const page = async (query: string) =>
      assetPage.parse(await done(stack(), "GET", `/assets?${query}`, undefined, asOther(stack())));
    const first = await page("limit=2");
    expect(first.assets).toEqual(made.slice(0, 2));
    expect(await page(`limit=2&cursor=${first.cursor}`)).toEqual({ assets: made.slice(2), cursor: null });
    const late = Buffer.from("999999999999999 x").toString("base64url");
    for (const query of ["limit=0", "limit=1001", "cursor=x", `cursor=${late}`, "other=1"]) {
      expect(await refused(manage(stack(), `/assets?${query}`))).toEqual([400, "INVALID_FIELD"]);
    }
  });

  it("changes only what is named, and takes nothing that is none", async () => {
    const asset = await uploaded(stack(), "x");
    const renamed = { ...asset, filename: "b.txt", updated_at: expect.any(String) };
    expect(await done(stack(), "PATCH", `/assets/${asset.id}`, { filename: "b.txt" })).toEqual(renamed);
    const hidden = { ...renamed, is_public: false, download_url: null };
    expect(await done(stack(), "PATCH", `/assets/${asset.id}`, { is_public: false })).toEqual(hidden);
    for (const body of [{ filename: "" }, { filename: 1 }, { is_public: "true" }, { size: 1 }]) {
      expect(await refused(manage(stack(), `/assets/${asset.id}`, { method: "PATCH", body }))).toEqual([
        400,
        "INVALID_FIELD",
      ]);
    }
  });

  it("keeps another tenant out, of versions and private links as well", async () => {
    const { id } = await uploaded(stack(), "x");
    const { version_id } = await published(stack(), id);
    const { token_id } = await token(stack(), id);
    const calls: readonly [string, string, unknown?][] = [
      ["GET", `/assets/${id}`],
      ["PATCH", `/assets/${id}`, { is_public: false }],
      ["DELETE", `/assets/${id}`],
      ["POST", `/assets/${id}/publish`],
      ["GET", `/assets/${id}/versions`],
      ["POST", `/assets/${id}/rollback`, { version_id }],
      ["POST", `/assets/${id}/access-token`, {}],
      ["GET", `/assets/${id}/access-tokens`],
      ["DELETE", `/assets/${id}/access-token/${token_id}`],
    ];
    for (const [method, path, body] of calls) {
      const answer = manage(stack(), path, { method, ...asOther(stack()), ...(body !== undefined && { body }) });
      expect([method, path, await refused(answer)]).toEqual([method, path, [404, "NOT_FOUND"]]);
    }
    expect((await download(stack(), `/assets/${id}/download`))[0]).toBe(200);
  });

  it("gets no page of versions by a cursor that no page gave", async () => {
    const { id } = await uploaded(stack(), "x");
    for (const cursor of ["0", "x", "1.5", "2147483648", "9007199254740991"]) {
      const answer = manage(stack(), `/assets/${id}/versions?cursor=${cursor}`);
      expect(await refused(answer)).toEqual([400, "INVALID_FIELD"]);
    }
  });

  it("rolls back to one version, which must be there", async () => {
    const { id } = await uploaded(stack(), "x");
    const { version_id } = await published(stack(), id);
    for (const body of [{}, { version_id, version_number: 1 }, { version_number: 0 }, { version_id: "../x" }]) {
      expect(await refused(manage(stack(), `/assets/${id}/rollback`, { body }))).toEqual([400, "INVALID_FIELD"]);
    }
    for (const body of [{ version_number: 2 }, { version_id: crypto.randomUUID() }]) {
      expect(await refused(manage(stack(), `/assets/${id}/rollback`, { body }))).toEqual([404, "NOT_FOUND"]);
    }
  });

  it("withdraws what was published when it makes an asset private, and deletes it with the asset", async () => {
    const { id } = await uploaded(stack(), "x");
    const { version_id } = await published(stack(), id);
    const status = async () => (await download(stack(), `/assets/public/${version_id}`))[0];
    expect(await status()).toBe(200);
    await done(stack(), "PATCH", `/assets/${id}`, { is_public: false });
    expect(await status()).toBe(404);
    await done(stack(), "PATCH", `/assets/${id}`, { is_public: true });
    expect(await status()).toBe(200);
    await done(stack(), "DELETE", `/assets/${id}`);
    expect(await status()).toBe(404);
  });

  it("sees what was stored, published and delivered in its usage", async () => {
    const sum = async () =>
      (await usageOf(stack())).rows.reduce((all, { delivered_bytes }) => all + delivered_bytes, 0);
    const before = await untilUsed(stack(), {});
    const { id } = await uploaded(stack(), "0123456789");
    await published(stack(), id);
    await download(stack(), `/assets/${id}/download`);
    const { uploads = 0, uploaded_bytes = 0, assets = 0, asset_bytes = 0 } = before;
    await untilUsed(stack(), {
      ...{
        uploads: uploads + 1,
        uploaded_bytes: uploaded_bytes + 10,
        assets: assets + 1,
        asset_bytes: asset_bytes + 10,
      },
    });
    expect(await sum()).toBeGreaterThanOrEqual(10);
  });
}
