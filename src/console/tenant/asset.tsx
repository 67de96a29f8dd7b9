import { type Asset, findAsset, listVersions } from "../api/assets.ts";
import { ApiProblem } from "../api/client.ts";
import { listPrivateLinks, type NewPrivateLink as MadeLink } from "../api/private-links.ts";
import { moment } from "../format/times.ts";
import { visible } from "../format/visible.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState } from "../frame/forms.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { may } from "../identity.ts";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { Secret } from "../parts/secret.tsx";
import { AssetActions } from "./asset-actions.tsx";
import { AssetFacts } from "./asset-facts.tsx";
import { RenamePanel, ReplacePanel } from "./asset-file.tsx";
import { AssetVersions } from "./asset-versions.tsx";
import { NewPrivateLink, PrivateLinks, USUAL_LIFE } from "./private-links.tsx";
import { at, tenantPage } from "./tenant-page.tsx";

/** Rows of each of the page's two tables. */
const PAGE_ROWS = 10;

/** What a form of the page has brought: the form again, what is wrong with one that has no fields, or a link, shown once. */
export type AssetResult = Partial<Readonly<Record<"rename" | "content" | "link", FormState>>> & {
  readonly problem?: string | null;
  readonly made?: MadeLink;
};

/** `GET …/assets/:id?versions=&links=`, which are cursors. */
export async function asset(call: TenantCall): Promise<Response> {
  return await showAsset(call, await assetOf(call), {});
}

/** The asset that the path names. Throws 404 when the tenant has none such. */
export async function assetOf({ api, params }: TenantCall): Promise<Asset> {
  const found = await findAsset(api, params.id ?? "");
  if (!found) throw new NoSuchPage();
  return found;
}

/** The page, with what its forms have brought. */
export async function showAsset(call: TenantCall, asset: Asset, result: AssetResult, status = 200): Promise<Response> {
  const { searchParams } = call.url;
  const cursorOf = (name: string) => ({ cursor: searchParams.get(name) || null, limit: PAGE_ROWS });
  const [versions, links] = await Promise.all([
    orProblem(listVersions(call.api, asset.id, cursorOf("versions"))),
    orProblem(listPrivateLinks(call.api, asset.id, cursorOf("links"))),
  ]);
  const here = at(call, "assets", asset.id);
  const mayWrite = may(call.member, "assets:write");
  const isFirst = !(versions instanceof ApiProblem) && !searchParams.has("versions");
  return tenantPage(call, {
    title: visible(asset.filename),
    status,
    lead: <a href={at(call, "assets")}>All assets</a>,
    children: (
      <>
        {result.problem && (
          <p class="notice notice-bad" role="alert">
            {result.problem}
          </p>
        )}
        {result.made && (
          <Secret title={`Private link, good until ${moment(result.made.expires_at)}`} secret={result.made.url} />
        )}
        <AssetFacts
          asset={asset}
          latest={(isFirst && versions.versions[0]) || null}
          edge={call.parts.edge}
          now={call.now}
        />
        {mayWrite && <AssetActions asset={asset} action={here} />}
        <section class="section" aria-labelledby="versions">
          <h2 id="versions">Versions</h2>
          {versions instanceof ApiProblem ? (
            <ProblemNote what="Versions" problem={versions} />
          ) : (
            <AssetVersions call={call} asset={asset} page={versions} action={here} />
          )}
        </section>
        <section class="panel" aria-labelledby="links">
          <h2 id="links">Private links</h2>
          {links instanceof ApiProblem ? (
            <ProblemNote what="Private links" problem={links} />
          ) : (
            <PrivateLinks call={call} page={links} action={here} />
          )}
          {mayWrite && <NewPrivateLink form={result.link ?? blank({ ttl: USUAL_LIFE })} action={here} />}
        </section>
        {mayWrite && <ReplacePanel form={result.content ?? blank()} action={here} />}
        {mayWrite && <RenamePanel form={result.rename ?? blank({ filename: asset.filename })} action={here} />}
      </>
    ),
  });
}
