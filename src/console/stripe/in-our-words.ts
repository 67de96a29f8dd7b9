import { ApiProblem } from "../api/client.ts";

/** An error of the library, without loading it: all of them name their kind so. */
type StripeFailure = Error & { readonly type: string; readonly statusCode?: number; readonly code?: string };

export function isStripeFailure(error: unknown): error is StripeFailure {
  return error instanceof Error && "type" in error && String(error.type).startsWith("Stripe");
}

const DECLINED =
  "The payment was declined, and nothing was changed. Choose another card under Cards and addresses, then try again.";
const AWAY =
  "Stripe, who takes the payments, does not answer as it should. Nothing was changed: try again in some minutes.";

/** Throws {@link ApiProblem} in words for the person, in place of what Stripe says to us; that is reported. */
export async function inOurWords<Value>(
  work: Promise<Value>,
  report: (what: string, error: unknown) => void,
): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!isStripeFailure(error)) throw error;
    const isDeclined = error.type === "StripeCardError";
    if (!isDeclined) report("payment", error);
    throw Object.assign(new ApiProblem(402, "PAYMENT", isDeclined ? DECLINED : AWAY), { cause: error });
  }
}
