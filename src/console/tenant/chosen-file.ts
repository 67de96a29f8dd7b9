import { formBoundary } from "../../core/http/multipart-form.ts";
import { ApiProblem, type PassedBody } from "../api/client.ts";
import { FormError } from "../frame/forms.ts";

/** Whether a request is a form with a file in it. */
export function hasFile({ headers }: Pick<Request, "headers">): boolean {
  return formBoundary(headers.get("Content-Type")) !== null;
}

/**
 * Has the file of a form taken by `take`. Throws {@link FormError} at the field `file` where there is none, or where its
 * name is what the API does not take; everything else as `take` does.
 */
export async function chosenFile<Taken>(request: Request, take: (form: PassedBody) => Promise<Taken>): Promise<Taken> {
  if (!hasFile(request)) throw new FormError(null, { file: "Choose a file." });
  try {
    return await take(request);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === "MISSING_FIELD") throw new FormError(null, { file: "Choose a file." });
    const [, todo] = /^filename: (.+)$/s.exec(error.message) ?? [];
    if (todo === undefined) throw error;
    throw new FormError(null, { file: `Choose a file. Its name ${todo}` });
  }
}
