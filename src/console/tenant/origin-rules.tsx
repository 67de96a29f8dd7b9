import type { Origin } from "../api/settings.ts";
import type { TenantCall } from "../frame/call.ts";
import { may } from "../identity.ts";
import { Confirm } from "../parts/form.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { ACCESS_WORDS } from "./access-panel.tsx";
import { PricesInForce } from "./origin-prices.tsx";

export const ACCESS_CHOICES = [["", "As the organisation's default"], ...ACCESS_WORDS] as const;

type Props = {
  call: TenantCall;
  rules: readonly Origin[];
  action: string;
};

/** The allow-list, and what can be changed of each line in its place. */
export function OriginRules({ call, rules, action }: Props) {
  const mayChange = may(call.member, "settings:write");
  return (
    <Table
      caption="Allowed origins"
      rows={rules}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          label: "Origin",
          heads: true,
          cell: ({ origin, tags, obey_private }) => (
            <>
              <code>{origin}</code>
              {tags.length > 0 && <span class="note">tags: {tags.join(", ")}</span>}
              {obey_private && <span class="note">obeys Cache-Control: private</span>}
            </>
          ),
        },
        { label: "Access", cell: (rule) => <RuleAccess rule={rule} action={action} mayChange={mayChange} /> },
        {
          label: "Prices",
          cell: (rule) => (
            <>
              <PricesInForce rule={rule} />
              {mayChange && (
                <a
                  class="note"
                  href={`${action}?prices=${rule.id}#prices`}
                  aria-label={`Change the prices of ${rule.origin}`}
                >
                  Change…
                </a>
              )}
            </>
          ),
        },
        { label: "Added", wide: true, cell: ({ created_at }) => <When at={created_at} now={call.now} /> },
        ...(mayChange
          ? [
              {
                label: "Actions",
                quiet: true,
                cell: ({ id, origin }: Origin) => (
                  <Confirm
                    action={action}
                    label="Remove…"
                    warning={`Downloads from ${origin} are refused from then on.`}
                    submit="Remove the origin"
                    fields={{ form: "origin-remove", id: String(id) }}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

type RuleProps = { rule: Origin; action: string; mayChange: boolean };

function RuleAccess({ rule, action, mayChange }: RuleProps) {
  if (!mayChange) return <>{rule.access ?? "default"}</>;
  return (
    <form method="post" action={action} class="actions">
      <input type="hidden" name="form" value="origin-access" />
      <input type="hidden" name="id" value={rule.id} />
      <select name="access" aria-label={`Access of ${rule.origin}`} class="compact">
        {ACCESS_CHOICES.map(([value]) => (
          <option key={value} value={value} selected={(rule.access ?? "") === value}>
            {value || "default"}
          </option>
        ))}
      </select>
      <button type="submit" class="quiet small">
        Set
      </button>
    </form>
  );
}
