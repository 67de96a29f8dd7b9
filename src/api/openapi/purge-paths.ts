import * as z from "zod";
import { auditQuery } from "../schemas/audit.ts";
import { answer, body, error, type Json, managed, path, query, ref, security, site } from "./operation-parts.ts";

const id = path("id", "As POST /purge answered it.");

/** Letting go of copies, and who did what. */
export function purgePaths(): Json {
  return {
    "/purge": {
      post: {
        summary: "Purge copies by one selector: keys, a prefix of them or of URLs, a tag, an origin, or all",
        security,
        parameters: [site],
        requestBody: body(ref("PurgeRequest")),
        responses: {
          ...managed,
          200: answer("Purged: no request that starts later gets one of these copies.", "PurgeResult"),
          202: answer("Queued: more than one call may do.", "PurgeResult"),
          404: error("The tenant has no origin of this id."),
        },
      },
    },
    "/purge/{id}": {
      get: {
        summary: "How far a queued purge has come",
        security,
        parameters: [id, site],
        responses: { ...managed, 200: answer("The purge.", "Purge"), 404: error("No such purge.") },
      },
    },
    "/audit": {
      get: {
        summary: "What was done, by whom and from where, the newest first",
        security,
        parameters: Object.entries(z.toJSONSchema(auditQuery, { io: "input" }).properties ?? {}).map(([name, schema]) =>
          query(name, "", schema as Json),
        ),
        responses: { ...managed, 200: answer("A page.", "AuditPage") },
      },
      post: {
        summary: "For the console: write down what it has changed by itself",
        security,
        parameters: [site],
        requestBody: body(ref("AuditNote")),
        responses: { ...managed, 201: answer("Written down.", "AuditNoted") },
      },
    },
  };
}
