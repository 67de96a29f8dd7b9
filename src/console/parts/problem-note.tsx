import { ApiProblem } from "../api/client.ts";

/** The value, or why there is none: so that one part of a page that fails leaves the others standing. */
export async function orProblem<Value>(promise: Promise<Value>): Promise<Value | ApiProblem> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof ApiProblem && error.status !== 401) return error;
    throw error;
  }
}

/** In place of a part of a page. */
export function ProblemNote({ what, problem }: { readonly what: string; readonly problem: ApiProblem }) {
  return (
    <p class="notice notice-warn" role="status">
      {problem.status >= 500 || problem.status === 404
        ? `${what} cannot be shown at the moment. Downloads do not depend on it.`
        : `${what} cannot be shown: ${problem.message}`}
    </p>
  );
}
