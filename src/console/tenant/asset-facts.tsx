import { type Asset, type AssetVersion, shownAt } from "../api/assets.ts";
import { bytes, count, counted } from "../format/numbers.ts";
import { moment } from "../format/times.ts";
import { Badge } from "../parts/badge.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { Facts } from "../parts/facts.tsx";
import { When } from "../parts/when.tsx";

type Props = {
  readonly asset: Asset;
  /** The newest of its versions, where it is known. */
  readonly latest: AssetVersion | null;
  readonly edge: string;
  readonly now: number;
};

/** All that is known of an asset, and where it is downloaded. */
export function AssetFacts({ asset, latest, edge, now }: Props) {
  const { download_url: url } = asset;
  return (
    <Facts
      facts={[
        ["Who may download it", <AssetBadge key="who" asset={asset} />],
        [
          "Address",
          url === null ? (
            "none while it is private, but private links"
          ) : (
            <Copyable key="url" text={shownAt(url, edge)} label="the address" />
          ),
        ],
        ...(latest?.is_public
          ? ([
              [
                `Address of version ${count(latest.version_number)}, for good`,
                <Copyable key="version" text={shownAt(latest.url, edge)} label="the version's address" />,
              ],
            ] as const)
          : []),
        ["Size", `${bytes(asset.size)} (${counted(asset.size, "byte")})`],
        ["Type", asset.content_type ?? "nobody has said"],
        ["ETag", <code key="etag">{asset.etag}</code>],
        ["Versions", asset.versions === 0 ? "none published yet" : `${count(asset.versions)} published`],
        ["Stored", moment(asset.created_at)],
        ["Changed", <When key="changed" at={asset.updated_at} now={now} />],
      ]}
    />
  );
}

/** Who may download an asset. */
export function AssetBadge({ asset }: { readonly asset: Asset }) {
  return asset.is_public ? <Badge tone="good">public</Badge> : <Badge tone="quiet">private</Badge>;
}
