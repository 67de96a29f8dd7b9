import { type DeadLetter, listDeadLetters, replayDeadLetter } from "../api/operator.ts";
import { attempt } from "../frame/attempt.ts";
import type { OperatorCall } from "../frame/call.ts";
import { readForm } from "../frame/forms.ts";
import { Empty } from "../parts/empty.tsx";
import { Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { done, operatorPage } from "./operator-page.tsx";

const PAGE_ROWS = 50;
const HERE = "/operator/dead-letters";

/** `GET /operator/dead-letters?cursor=`. */
export async function deadLetters(call: OperatorCall): Promise<Response> {
  return await show(call, null);
}

/** `POST /operator/dead-letters`: puts one back into its queue. */
export async function replay(call: OperatorCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, () => replayDeadLetter(call.api, values.id ?? ""));
  if (!result.ok) return await show(call, result.form.problem, 422);
  return done(call, HERE, "The message is in its queue again.");
}

async function show(call: OperatorCall, problem: string | null, status = 200): Promise<Response> {
  const cursor = call.url.searchParams.get("cursor");
  const page = await listDeadLetters(call.api, { cursor, limit: PAGE_ROWS });
  return operatorPage(call, {
    title: "Dead letters",
    status,
    lead: "Messages that failed at every attempt. Replaying puts one back into its queue, with its attempts before it.",
    children: (
      <>
        {problem && (
          <p class="notice notice-bad" role="alert">
            {problem}
          </p>
        )}
        {page.dead_letters.length > 0 ? (
          <Letters call={call} letters={page.dead_letters} />
        ) : (
          <Empty title="No dead letters">
            <p>Every message has been dealt with.</p>
          </Empty>
        )}
        <Pager
          label="Pages of dead letters"
          next={page.cursor && `${HERE}?cursor=${encodeURIComponent(page.cursor)}`}
          first={cursor ? HERE : null}
        />
      </>
    ),
  });
}

function Letters({ call, letters }: { call: OperatorCall; letters: readonly DeadLetter[] }) {
  return (
    <Table
      caption="Dead letters"
      rows={letters}
      rowKey={({ id }) => id}
      columns={[
        {
          label: "What",
          heads: true,
          cell: ({ key, queue, error }) => (
            <>
              <span class="key-cell mono" title={key ?? queue}>
                {key ?? queue}
              </span>
              {error && (
                <span class="note">
                  {error.message} ({error.code})
                </span>
              )}
            </>
          ),
        },
        { label: "Tenant", cell: ({ tenant }) => tenant ?? "—" },
        { label: "When", wide: true, cell: ({ at }) => <When at={at} now={call.now} /> },
        { label: "Replayed", wide: true, cell: ({ replayed_at }) => <When at={replayed_at} now={call.now} /> },
        {
          label: "Actions",
          quiet: true,
          cell: ({ id, key }) => (
            <form method="post" action={HERE}>
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="quiet small" aria-label={`Replay ${key ?? id}`}>
                Replay
              </button>
            </form>
          ),
        },
      ]}
    />
  );
}
