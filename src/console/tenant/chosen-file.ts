import { ApiProblem, type PassedBody } from "../api/client.ts";
import { FormError } from "../frame/forms.ts";
import { handOn, hasFile } from "../frame/hear-out.ts";

/**
 * Has the file of a form taken by `take`, as it comes. Throws {@link FormError} at the field `file` where there is none, or
 * where its name is what the API does not take; everything else as `take` does, and always once all of the form has come.
 */
export async function chosenFile<Taken>(request: Request, take: (form: PassedBody) => Promise<Taken>): Promise<Taken> {
  if (!request.body || !hasFile(request)) throw new FormError(null, { file: "Choose a file." });
  const { body, hearOut } = handOn(request.body);
  try {
    return await take({ body, headers: request.headers });
  } catch (error) {
    await hearOut();
    throw error instanceof ApiProblem ? atFile(error) : error;
  }
}

function atFile(problem: ApiProblem): Error {
  if (problem.code === "MISSING_FIELD") return new FormError(null, { file: "Choose a file." });
  const [, todo] = /^filename: (.+)$/s.exec(problem.message) ?? [];
  return todo === undefined ? problem : new FormError(null, { file: `Choose a file. Its name ${todo}` });
}
