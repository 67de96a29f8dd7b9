import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import type { FormState } from "../frame/forms.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { Empty } from "../parts/empty.tsx";
import { Answer } from "./calculator-answer.tsx";
import { DEFAULTS, Questions, readWish } from "./calculator-questions.tsx";

/** `GET /calculator`: the form is a question, so its answer has an address. */
export async function calculator(call: Call): Promise<Response> {
  const { estimator } = call.parts;
  const asked = Object.fromEntries(call.url.searchParams);
  const values = { ...DEFAULTS, tariff: estimator?.tariffs[0]?.id ?? "", ...asked };
  const { wish, errors } = readWish(values, estimator);
  const form: FormState = { values, errors, problem: null };
  const answer = wish && estimator ? estimator.estimate(wish) : null;
  return page(
    call,
    <SiteLayout call={call} title="Savings calculator" description="What would a month of your downloads save?">
      <h1>What would it save?</h1>
      <p class="lead">
        Everything depends on how often the same file is downloaded again. The same code that makes this estimate writes
        the ledger of real savings.
      </p>
      {estimator ? (
        <div class="two">
          <Questions form={form} estimator={estimator} />
          <section id="estimate" class="estimate" aria-label="Estimate" aria-live="polite">
            {answer ? (
              <Answer answer={answer} />
            ) : (
              <p class="notice notice-bad">Some of the fields need another look.</p>
            )}
          </section>
        </div>
      ) : (
        <Empty title="There are no price tables in this deployment">
          <p>So there is nothing to calculate with, and we do not guess. The documentation says what is charged for.</p>
          <a class="button quiet" href="/docs/start">
            Read the documentation
          </a>
        </Empty>
      )}
    </SiteLayout>,
    { status: estimator && !answer ? 400 : 200 },
  );
}
