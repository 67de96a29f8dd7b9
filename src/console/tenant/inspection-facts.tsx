import type { Inspection } from "../api/links.ts";
import { moment } from "../format/times.ts";
import { Badge } from "../parts/badge.tsx";
import { Facts } from "../parts/facts.tsx";

/** What a URL means to the cache. */
export function InspectionFacts({ inspection }: { readonly inspection: Inspection }) {
  const { provider, identity, expires_at, storable, reason, access, cached, parameters } = inspection;
  const names = (list: readonly string[]) => (list.length > 0 ? <code>{list.join(", ")}</code> : "none");
  return (
    <Facts
      facts={[
        ["Stored", storable ? <Badge tone="good">yes</Badge> : <Badge tone="warn">no</Badge>],
        ["Why not", reason ?? "nothing stands in the way"],
        ["Copy", cached ? "there is one" : "there is none yet"],
        ["Provider", provider ?? "none that we know"],
        ["Object", <code key="object">{identity}</code>],
        ["Access", access ?? "no line of the allow-list covers it"],
        ["Ends", expires_at ? moment(expires_at) : "it does not say"],
        ["Credentials", names(parameters.credential)],
        ["Choose the bytes", names(parameters.significant)],
        ["Change headers only", names(parameters.presentational)],
        ["Not signed", names(parameters.unsigned)],
      ]}
    />
  );
}
