/** Every page that there is, by who may see it. */
export const PUBLIC_PATHS = [
  "/",
  "/calculator",
  "/pricing",
  "/docs",
  "/docs/start",
  "/docs/delivery",
  "/docs/operations",
  "/docs/signed-links",
  "/reference",
  "/reference/cache",
  "/reference/verification-keys",
  "/sign-in",
  "/sign-up",
  "/confirm",
  "/confirm?token=good",
  "/reset",
  "/reset?token=good",
  "/second-factor",
] as const;

export const PERSON_PATHS = ["/app/new", "/app/account", "/app/sessions", "/invitations/i1"] as const;

export const TENANT_PATHS = [
  "/app/acme/overview",
  "/app/acme/files",
  "/app/acme/files/big%2Fbackup.img",
  "/app/acme/assets",
  "/app/acme/assets/a1",
  "/app/acme/assets/a2",
  "/app/acme/links",
  "/app/acme/origins",
  "/app/acme/fills",
  "/app/acme/serving",
  "/app/acme/origins?prices=2",
  "/app/acme/domains",
  "/app/acme/usage",
  "/app/acme/plan",
  "/app/acme/keys",
  "/app/acme/members",
  "/app/acme/audit",
] as const;

export const OPERATOR_PATHS = [
  "/operator/status",
  "/operator/tenants",
  "/operator/tenants/globex",
  "/operator/dead-letters",
  "/operator/usage",
  "/operator/prices",
] as const;

/** Whether a page is about one thing of the samples', and there is none where those are not. */
export function isOfSamples(path: string): boolean {
  return /backup|globex|\/?assets\/a\d/.test(path);
}
