import { type Asset, listAssets, uploadAsset } from "../api/assets.ts";
import { bytes, count } from "../format/numbers.ts";
import { visible } from "../format/visible.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { AssetBadge } from "./asset-facts.tsx";
import { UploadPanel } from "./asset-file.tsx";
import { chosenFile } from "./chosen-file.ts";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** Rows of one page: some 30 kB of HTML. */
const PAGE_ROWS = 50;

/** `GET …/assets?cursor=`. */
export async function assets(call: TenantCall): Promise<Response> {
  return await show(call, blank());
}

/** `POST …/assets?is_public=`: passes a file on to the API, as it comes. */
export async function actOnAssets(call: TenantCall): Promise<Response> {
  const isPublic = call.url.searchParams.get("is_public") === "true";
  const result = await attempt({}, async () => {
    demand(call, "assets:write");
    return await chosenFile(call.request, (form) => uploadAsset(call.api, form, isPublic));
  });
  if (!result.ok) return await show(call, result.form, 422);
  return done(call, at(call, "assets", result.value.id), "The file is stored.");
}

async function show(call: TenantCall, form: FormState, status = 200): Promise<Response> {
  const here = at(call, "assets");
  const cursor = call.url.searchParams.get("cursor") || null;
  const page = await listAssets(call.api, { cursor, limit: PAGE_ROWS });
  const mayWrite = may(call.member, "assets:write");
  return tenantPage(call, {
    title: "Assets",
    status,
    lead: (
      <>
        Files that you keep with us, with versions and private links. <a href="/docs/assets">How assets work</a>
      </>
    ),
    action: mayWrite && (
      <a class="button" href="#upload">
        Upload
      </a>
    ),
    children: (
      <>
        {page.assets.length > 0 ? (
          <AssetTable call={call} assets={page.assets} />
        ) : (
          <Empty title="No assets yet">
            <p>They need no origin: what is uploaded here, or by the API, is all there is.</p>
          </Empty>
        )}
        <Pager
          label="Pages of assets"
          next={page.cursor && `${here}?cursor=${encodeURIComponent(page.cursor)}`}
          first={cursor ? here : null}
        />
        {mayWrite && <UploadPanel form={form} action={here} />}
      </>
    ),
  });
}

function AssetTable({ call, assets }: { readonly call: TenantCall; readonly assets: readonly Asset[] }) {
  return (
    <Table
      caption="Assets"
      tight
      rows={assets}
      rowKey={({ id }) => id}
      columns={[
        {
          label: "Name",
          heads: true,
          cell: ({ id, filename }) => (
            <a class="key-cell" href={at(call, "assets", id)} title={visible(filename)}>
              <bdi>{visible(filename)}</bdi>
            </a>
          ),
        },
        { label: "Access", cell: (asset) => <AssetBadge asset={asset} /> },
        { label: "Size", numeric: true, cell: ({ size }) => bytes(size) },
        { label: "Versions", numeric: true, wide: true, cell: ({ versions }) => count(versions) },
        { label: "Changed", wide: true, cell: ({ updated_at }) => <When at={updated_at} now={call.now} /> },
      ]}
    />
  );
}
