import type { TenantCall } from "../frame/call.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Secret } from "../parts/secret.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type Props = {
  readonly call: TenantCall;
  readonly keys: readonly { readonly kid: string; readonly created_at: string }[];
  /** One that was just made: its secret is shown this once. */
  readonly fresh: { readonly kid: string; readonly key: string } | null;
  readonly action: string;
};

/** Two link keys, so that one can take the other's place while links of both are about. */
const MOST = 2;

/** The keys that sign links. */
export function LinkKeys({ call, keys, fresh, action }: Props) {
  const isFull = keys.length >= MOST;
  return (
    <section class="panel" aria-labelledby="link-keys">
      <h2 id="link-keys">Keys that sign links</h2>
      {fresh && <Secret title={`Link key ${fresh.kid}`} secret={fresh.key} />}
      {keys.length > 0 ? (
        <Table
          caption="Link keys"
          rows={keys}
          rowKey={({ kid }) => kid}
          columns={[
            { label: "Key id", heads: true, cell: ({ kid }) => <code>{kid}</code> },
            { label: "Made", cell: ({ created_at }) => <When at={created_at} now={call.now} /> },
          ]}
        />
      ) : (
        <Empty title="No key signs links yet">
          <p>Make one to sign links here, or on your own servers.</p>
        </Empty>
      )}
      {may(call.member, "settings:write") && (
        <form method="post" action={action}>
          <button type="submit" name="form" value={isFull ? "rotate" : "key"} class="quiet">
            {isFull ? "Replace the older key" : "Make a link key"}
          </button>
        </form>
      )}
    </section>
  );
}
