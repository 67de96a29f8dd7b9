import * as z from "zod";
import { entryQuery } from "../schemas/entry-query.ts";
import { answer, error, type Json, json, managed, path, query, ref, security, site } from "./operation-parts.ts";

const batch = path("batch", "As /preload answered it.");
const key = path("key", "A key of your own, or the one that /preload answered; percent-encoded.");

const soft = query("soft", "true: serve the copy until the next download has it made anew.", {
  type: "boolean",
  default: false,
});

const PRELOAD = { oneOf: [ref("PreloadItem"), ref("PreloadBatch"), ref("PreloadManifest")] };
const LINES = { type: "string", description: "A manifest: one PreloadItem on each line." };

/** What a tenant asks of its copies. */
export function entryPaths(): Json {
  return {
    "/preload": {
      post: {
        summary: "Make copies before anybody downloads them",
        security,
        parameters: [site],
        requestBody: {
          required: true,
          content: { ...json(PRELOAD).content, "application/x-ndjson": { schema: LINES } },
        },
        responses: {
          ...managed,
          202: answer("Accepted.", "PreloadAnswer"),
          413: error("A manifest of more than 100,000 lines or 95 MB."),
        },
      },
    },
    "/preload/{batch}": {
      get: {
        summary: "What has become of a list or a manifest",
        security,
        parameters: [batch, site],
        responses: { ...managed, 200: answer("The batch.", "PreloadSummary"), 404: error("No such batch.") },
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
        parameters: [key, soft, site],
        responses: { ...managed, 200: answer("Purged.", "PurgeAnswer"), 404: error("No such entry.") },
      },
    },
  };
}
