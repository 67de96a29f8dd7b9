import { isOperator } from "../../app/authenticate.ts";
import { keyText } from "../../core/entry-key.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { DownloadParts } from "../compose.ts";
import { downloads, isDownload } from "../downloads.ts";
import { problem } from "../problem.ts";
import { copyOf, type Findings, reasonOf, stateOf } from "./findings.ts";
import { stopwatch } from "./stopwatch.ts";
import { watchedParts } from "./watched-parts.ts";

/**
 * Answers an operator's request for a download as a stranger's would be, without the operator's key, and tells how that
 * went: Server-Timing, and Snapbyte-Debug with the entry, its copy and the decision. No URL, no credential. `null`: it is
 * for something else, or nobody's who may ask: then the request is untouched, and as if the field were not there.
 */
export async function debugged(request: Request, requestId: string, parts: DownloadParts): Promise<Response | null> {
  if (!isDownload(request) || !(await isOperator(request.headers.get("Authorization"), parts))) return null;
  const watch = stopwatch(() => parts.clock.now());
  const findings: Findings = { failed: [] };
  const answering = downloads(watchedParts(parts, watch, findings))(withoutKey(request), requestId);
  if (!answering) return null;
  const { response, code } = await settled(answering, requestId);
  response.headers.set("Server-Timing", watch.field());
  response.headers.set("Snapbyte-Debug", describe(findings, response, code, parts.clock.now()));
  // It is for whoever asked, and for them alone.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** What a client would have been refused with is an answer, too. */
async function settled(
  answering: Promise<Response>,
  requestId: string,
): Promise<{ response: Response; code?: string }> {
  try {
    return { response: await answering };
  } catch (error) {
    if (!(error instanceof SnapbyteError)) throw error;
    return { response: problem(error, requestId), code: error.code };
  }
}

function withoutKey(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("Authorization");
  return new Request(request, { headers });
}

/** A list of parameters, in the form of those of a structured field (RFC 8941 section 3.1.2). */
function describe(findings: Findings, { headers }: Response, code: string | undefined, now: number): string {
  const { generation, storedAt } = copyOf(findings);
  const status = headers.get("Cache-Status");
  const said: Record<string, string | null> = {
    key: findings.key ? keyText(findings.key) : null,
    state: findings.key ? stateOf(findings) : null,
    generation,
    age: storedAt === null ? null : String(Math.floor((now - storedAt) / 1000)),
    decision: code ?? (status === null ? null : status.replace(/^snapbyte; /, "")),
    reason: findings.key && status !== null ? reasonOf(findings, status) : null,
    failed: findings.failed.join(" ") || null,
  };
  return Object.entries(said)
    .flatMap(([name, value]) => (value === null ? [] : `${name}="${value.replace(/["\\]/g, "")}"`))
    .join("; ");
}
