import * as z from "zod";
import { versionQuery } from "../schemas/asset-versions.ts";
import { assetQuery } from "../schemas/assets.ts";
import { answer, body, error, type Json, managed, path, query, ref, security, site } from "./operation-parts.ts";

const id = path("id", "As POST /assets/upload answered it.");
const unknown = { 404: error("The tenant has no such asset.") };
const file = {
  required: true,
  content: {
    "application/octet-stream": { schema: { type: "string", format: "binary" } },
    "multipart/form-data": { schema: ref("AssetForm") },
  },
};
const tooLarge = {
  402: error("The plan has no room for the file."),
  413: error("The file is larger than it may be."),
};

const parametersOf = (schema: z.ZodType) =>
  Object.entries(z.toJSONSchema(schema, { io: "input" }).properties ?? {}).map(([name, each]) =>
    query(name, "", each as Json),
  );

type Call = {
  readonly parameters?: readonly Json[];
  readonly takes?: Json;
  readonly made?: true;
  readonly more?: Json;
};

function call(
  summary: string,
  gives: string,
  { parameters = [id, site], takes, made, more = unknown }: Call = {},
): Json {
  return {
    ...{ summary, security, parameters },
    ...(takes && { requestBody: takes }),
    responses: { ...managed, ...(made ? { 201: answer("Made.", gives) } : { 200: answer("Done.", gives) }), ...more },
  };
}

/** A download by its own address: no key is asked for. */
function download(summary: string, name: Json, refused: Json): Json {
  const operation = {
    ...{ summary, parameters: [name] },
    responses: {
      200: { description: "All of it." },
      206: { description: "One range of it, or several as multipart/byteranges." },
      304: { description: "Not modified." },
      402: error("The tenant has used up what its plan delivers."),
      ...refused,
      412: { description: "A precondition failed." },
      416: { description: "The range lies outside of it." },
      503: error("A part of the service is not reachable."),
    },
  };
  const options = {
    ...{ summary: "What may be asked, and by which pages (CORS)", parameters: [name] },
    responses: { 204: { description: "Allow, and the fields of a preflight where the page is allowed." } },
  };
  return { get: operation, head: operation, options };
}

const none = { 404: error("There is none that is public.") };

/** Files that are kept with us. */
export function assetPaths(): Json {
  return {
    "/assets": {
      get: call("All assets, the newest first", "AssetPage", { parameters: parametersOf(assetQuery), more: {} }),
    },
    "/assets/upload": {
      post: call("Make an asset of a file: the body, or the field file of a form", "Asset", {
        ...{ takes: file, made: true, more: tooLarge },
        parameters: [
          query("filename", "Where the file is the body; before what a form says."),
          query("is_public", "Before what a form says.", { type: "boolean", default: false }),
          site,
        ],
      }),
    },
    "/assets/{id}": {
      get: call("An asset", "Asset"),
      patch: call("Rename it, make it public or private, and only what is named", "Asset", {
        takes: body(ref("AssetChange")),
      }),
      delete: call("Delete it, with its versions and private links", "AssetDeleted"),
    },
    "/assets/{id}/content": {
      put: call("Give it a new content", "Asset", { takes: file, more: { ...unknown, ...tooLarge } }),
    },
    "/assets/{id}/publish": { post: call("Publish what it is now, for good", "AssetVersion", { made: true }) },
    "/assets/{id}/versions": {
      get: call("What was published, the newest first", "AssetVersionPage", {
        parameters: [id, ...parametersOf(versionQuery)],
      }),
    },
    "/assets/{id}/rollback": {
      post: call("Make an old version current", "Asset", { takes: body(ref("AssetRollback")) }),
    },
    "/assets/{id}/access-token": {
      post: call("Make a private link; it is shown this once", "AssetToken", {
        ...{ takes: { ...body(ref("AssetTokenWish")), required: false }, made: true },
      }),
    },
    "/assets/{id}/access-tokens": {
      get: call("Private links that live on, the newest first; none of what opens the asset", "AssetTokenPage", {
        parameters: [id, ...parametersOf(assetQuery)],
      }),
    },
    "/assets/{id}/access-token/{token_id}": {
      delete: call("Revoke a private link: it opens nothing any more", "AssetTokenRevoked", {
        parameters: [id, path("token_id", "As it was made."), site],
      }),
    },
    "/assets/{id}/download": download("A public asset as it is now", id, {
      403: error("The tenant is suspended."),
      ...none,
    }),
    "/assets/public/{version_id}": download("A published version, which never changes", path("version_id", ""), {
      403: error("The tenant is suspended."),
      ...none,
    }),
    "/assets/private/{token}": download("An asset as it is now, by a private link", path("token", "Opaque."), {
      403: error("The link is unknown, revoked, expired or used up; or the tenant is suspended."),
      404: error("The asset was deleted a moment ago."),
    }),
  };
}
