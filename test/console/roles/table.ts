import { EVERYBODY, type Who } from "../fakes/roles-world.ts";

/** Who may what in the console, by hand: what pages show and what they leave out is compared with this. */
const WORKERS: readonly Who[] = ["owner", "admin", "member", "operator"];
const MANAGERS: readonly Who[] = ["owner", "admin", "operator"];
const PAYERS: readonly Who[] = ["owner", "operator"];

/** A page of an organisation, and who sees it. */
export const PAGES: readonly (readonly [path: string, who: readonly Who[]])[] = [
  ["overview", EVERYBODY],
  ["files", EVERYBODY],
  ["files/big%2Fbackup.img", EVERYBODY],
  ["assets", EVERYBODY],
  ["assets/a1", EVERYBODY],
  ["links", EVERYBODY],
  ["origins", EVERYBODY],
  ["domains", EVERYBODY],
  ["fills", EVERYBODY],
  ["serving", EVERYBODY],
  ["usage", EVERYBODY],
  ["usage/export?what=usage", EVERYBODY],
  ["usage/export?what=savings", EVERYBODY],
  ["plan", EVERYBODY],
  ["keys", EVERYBODY],
  ["members", EVERYBODY],
  ["audit", MANAGERS],
];

type Fields = Readonly<Record<string, string>>;
/** A form of an organisation's page: where it goes, its field `form`, the other fields, and who may send it. */
export type FormRow = readonly [path: string, form: string, fields: Fields, who: readonly Who[]];

const URL = "https://a.example/x?sig=1";
const FILE = "files/big%2Fbackup.img";
const ASSET = "assets/a1";

export const FORMS: readonly FormRow[] = [
  ["files", "preload", { url: URL }, WORKERS],
  ["files", "purge", { by: "tag", value: "spring" }, WORKERS],
  ["files", "chosen", { "chosen a": "yes" }, WORKERS],
  [FILE, "purge", {}, WORKERS],
  [FILE, "refresh", {}, WORKERS],
  [FILE, "link", {}, WORKERS],
  ["assets", "", { file: "hello" }, WORKERS],
  [ASSET, "", { file: "hello" }, WORKERS],
  [ASSET, "rename", { filename: "b.txt" }, WORKERS],
  [ASSET, "visibility", { is_public: "false" }, WORKERS],
  [ASSET, "publish", {}, WORKERS],
  [ASSET, "rollback", { version_id: "v1" }, WORKERS],
  [ASSET, "link", { ttl: "3600" }, WORKERS],
  [ASSET, "revoke", { token_id: "t1" }, WORKERS],
  [ASSET, "delete", {}, WORKERS],
  ["links", "link", { hash: "a" }, WORKERS],
  ["links", "revoke", {}, WORKERS],
  ["links", "inspect", { url: URL }, EVERYBODY],
  ["links", "key", {}, MANAGERS],
  ["links", "rotate", {}, MANAGERS],
  ["origins", "origin", { origin: "https://b.example/" }, MANAGERS],
  ["origins", "origin-access", { id: "1", access: "public" }, MANAGERS],
  ["origins", "prices", { id: "1", prices: "own", per_gb: "0.09" }, MANAGERS],
  ["origins", "origin-remove", { id: "1" }, MANAGERS],
  ["origins", "access", { access: "verify", delivery: "edge" }, MANAGERS],
  ["origins", "cname", { host: "m.example", bucket_url: "https://media.s3.amazonaws.com" }, MANAGERS],
  ["origins", "cname-remove", { host: "media.acme.example" }, MANAGERS],
  ["origins", "material", { kind: "gcs_account", email: "a@b.iam.gserviceaccount.com" }, MANAGERS],
  ["origins", "material-remove", { id: "v1" }, MANAGERS],
  ["domains", "add", { host: "x.example" }, MANAGERS],
  ["domains", "remove", { host: "files.acme.example" }, MANAGERS],
  ["fills", "", { mode: "auto" }, MANAGERS],
  ["serving", "", { resource_policy: "same-site" }, MANAGERS],
  ["keys", "add", { name: "ci", "scope usage:read": "yes" }, MANAGERS],
  ["keys", "rotate", { id: "k1" }, MANAGERS],
  ["keys", "revoke", { id: "k1" }, MANAGERS],
  ["members", "invite", { email: "eve@acme.example", role: "viewer" }, MANAGERS],
  ["members", "role", { id: "m2", role: "member" }, MANAGERS],
  ["members", "remove", { id: "m2" }, MANAGERS],
  ["members", "withdraw", { id: "i1" }, MANAGERS],
  ["plan", "", { plan: "scale" }, PAYERS],
  ["plan", "portal", {}, PAYERS],
];

/** Forms of operators' pages, which are nothing to anybody else. */
export const OPERATOR_FORMS: readonly (readonly [path: string, fields: Fields])[] = [
  ["/operator/tenants/acme", { form: "enter" }],
  ["/operator/tenants/acme", { form: "suspend", reason: "The invoice is open." }],
  ["/operator/tenants/acme", { form: "resume" }],
  ["/operator/tenants/acme", { form: "change", plan: "pro" }],
  ["/operator/dead-letters", { id: "d1" }],
  ["/operator/leave", {}],
];
