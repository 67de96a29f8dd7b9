import { SnapbyteError } from "../core/errors.ts";
import type { Report } from "./in-background.ts";

/** The answer of a part that a management call cannot do without: when it cannot be reached, 503, to be repeated. */
export async function reach<Value>(what: string, answer: Promise<Value>, report: Report): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SnapbyteError) throw error;
    report(what, error);
    throw new SnapbyteError("UNAVAILABLE", undefined, { cause: error });
  }
}
