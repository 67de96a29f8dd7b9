import built from "snapbyte:built";
import { errorAnswer } from "../core/error-body.ts";
import type { RawSettings } from "../core/settings.ts";
import { compose } from "./compose.ts";
import { type Answer, consoleApp } from "./console.ts";
import { parseConsoleEnv } from "./env.ts";
import { inBackground } from "./in-background.ts";
import { report } from "./report.ts";

/** The composed Worker of this isolate, and the environment that it was made from. */
let made: { readonly raw: RawSettings; readonly answer: Answer } | undefined;

export default {
  async fetch(request: Request, raw: RawSettings): Promise<Response> {
    try {
      if (made?.raw !== raw)
        made = { raw, answer: consoleApp(compose(parseConsoleEnv(raw), built, inBackground(report))) };
    } catch (error) {
      const { status, body } = errorAnswer(error, crypto.randomUUID(), Date.now());
      return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
    }
    return await made.answer(request);
  },
};
