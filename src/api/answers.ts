import type { DownloadParts } from "./compose.ts";
import { downloads } from "./downloads.ts";
import type { ApiEnv } from "./env.ts";
import { onFirstUse } from "./on-first-use.ts";

/** Answers a request; rejects with what `problem` makes an answer of. */
export type Answer = (request: Request, requestId: string) => Promise<Response>;

/** Downloads are answered from what is here; everything else is loaded when somebody first asks for it. */
export function answers(env: ApiEnv, parts: DownloadParts, load = loadManagement): Answer {
  const download = downloads(parts);
  const management = onFirstUse(() => load(env, parts));
  return async (request, requestId) => {
    const explained = request.headers.has("Snapbyte-Debug") && (await explain(request, requestId, parts));
    if (explained) return explained;
    const downloading = download(request, requestId);
    if (downloading) return await downloading;
    const answer = await management();
    return await answer(request, requestId);
  };
}

/** An operator's download, and how it went; `null`: it is none. */
async function explain(request: Request, requestId: string, parts: DownloadParts): Promise<Response | null> {
  const { debugged } = await import("./debug/debugged.ts");
  return await debugged(request, requestId, parts);
}

async function loadManagement(env: ApiEnv, parts: DownloadParts): Promise<Answer> {
  const [{ routes }, { composeManagement }] = await Promise.all([
    import("./router.ts"),
    import("./compose-management.ts"),
  ]);
  return routes(composeManagement(env, parts));
}
