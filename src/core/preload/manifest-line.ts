import type { z } from "zod";
import type { Failure } from "../entry.ts";
import { MAX_LINE_BYTES } from "./manifest-limits.ts";
import { type PreloadItemBody, preloadItem } from "./preload-item.ts";

/**
 * What a line of a manifest wants, or why it wants nothing; `text` of `null`: it is too long, or not UTF-8. The reason
 * repeats nothing of the line, names of fields included: it is kept, and anything in a line may be a signed URL.
 */
export function parseManifestLine(text: string | null): { item: PreloadItemBody } | { problem: Failure } {
  if (text === null) {
    return problem("INVALID_JSON", `The line is longer than ${MAX_LINE_BYTES} bytes, or not UTF-8.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem("INVALID_JSON", "The line is not valid JSON.");
  }
  const parsed = preloadItem.safeParse(value);
  if (parsed.success) return { item: parsed.data };
  return { problem: explain(value, parsed.error.issues[0]) };
}

function explain(value: unknown, issue: z.core.$ZodIssue | undefined): Failure {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { code: "INVALID_FIELD", message: "The line is not a JSON object." };
  }
  if (issue?.code === "unrecognized_keys") {
    return { code: "INVALID_FIELD", message: "The line has a field beside url, hash, expires_at and tags." };
  }
  const field = String(issue?.path[0] ?? "url");
  if (!Object.hasOwn(value, field)) return { code: "MISSING_FIELD", message: `${field} is required.` };
  return { code: "INVALID_FIELD", message: `${field}: ${issue?.message ?? "is not valid"}.` };
}

function problem(code: string, message: string): { problem: Failure } {
  return { problem: { code, message } };
}
