import { type Asset, type AssetVersion, type AssetVersionPage, shownAt } from "../api/assets.ts";
import { bytes, count } from "../format/numbers.ts";
import { visible } from "../format/visible.ts";
import type { TenantCall } from "../frame/call.ts";
import { may } from "../identity.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { Confirm } from "../parts/form.tsx";
import { Pager } from "../parts/pager.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type Props = {
  readonly call: TenantCall;
  readonly asset: Asset;
  readonly page: AssetVersionPage;
  readonly action: string;
};

/** What was published of an asset, and a way back to it. */
export function AssetVersions({ call, asset, page: { versions, cursor }, action }: Props) {
  const isCurrent = ({ etag }: AssetVersion) => etag === asset.etag;
  const columns: readonly Column<AssetVersion>[] = [
    {
      label: "Version",
      heads: true,
      cell: (version) => (
        <>
          <VersionLink call={call} version={version} /> {isCurrent(version) && <Badge tone="good">current</Badge>}
        </>
      ),
    },
    { label: "Published", cell: ({ published_at }) => <When at={published_at} now={call.now} /> },
    { label: "Name", wide: true, cell: ({ filename }) => <bdi class="key-cell">{visible(filename)}</bdi> },
    { label: "Size", numeric: true, wide: true, cell: ({ size }) => bytes(size) },
  ];
  const actions: Column<AssetVersion> = {
    ...{ label: "Actions", quiet: true },
    cell: (version) =>
      isCurrent(version) ? null : (
        <Confirm
          action={action}
          label="Roll back…"
          warning={`The asset is what version ${count(version.version_number)} holds. What it is now can be had only as versions that were published.`}
          submit="Roll back"
          fields={{ form: "rollback", version_id: version.version_id }}
        />
      ),
  };
  const isLater = call.url.searchParams.has("versions");
  return (
    <>
      {versions.length > 0 ? (
        <Table
          caption="Versions"
          rows={versions}
          rowKey={({ version_id }) => version_id}
          columns={may(call.member, "assets:write") ? [...columns, actions] : columns}
        />
      ) : (
        <Empty title="Nothing was published yet">
          <p>A version is what the asset is at that moment, under an address of its own, and never changes.</p>
        </Empty>
      )}
      <Pager
        label="Pages of versions"
        next={cursor && `${action}?versions=${encodeURIComponent(cursor)}#versions`}
        first={isLater ? `${action}#versions` : null}
      />
    </>
  );
}

/** To where everybody gets it, unless it was withdrawn. */
function VersionLink({ call, version }: { readonly call: TenantCall; readonly version: AssetVersion }) {
  const name = `Version ${count(version.version_number)}`;
  if (!version.is_public) {
    return (
      <>
        {name} <Badge tone="warn">withdrawn</Badge>
      </>
    );
  }
  return <a href={shownAt(version.url, call.parts.edge)}>{name}</a>;
}
