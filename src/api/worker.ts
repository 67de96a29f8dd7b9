import { SnapbyteError } from "../core/errors.ts";
import type { RawSettings } from "../core/settings.ts";
import { compose, report } from "./compose.ts";
import { parseApiEnv } from "./env.ts";
import { problem } from "./problem.ts";
import { type Answer, routes } from "./router.ts";

/** The composed Worker of this isolate, and the environment that it was made from. */
let made: { readonly raw: RawSettings; readonly answer: Answer } | undefined;

export default {
  async fetch(request, raw) {
    const requestId = crypto.randomUUID();
    try {
      made = made?.raw === raw ? made : { raw, answer: routes(compose(parseApiEnv(raw))) };
      return await made.answer(request, requestId);
    } catch (error) {
      if (!(error instanceof SnapbyteError)) report("unexpected", error);
      return problem(error, requestId);
    }
  },
} satisfies ExportedHandler<Record<string, unknown>>;
