import type { PrivateLink, PrivateLinkPage } from "../api/private-links.ts";
import { count } from "../format/numbers.ts";
import type { TenantCall } from "../frame/call.ts";
import { FormError, type FormState } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Badge } from "../parts/badge.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { Pager } from "../parts/pager.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

/** How long a private link lives, in seconds. */
const LIVES = [
  ["600", "10 minutes"],
  ["3600", "1 hour"],
  ["86400", "1 day"],
  ["604800", "7 days"],
  ["2592000", "30 days"],
] as const;
export const USUAL_LIFE = "3600";

/** What the form asks for. Throws {@link FormError} for what it cannot mean. */
export function privateLinkWish({ ttl, max_downloads: most = "" }: Readonly<Record<string, string>>) {
  const life = LIVES.find(([seconds]) => seconds === ttl)?.[0];
  if (life === undefined) throw new FormError(null, { ttl: "Choose one of the list." });
  if (!/^(?:[1-9]\d{0,6})?$/.test(most))
    throw new FormError(null, { max_downloads: "Type a whole number, or nothing." });
  return { ttl: Number(life), max_downloads: most === "" ? null : Number(most) };
}

/** Asks for how long, and for how many downloads, a private link is to be. */
export function NewPrivateLink({ form, action }: { readonly form: FormState; readonly action: string }) {
  return (
    <Form form={form} action={action} name="link" submit="Make a private link" inline>
      <Choose form={form} name="ttl" label="Good for" choices={LIVES} />
      <Field
        form={form}
        name="max_downloads"
        label="Downloads"
        hint="As many as anybody likes, unless you say. A part of the file counts as much as the whole."
        inputmode="numeric"
      />
    </Form>
  );
}

type Props = { readonly call: TenantCall; readonly page: PrivateLinkPage; readonly action: string };

/** The private links that have not expired: not what opens the asset, which nobody knows but who has it. */
export function PrivateLinks({ call, page: { tokens, cursor }, action }: Props) {
  const columns: readonly Column<PrivateLink>[] = [
    {
      label: "Link",
      heads: true,
      cell: ({ token_id, created_at }) => (
        <>
          made <When at={created_at} now={call.now} />
          <code class="note">{token_id}</code>
        </>
      ),
    },
    { label: "Ends", cell: ({ expires_at }) => <When at={expires_at} now={call.now} /> },
    { label: "Downloads", cell: (link) => <Downloads link={link} /> },
  ];
  const actions: Column<PrivateLink> = {
    ...{ label: "Actions", quiet: true },
    cell: ({ token_id }) => (
      <Confirm
        action={action}
        label="Revoke…"
        warning="It opens nothing any more, anywhere. Downloads that have begun go on."
        submit="Revoke"
        fields={{ form: "revoke", token_id }}
      />
    ),
  };
  const isLater = call.url.searchParams.has("links");
  return (
    <>
      {tokens.length > 0 ? (
        <Table
          caption="Private links"
          rows={tokens}
          rowKey={({ token_id }) => token_id}
          columns={may(call.member, "assets:write") ? [...columns, actions] : columns}
        />
      ) : (
        <p class="muted">There is none that has not expired.</p>
      )}
      <Pager
        label="Pages of private links"
        next={cursor && `${action}?links=${encodeURIComponent(cursor)}#links`}
        first={isLater ? `${action}#links` : null}
      />
    </>
  );
}

function Downloads({ link: { downloads, max_downloads: most } }: { readonly link: PrivateLink }) {
  if (most === null) return <>{count(downloads)}</>;
  return (
    <>
      {count(downloads)} of {count(most)} {downloads >= most && <Badge tone="quiet">used up</Badge>}
    </>
  );
}
