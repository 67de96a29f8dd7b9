import { Fragment } from "preact";
import type { AuditRecord } from "../api/account.ts";
import { visible } from "../format/visible.ts";
import type { TenantCall } from "../frame/call.ts";
import { at } from "./tenant-page.tsx";

/** Characters of one fact, and of all that are shown of a change: the API has the whole. */
const MOST_OF_ONE = 120;
const MOST = 280;

type Props = Pick<AuditRecord, "action" | "detail"> & { readonly call: TenantCall };

/** The facts of a change as one line. What people have named stays by itself, whichever way it is written. */
export function AuditDetail({ call, action, detail }: Props) {
  const href = assetAt(call, action, detail);
  let room = MOST;
  const facts = Object.entries(detail).flatMap(([name, value]) => {
    const text = cut(visible(typeof value === "string" ? value : JSON.stringify(value)));
    room -= name.length + text.length + 4;
    return room < 0 ? [] : [{ name, text }];
  });
  return (
    <span class="note">
      {facts.map(({ name, text }, place) => (
        <Fragment key={name}>
          {place > 0 && ", "}
          {name}: {name === "id" && href ? <a href={href}>{text}</a> : <bdi>{text}</bdi>}
        </Fragment>
      ))}
      {room < 0 && "…"}
    </span>
  );
}

/** The page of the asset that a change is about, unless that is gone. */
function assetAt(call: TenantCall, action: string, { id }: AuditRecord["detail"]): string | null {
  const isThere = action.startsWith("assets.") && action !== "assets.remove";
  return isThere && typeof id === "string" ? at(call, "assets", id) : null;
}

function cut(text: string): string {
  return text.length > MOST_OF_ONE ? `${text.slice(0, MOST_OF_ONE - 1)}…` : text;
}
