import type { TenantCall } from "../frame/call.ts";
import { type Invitation, type Member, ROLES } from "../identity.ts";
import { Confirm } from "../parts/form.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type MembersProps = { call: TenantCall; members: readonly Member[]; action: string; mayChange: boolean };

/** Who is here, and in which role. */
export function MemberTable({ call, members, action, mayChange }: MembersProps) {
  return (
    <Table
      caption="Members"
      rows={members}
      rowKey={({ id }) => id}
      columns={[
        {
          label: "Name",
          heads: true,
          cell: ({ name, email }) => (
            <>
              {name}
              <span class="note">{email}</span>
            </>
          ),
        },
        {
          label: "Role",
          cell: ({ id, name, role }) =>
            mayChange ? (
              <form method="post" action={action} class="actions">
                <input type="hidden" name="form" value="role" />
                <input type="hidden" name="id" value={id} />
                <select name="role" aria-label={`Role of ${name}`} class="compact">
                  {ROLES.map((each) => (
                    <option key={each} value={each} selected={each === role}>
                      {each}
                    </option>
                  ))}
                </select>
                <button type="submit" class="quiet small">
                  Set
                </button>
              </form>
            ) : (
              role
            ),
        },
        { label: "Since", wide: true, cell: ({ since }) => <When at={since} now={call.now} /> },
        ...(mayChange
          ? [
              {
                label: "Actions",
                quiet: true,
                cell: ({ id, name }: Member) => (
                  <Confirm
                    action={action}
                    label="Remove…"
                    warning={`${name} sees nothing here from then on.`}
                    submit="Remove"
                    fields={{ form: "remove", id }}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

type InvitedProps = { call: TenantCall; invitations: readonly Invitation[]; action: string; mayChange: boolean };

/** Who was asked, and has not come yet. */
export function Invitations({ call, invitations, action, mayChange }: InvitedProps) {
  return (
    <Table
      caption="Invitations"
      rows={invitations}
      rowKey={({ id }) => id}
      columns={[
        { label: "E-mail", heads: true, cell: ({ email }) => email },
        { label: "Role", cell: ({ role }) => role },
        { label: "Ends", wide: true, cell: ({ expires }) => <When at={expires} now={call.now} /> },
        ...(mayChange
          ? [
              {
                label: "Actions",
                quiet: true,
                cell: ({ id }: Invitation) => (
                  <form method="post" action={action}>
                    <input type="hidden" name="id" value={id} />
                    <button type="submit" name="form" value="withdraw" class="plain">
                      Withdraw
                    </button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
