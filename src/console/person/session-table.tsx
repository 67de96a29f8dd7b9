import { browserName } from "../format/browser-name.ts";
import type { PersonCall } from "../frame/call.ts";
import type { Session } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Confirm } from "../parts/form.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type Props = {
  readonly call: PersonCall;
  readonly list: readonly Session[];
  /** Where the button that ends one leads; `null`: there is none. */
  readonly action: string | null;
};

/** Sessions of a person, and a way to end each. */
export function SessionTable({ call, list, action }: Props) {
  if (list.length === 0) {
    return (
      <Empty title="Nowhere else">
        <p>Another browser in which you sign in appears here, and can be signed out from here.</p>
      </Empty>
    );
  }
  const columns: readonly Column<Session>[] = [
    {
      label: "Browser",
      heads: true,
      cell: ({ browser, isOperators }) => (
        <>
          <span title={browser ?? undefined}>{browserName(browser)}</span>
          {isOperators && <span class="note">an operator, in your name</span>}
        </>
      ),
    },
    { label: "From", cell: ({ address }) => <code>{address ?? "—"}</code> },
    { label: "Signed in", cell: ({ since }) => <When at={since} now={call.now} /> },
    { label: "Last used", wide: true, cell: ({ used }) => <When at={used} now={call.now} /> },
  ];
  const ends: Column<Session> = {
    ...{ label: "Actions", quiet: true },
    cell: ({ id, browser }) => (
      <Confirm
        action={action ?? ""}
        label="End…"
        warning={`${browserName(browser)} has to sign in again.`}
        submit="End the session"
        fields={{ form: "end", id }}
      />
    ),
  };
  return (
    <Table
      caption="Other sessions"
      rows={list}
      rowKey={({ id }) => id}
      columns={action === null ? columns : [...columns, ends]}
    />
  );
}
