import { ApiProblem } from "../api/client.ts";
import { page } from "./answer.ts";
import type { Call } from "./call.ts";
import { FormError } from "./forms.ts";
import { NoSuchPage } from "./no-such-page.ts";
import { ownPath } from "./security.ts";
import { SiteLayout } from "./site-layout.tsx";

type Problem = { readonly status: number; readonly title: string; readonly text: string; readonly again: boolean };

const NOT_FOUND: Problem = {
  status: 404,
  title: "There is nothing here",
  text: "The address is wrong, or what it named is gone, or it is not yours to see.",
  again: false,
};

/** What went wrong, as a page that says what to do. What happened inside is reported and never shown. */
export function problemPage(call: Call, error: unknown): Response {
  const problem = problemOf(error);
  if (problem.status >= 500) call.parts.report(`${call.request.method} ${call.url.pathname}`, error);
  return showProblem(call, problem);
}

export function showProblem(call: Call, { status, title, text, again }: Problem): Response {
  // A path may begin with two slashes, and would lead to another host.
  const here = ownPath(call.url.pathname + call.url.search, "/");
  return page(
    call,
    <SiteLayout call={call} title={title} narrow>
      <p class="eyebrow">Error {status}</p>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <p class="actions">
        {again && (
          <a class="button" href={call.request.method === "GET" ? here : "/app"}>
            Try again
          </a>
        )}
        <a class="button quiet" href={call.person ? "/app" : "/"}>
          {call.person ? "Back to the console" : "To the home page"}
        </a>
      </p>
    </SiteLayout>,
    { status, headers: { "Cache-Control": "no-store" } },
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof NoSuchPage) return NOT_FOUND;
  if (error instanceof FormError) return { status: 400, title: "That did not work", text: error.message, again: false };
  if (!(error instanceof ApiProblem)) {
    return {
      status: 500,
      title: "Something went wrong on our side",
      text: "It is not your doing, and it is written down. Downloads through Snapbyte do not depend on this page.",
      again: true,
    };
  }
  const { status, message } = error;
  if (status === 404) return NOT_FOUND;
  if (status === 401) return { status, title: "Please sign in again", text: message, again: true };
  if (status === 403) return { status, title: "Your role does not allow this", text: message, again: false };
  if (status >= 500) {
    const text = "The API does not answer at the moment. Downloads go on: without it they go to your origin.";
    return { status: 503, title: "We cannot reach the API", text, again: true };
  }
  return { status, title: "That did not work", text: message, again: false };
}
