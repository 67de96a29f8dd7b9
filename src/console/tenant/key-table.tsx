import type { z } from "zod";
import type { apiKey } from "../api/account.ts";
import type { TenantCall } from "../frame/call.ts";
import { may } from "../identity.ts";
import { Confirm } from "../parts/form.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type Key = z.infer<typeof apiKey>;

/** How long the old key of a rotation lives on, in hours. */
export const GRACE_HOURS = 24;

/** The keys that there are, and what can be done with each by who may. */
export function KeyTable({ call, list, action }: { call: TenantCall; list: readonly Key[]; action: string }) {
  const columns: readonly Column<Key>[] = [
    {
      label: "Name",
      heads: true,
      cell: ({ name, prefix }) => (
        <>
          {name}
          {prefix && <code class="note">{prefix}…</code>}
        </>
      ),
    },
    { label: "May", cell: ({ scopes }) => <code>{scopes.join(", ")}</code> },
    { label: "Last use", wide: true, cell: ({ last_used_at }) => <When at={last_used_at} now={call.now} /> },
    { label: "Ends", wide: true, cell: ({ expires_at }) => <When at={expires_at} now={call.now} /> },
  ];
  const actions: Column<Key> = {
    ...{ label: "Actions", quiet: true },
    cell: ({ id, name }) => (
      <>
        <Confirm
          action={action}
          label="Rotate…"
          warning={`A new key like “${name}” is made; this one lives on for ${GRACE_HOURS} hours.`}
          submit="Rotate"
          fields={{ form: "rotate", id }}
        />
        <Confirm
          action={action}
          label="Revoke…"
          warning={`Within a minute “${name}” opens nothing. This cannot be taken back.`}
          submit="Revoke"
          fields={{ form: "revoke", id }}
        />
      </>
    ),
  };
  return (
    <Table
      caption="API keys"
      rows={list}
      rowKey={({ id }) => id}
      columns={may(call.member, "keys:write") ? [...columns, actions] : columns}
    />
  );
}
