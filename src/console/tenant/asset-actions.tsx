import type { Asset } from "../api/assets.ts";
import { Confirm } from "../parts/form.tsx";

const VISIBILITY = {
  public: {
    label: "Make it private…",
    warning: "Its address and those of its versions stop working. Private links go on. Caches may keep it for an hour.",
    submit: "Make it private",
    fields: { form: "visibility", is_public: "false" },
  },
  private: {
    label: "Make it public…",
    warning: "Everybody who knows its address may download it, and each version that was ever published.",
    submit: "Make it public",
    fields: { form: "visibility", is_public: "true" },
  },
} as const;

/** What can be done with an asset by one button, or two. */
export function AssetActions({ asset, action }: { readonly asset: Asset; readonly action: string }) {
  return (
    <div class="actions">
      {asset.is_public ? (
        <form method="post" action={action}>
          <button type="submit" name="form" value="publish">
            Publish a version
          </button>
        </form>
      ) : (
        <Confirm
          action={action}
          label="Publish a version…"
          warning="The asset is private. Everybody who knows the version's address may download it, whatever the asset is."
          submit="Publish"
          fields={{ form: "publish" }}
        />
      )}
      <Confirm action={action} {...VISIBILITY[asset.is_public ? "public" : "private"]} />
      <Confirm
        action={action}
        label="Delete…"
        warning="It is gone with its versions and private links, at once. This cannot be taken back."
        submit="Delete the asset"
        fields={{ form: "delete" }}
      />
    </div>
  );
}
