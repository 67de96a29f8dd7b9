import built from "snapbyte:built";
import { errorAnswer } from "../core/error-body.ts";
import type { RawSettings } from "../core/settings.ts";
import { compose } from "./compose.ts";
import { type Answer, consoleApp } from "./console.ts";
import { parseConsoleEnv } from "./env.ts";
import type { ConsoleParts } from "./frame/call.ts";
import { inBackground } from "./in-background.ts";
import { report } from "./report.ts";

type Made = { readonly raw: RawSettings; readonly parts: ConsoleParts; readonly answer: Answer };

/** The composed Worker of this isolate, and the environment that it was made from. */
let made: Made | undefined;

function madeOf(raw: RawSettings): Made {
  if (made?.raw === raw) return made;
  const parts = compose(parseConsoleEnv(raw), built, inBackground(report));
  made = { raw, parts, answer: consoleApp(parts) };
  return made;
}

export default {
  async fetch(request: Request, raw: RawSettings): Promise<Response> {
    let answer: Answer;
    try {
      ({ answer } = madeOf(raw));
    } catch (error) {
      const { status, body } = errorAnswer(error, crypto.randomUUID(), Date.now());
      return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
    }
    return await answer(request);
  },

  /** Each hour: what was used is told to whoever takes the money. */
  async scheduled(_: unknown, raw: RawSettings): Promise<void> {
    await madeOf(raw).parts.payment?.reportUsage();
  },
};
