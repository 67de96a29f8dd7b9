import type { ApiData } from "./api-data.ts";
import { deleted, type FakeRoute, type Given, notFound, pageOf, problem, type Reply } from "./api-replies.ts";
import { sampleAsset } from "./sample-assets.ts";

/** The asset that a call names, handed to `answer`. */
const ofAsset =
  (answer: (asset: ApiData["assets"][number], given: Given) => Reply) =>
  (given: Given): Reply => {
    const asset = given.data.assets.find(({ id }) => id === given.params[0]);
    return asset ? answer(asset, given) : notFound();
  };

function listedAs(name: string, rows: (data: ApiData) => readonly unknown[]) {
  return ({ data, url }: Given): Reply => {
    if (!/^\d*$/.test(url.searchParams.get("cursor") ?? "")) return problem(400, "INVALID_FIELD", "cursor is none.");
    const { rows: shown, cursor } = pageOf(rows(data), url);
    return { [name]: shown, cursor };
  };
}

/** The file of a form, as an asset of this id. */
function takeFile({ url, body }: Given, id: string): ApiData["assets"][number] | Response {
  const file = body.file as File | undefined;
  if (!file) return problem(400, "MISSING_FIELD", "file is required.");
  const isPublic = url.searchParams.get("is_public") === "true";
  const taken = { id, filename: file.name, size: file.size, is_public: isPublic, versions: 0 };
  return sampleAsset(1, { ...taken, download_url: isPublic ? `https://api.internal/assets/${id}/download` : null });
}

function upload(given: Given): Reply {
  const { assets } = given.data;
  const taken = takeFile(given, `a${assets.length + 1}`);
  if (!(taken instanceof Response)) assets.unshift(taken);
  return taken;
}

function makePrivateLink({ data, body }: Given): Reply {
  if (Number(body.max_downloads) > 1e6) return problem(400, "INVALID_FIELD", "max_downloads: must be <=1000000.");
  const max_downloads = (body.max_downloads as number | null) ?? null;
  data.privateLinks.unshift({
    token_id: "t9",
    expires_at: data.now,
    max_downloads,
    downloads: 0,
    created_at: data.now,
  });
  const url = `https://api.internal/assets/private/${"p".repeat(43)}`;
  return { token: "p".repeat(43), token_id: "t9", url, expires_at: "2026-11-21T13:34:00Z", max_downloads };
}

/** The calls of assets. */
export const ASSET_ROUTES: readonly FakeRoute[] = [
  [/^GET \/assets$/, listedAs("assets", ({ assets }) => assets)],
  [/^POST \/assets\/upload$/, upload],
  [/^PUT \/assets\/([^/]+)\/content$/, ofAsset(({ id }, given) => takeFile(given, id))],
  [/^GET \/assets\/([^/]+)$/, ofAsset((asset) => asset)],
  [/^PATCH \/assets\/([^/]+)$/, ofAsset((asset, { body }) => Object.assign(asset, body))],
  [/^DELETE \/assets\/([^/]+)$/, ofAsset(({ id }) => deleted({ id }))],
  [/^POST \/assets\/([^/]+)\/publish$/, ofAsset((_, { data }) => data.assetVersions[0])],
  [/^GET \/assets\/([^/]+)\/versions$/, listedAs("versions", ({ assetVersions }) => assetVersions)],
  [/^POST \/assets\/([^/]+)\/rollback$/, ofAsset((asset) => asset)],
  [/^POST \/assets\/([^/]+)\/access-token$/, makePrivateLink],
  [/^GET \/assets\/([^/]+)\/access-tokens$/, listedAs("tokens", ({ privateLinks }) => privateLinks)],
  [/^DELETE \/assets\/[^/]+\/access-token\/(.+)$/, ({ params: [id] }) => ({ token_id: id, status: "revoked" })],
];
