import { binding, type RawSettings, text } from "../core/settings.ts";
import type { AskApi } from "./frame/call.ts";

/** What the console Worker runs with, checked once per isolate. */
export type ConsoleEnv = {
  readonly askApi: AskApi;
  /** Where customers' downloads go, without a slash at its end. */
  readonly edge: string;
  /** Local development. */
  readonly local: boolean;
};

type Service = { fetch(request: Request): Promise<Response> };

/** Throws MISCONFIGURED, naming what is missing and never its value. */
export function parseConsoleEnv(raw: RawSettings): ConsoleEnv {
  const api = binding<Service>(raw, "API");
  return {
    askApi: (request) => api.fetch(request),
    edge: text(raw, "EDGE_URL").replace(/\/+$/, ""),
    local: text(raw, "ENVIRONMENT") === "local",
  };
}
