import { SnapbyteError } from "../core/errors.ts";
import type { RawSettings } from "../core/settings.ts";
import { type Answer, answers } from "./answers.ts";
import { compose, type DownloadParts, report } from "./compose.ts";
import { parseApiEnv } from "./env.ts";
import { hotHit } from "./hot-path.ts";
import { problem } from "./problem.ts";

/** The composed Worker of this isolate, and the environment that it was made from. */
type Made = { readonly raw: RawSettings; readonly parts: DownloadParts; readonly answer: Answer };
let made: Made | undefined;

export default {
  fetch(request, raw) {
    try {
      const hot = made?.raw === raw ? hotHit(request, made.parts) : null;
      if (hot) return hot;
    } catch (error) {
      report("hot path", error);
    }
    return general(request, raw);
  },
} satisfies ExportedHandler<Record<string, unknown>>;

async function general(request: Request, raw: RawSettings): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    const { answer } = made?.raw === raw ? made : await make(raw);
    return await answer(request, requestId);
  } catch (error) {
    if (!(error instanceof SnapbyteError)) report("unexpected", error);
    return problem(error, requestId);
  }
}

/** Of several requests that come at once each has it made, and all take what was made first. */
async function make(raw: RawSettings): Promise<Made> {
  const env = parseApiEnv(raw);
  const parts = await compose(env);
  if (made?.raw !== raw) made = { raw, parts, answer: answers(env, parts) };
  return made;
}
