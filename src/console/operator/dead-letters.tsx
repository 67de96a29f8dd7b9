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

const OUTCOMES = {
  queued: "The message is in its queue again.",
  filling: "Somebody else fills the entry at the moment. The letter stays until that has ended.",
  ready: "There is nothing left to do: what it asked for is there.",
} as const;

const WHAT = {
  fill: "A fill",
  manifest: "A manifest that was to be fetched",
  manifest_chunk: "Lines of a manifest",
  unknown: "A message of an unknown form",
} as const;

/** `GET /operator/dead-letters?cursor=`. */
export async function deadLetters(call: OperatorCall): Promise<Response> {
  return await show(call, null);
}

/** `POST /operator/dead-letters`: sends one again. */
export async function replay(call: OperatorCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, () => replayDeadLetter(call.api, values.id ?? ""));
  if (!result.ok) return await show(call, result.form.problem, 422);
  return done(call, HERE, OUTCOMES[result.value.status]);
}

async function show(call: OperatorCall, problem: string | null, status = 200): Promise<Response> {
  const cursor = call.url.searchParams.get("cursor");
  const page = await listDeadLetters(call.api, { cursor, limit: PAGE_ROWS });
  return operatorPage(call, {
    title: "Dead letters",
    status,
    lead: "Messages that failed at every attempt. Replaying sends one again, as if it were new.",
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

function Letters({ call: { now }, letters }: { call: OperatorCall; letters: readonly DeadLetter[] }) {
  return (
    <Table
      caption="Dead letters"
      rows={letters}
      rowKey={({ id }) => id}
      columns={[
        { label: "What", heads: true, cell: (letter) => <What {...letter} /> },
        { label: "Tenant", cell: ({ tenant }) => <Tenant id={tenant} /> },
        { label: "Attempts", wide: true, cell: ({ attempts }) => attempts },
        { label: "Given up", wide: true, cell: ({ at }) => <When at={at} now={now} /> },
        { label: "URL ends", wide: true, cell: ({ source_ends_at }) => <When at={source_ends_at} now={now} /> },
        { label: "Replay", cell: (letter) => <Replay letter={letter} now={now} /> },
      ]}
    />
  );
}

function What({ id, kind, key, batch, error }: DeadLetter) {
  const name = key ?? batch ?? id;
  return (
    <>
      <span class="key-cell mono" title={name}>
        {name}
      </span>
      <span class="note">
        {WHAT[kind]}: {error.message} ({error.code})
      </span>
    </>
  );
}

function Tenant({ id }: { id: string | null }) {
  return id === null ? <>—</> : <a href={`/operator/tenants/${encodeURIComponent(id)}`}>{id}</a>;
}

function Replay({ letter: { id, key, batch, replayed_at }, now }: { letter: DeadLetter; now: number }) {
  if (replayed_at !== null) return <When at={replayed_at} now={now} />;
  return (
    <form method="post" action={HERE}>
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="quiet small" aria-label={`Replay ${key ?? batch ?? id}`}>
        Replay
      </button>
    </form>
  );
}
