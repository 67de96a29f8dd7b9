import { SnapbyteError } from "../core/errors.ts";
import { TUS_VERSION, TusRefusal } from "../core/uploads/tus/protocol.ts";
import type { ManagementCall } from "./management.ts";
import { problem } from "./problem.ts";
import { readingOn } from "./read-on.ts";
import { forUploader, type Uploader } from "./uploader.ts";

export const VERSION = { "Tus-Resumable": TUS_VERSION, "Cache-Control": "no-store" } as const;

/** A client that sends all of a file at once ought to hear sooner that it may not. */
const READ_ON_BYTES = 8 * 2 ** 20;

/** A route that speaks the version of the protocol that its caller does, and refuses as the protocol does. */
export function speaking(handle: (call: ManagementCall, uploader: Uploader) => Promise<Response>) {
  const answered = forUploader(async (call, uploader) => {
    try {
      if (call.request.headers.get("Tus-Resumable") !== TUS_VERSION) {
        throw new TusRefusal("VERSION", `Tus-Resumable: it must be ${TUS_VERSION}.`);
      }
      return await handle(call, uploader);
    } catch (error) {
      return refused(error, call.requestId);
    }
  });
  // Of a caller who is nobody no tenant is known whose pages may read why.
  return readingOn(async (call) => {
    const response = await answered(call).catch((error: unknown) => refused(error, call.requestId));
    response.headers.set("Tus-Resumable", TUS_VERSION);
    return response;
  }, READ_ON_BYTES);
}

function refused(error: unknown, requestId: string): Response {
  if (error instanceof TusRefusal) {
    const headers = { ...VERSION, "Content-Type": "text/plain", "Tus-Version": TUS_VERSION };
    return new Response(`${error.message}\n`, { status: error.status, headers });
  }
  if (!(error instanceof SnapbyteError)) throw error;
  return problem(error, requestId);
}

/** An answer without a body. */
export function answer(status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(null, { status, headers: { ...VERSION, ...headers } });
}
