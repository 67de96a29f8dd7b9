import { z } from "zod";
import { entryQuery } from "../schemas/entry.ts";
import { answer, body, error, type Json, managed, path, query, ref, security, site } from "./operation-parts.ts";

const key = path("key", "A key of your own, or the one that /preload answered; percent-encoded.");

/** What a tenant asks of its copies. */
export function entryPaths(): Json {
  return {
    "/preload": {
      post: {
        summary: "Make copies before anybody downloads them",
        security,
        parameters: [site],
        requestBody: body({ oneOf: [ref("PreloadItem"), ref("PreloadBatch")] }),
        responses: { ...managed, 202: answer("Accepted.", "PreloadAnswer") },
      },
    },
    "/cache": {
      get: {
        summary: "Entries, those that changed last first",
        security,
        parameters: Object.entries(z.toJSONSchema(entryQuery, { io: "input" }).properties ?? {}).map(([name, schema]) =>
          query(name, "", schema as Json),
        ),
        responses: { ...managed, 200: answer("A page.", "EntryPage") },
      },
    },
    "/cache/{key}": {
      get: {
        summary: "What is known of an entry",
        security,
        parameters: [key, site],
        responses: { ...managed, 200: answer("The entry.", "Entry"), 404: error("No such entry.") },
      },
      delete: {
        summary: "Purge an entry's copy",
        security,
        parameters: [key, site],
        responses: { ...managed, 200: answer("Purged.", "PurgeAnswer"), 404: error("No such entry.") },
      },
    },
  };
}
