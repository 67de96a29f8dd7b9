import { type Asset, changeAsset, publishAsset, removeAsset, replaceContent, rollBack } from "../api/assets.ts";
import { ApiProblem } from "../api/client.ts";
import { makePrivateLink, revokePrivateLink } from "../api/private-links.ts";
import { count } from "../format/numbers.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { FormError, readForm, required } from "../frame/forms.ts";
import { hasFile } from "../frame/hear-out.ts";
import { assetOf, showAsset } from "./asset.tsx";
import { chosenFile } from "./chosen-file.ts";
import { privateLinkWish } from "./private-links.tsx";
import { at, demand, done } from "./tenant-page.tsx";

type Values = Readonly<Record<string, string>>;

/** `POST …/assets/:id`: changes it, publishes, rolls back, makes and revokes private links, deletes it. */
export async function actOnAsset(call: TenantCall): Promise<Response> {
  const asset = await assetOf(call);
  if (hasFile(call.request)) return await replace(call, asset);
  const values = await readForm(call.request);
  if (values.form === "link") return await makeLink(call, asset, values);
  const result = await attempt(values, async () => {
    demand(call, "assets:write");
    return await change(call, asset, values);
  });
  if (result.ok) return done(call, at(call, "assets", ...(values.form === "delete" ? [] : [asset.id])), result.value);
  const again = values.form === "rename" ? { rename: result.form } : { problem: result.form.problem };
  return await showAsset(call, asset, again, 422);
}

/** Passes a new content on to the API, as it comes. */
async function replace(call: TenantCall, asset: Asset): Promise<Response> {
  const result = await attempt({}, async () => {
    demand(call, "assets:write");
    return await chosenFile(call.request, (form) => replaceContent(call.api, asset.id, form));
  });
  if (!result.ok) return await showAsset(call, asset, { content: result.form }, 422);
  return done(call, at(call, "assets", asset.id), "The asset has its new content.");
}

/** The link is shown in the answer itself, and nowhere else. */
async function makeLink(call: TenantCall, asset: Asset, values: Values): Promise<Response> {
  const result = await attempt(values, async () => {
    demand(call, "assets:write");
    return await makePrivateLink(call.api, asset.id, privateLinkWish(values), call.parts.edge);
  });
  if (!result.ok) return await showAsset(call, asset, { link: result.form }, 422);
  return await showAsset(call, asset, { made: result.value });
}

/** Does what a form without an answer of its own asks for, and says what was done. */
async function change({ api }: TenantCall, { id }: Asset, values: Values): Promise<string> {
  switch (values.form) {
    case "rename":
      await changeAsset(api, id, { filename: required(values, "filename", "Type a name.") });
      return "The asset is renamed.";
    case "visibility": {
      const isPublic = values.is_public === "true";
      await changeAsset(api, id, { is_public: isPublic });
      return isPublic ? "The asset is public." : "The asset is private, and its versions are withdrawn.";
    }
    case "publish": {
      const { version_number } = await publishAsset(api, id);
      return `Version ${count(version_number)} is published.`;
    }
    case "rollback":
      await rollBack(api, id, values.version_id ?? "");
      return "The asset is what that version holds.";
    case "revoke":
      await revokePrivateLink(api, id, values.token_id ?? "").catch(unlessOver);
      return "The link opens nothing any more.";
    case "delete":
      await removeAsset(api, id);
      return "The asset is deleted, with its versions and private links.";
    default:
      throw new FormError("This form is not one of this page. Load the page anew.");
  }
}

/** One that has expired since the page was loaded is as good as revoked. */
function unlessOver(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
}
