import { ApiProblem } from "../api/client.ts";
import { browserName } from "../format/browser-name.ts";
import { goTo, page } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { PersonCall } from "../frame/call.ts";
import { ConsoleLayout } from "../frame/console-layout.tsx";
import { flashCookie } from "../frame/flash.ts";
import { blank, type FormState, readForm } from "../frame/forms.ts";
import { Badge } from "../parts/badge.tsx";
import { Confirm } from "../parts/form.tsx";
import { settle } from "../site/sign-in.tsx";
import { SessionTable } from "./session-table.tsx";

const HERE = "/app/sessions";

/** `GET /app/sessions`. */
export async function sessions(call: PersonCall): Promise<Response> {
  return await show(call, blank());
}

/** `POST /app/sessions`: ends one, or all but this one. Who acts in somebody's name ends none of theirs. */
export async function actOnSessions(call: PersonCall): Promise<Response> {
  const values = await readForm(call.request);
  const { auth } = call.parts;
  if (call.person.impersonatedBy !== null) {
    throw new ApiProblem(403, "FORBIDDEN", "You act in somebody's name: where they are signed in is theirs to change.");
  }
  const result = await attempt(values, async () => {
    if (values.form === "others") {
      return { ...settle(await auth.endOtherSessions(call.request)), text: "You are signed in nowhere else." };
    }
    return {
      ...settle(await auth.endSession(call.request, { id: values.id ?? "" })),
      text: "The session is over: whoever had it has to sign in again.",
    };
  });
  if (!result.ok) return await show(call, result.form, 422);
  const { cookies, text } = result.value;
  return goTo(call, HERE, [...cookies, flashCookie(call.url, { kind: "done", text })]);
}

async function show(call: PersonCall, form: FormState, status = 200): Promise<Response> {
  const list = await call.parts.auth.sessions(call.request);
  const others = list.filter(({ isHere }) => !isHere);
  const mayEnd = call.person.impersonatedBy === null;
  const here = list.find(({ isHere }) => isHere);
  return page(
    call,
    <ConsoleLayout
      call={call}
      title="Where you are signed in"
      member={null}
      lead={
        <>
          A session ends by itself after 14 days without use. <a href="/app/account">Your account</a>
        </>
      }
    >
      {form.problem && (
        <p class="notice notice-bad" role="alert">
          {form.problem}
        </p>
      )}
      <section class="panel" aria-labelledby="here">
        <div class="page-head">
          <h2 id="here">{browserName(here?.browser ?? null)}</h2>
          <Badge tone="good">this one</Badge>
        </div>
        <p class="muted">{here?.address ? `From ${here.address}.` : "Its network is not known."}</p>
      </section>
      <section class="section" aria-labelledby="others">
        <h2 id="others">Elsewhere</h2>
        <SessionTable call={call} list={others} action={mayEnd ? HERE : null} />
        {mayEnd && others.length > 1 && (
          <Confirm
            action={HERE}
            label="End all others…"
            warning={`You stay signed in here; ${others.length} others have to sign in again.`}
            submit="End them"
            fields={{ form: "others" }}
            small={false}
          />
        )}
      </section>
    </ConsoleLayout>,
    { status },
  );
}
