import { z } from "zod";
import { entryQuery } from "./schemas/entry.ts";

export type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ content: { "application/json": { schema } } });
const error = (description: string): Json => ({ description, ...json(ref("Error")) });
const query = (name: string, description: string, schema: Json = { type: "string" }): Json => {
  return { name, in: "query", description, schema };
};
const path = (name: string, description: string): Json => {
  return { name, in: "path", required: true, description, schema: { type: "string" } };
};

const security = [{ apiKey: [] }];
const managed = { 400: error("A field is missing or not valid."), 401: error("No or wrong API key.") };
const site = query("site", "The tenant, by name; otherwise the host name decides, and then the deployment's default.");

const redirect = {
  description: "To our copy (Cache-Status: snapbyte; hit) or to the origin, byte for byte as given.",
  headers: {
    Location: { schema: { type: "string" } },
    "Cache-Status": { description: "RFC 9211.", schema: { type: "string" } },
  },
};

const proxy = {
  summary: "Download through the cache",
  parameters: [
    query("url", "The origin's signed URL, percent-encoded. May be left out where hash names a copy."),
    query("hash", "A key of your own for the entry, at most 512 bytes."),
    site,
  ],
  responses: {
    302: redirect,
    400: error("url is missing or malformed, or a signed URL was not percent-encoded."),
    403: error("The origin is not on the tenant's allow-list."),
    404: error("No such tenant; or, without url, no copy that the caller may have."),
    503: error("Nobody could say whose allow-list counts."),
  },
};

const file = {
  summary: "The bytes of a copy, under a link that /proxy handed out",
  parameters: [path("token", "Opaque."), path("name", "A file name; free.")],
  responses: {
    200: { description: "The whole object." },
    206: { description: "One range of it." },
    302: { description: "The copy is gone or the link has ended: to the origin, while its URL lives." },
    304: { description: "Not modified." },
    403: error("Not a link of ours."),
    404: error("The copy is gone and there is no way back to the origin."),
    410: error("The link has ended and there is no way back to the origin."),
    412: { description: "A precondition failed." },
    416: { description: "The range lies outside the object." },
  },
};

const key = path("key", "A key of your own, or the one that /preload answered; percent-encoded.");

/** What can be asked of the API, path by path, in the form of OpenAPI 3.1. */
export function describePaths(): Json {
  return {
    "/proxy": { get: proxy, head: proxy },
    "/f/{token}/{name}": { get: file, head: file },
    "/preload": {
      post: {
        summary: "Make copies before anybody downloads them",
        security,
        requestBody: { required: true, ...json({ oneOf: [ref("PreloadItem"), ref("PreloadBatch")] }) },
        responses: { ...managed, 202: { description: "Accepted.", ...json(ref("PreloadAnswer")) } },
      },
    },
    "/cache": {
      get: {
        summary: "Entries, those that changed last first",
        security,
        parameters: Object.entries(z.toJSONSchema(entryQuery, { io: "input" }).properties ?? {}).map(([name, schema]) =>
          query(name, "", schema as Json),
        ),
        responses: { ...managed, 200: { description: "A page.", ...json(ref("EntryPage")) } },
      },
    },
    "/cache/{key}": {
      get: {
        summary: "What is known of an entry",
        security,
        parameters: [key],
        responses: {
          ...managed,
          200: { description: "The entry.", ...json(ref("Entry")) },
          404: error("No such entry."),
        },
      },
      delete: {
        summary: "Purge an entry's copy",
        security,
        parameters: [key],
        responses: {
          ...managed,
          200: { description: "Purged.", ...json(ref("PurgeAnswer")) },
          404: error("No such entry."),
        },
      },
    },
    "/health": {
      get: { summary: "State of each dependency", responses: { 200: { description: "", ...json(ref("Health")) } } },
    },
    "/openapi.json": { get: { summary: "This description", responses: { 200: { description: "OpenAPI 3.1." } } } },
  };
}
