import { type Membership, may, type Person } from "../identity.ts";

export type Place = { readonly href: string; readonly label: string };
export type Group = { readonly label: string; readonly places: readonly Place[] };

/** The pages of a tenant, in the order in which they are needed; those that a role may not even see are left out. */
export function tenantNavigation(member: Membership): readonly Group[] {
  const at = (name: string, label: string): Place => ({
    href: `/app/${encodeURIComponent(member.tenant)}/${name}`,
    label,
  });
  const groups = [
    {
      label: "Delivery",
      places: [
        at("overview", "Overview"),
        at("files", "Files"),
        at("assets", "Assets"),
        at("links", "Links"),
        at("origins", "Origins and access"),
        at("fills", "Copies"),
        at("serving", "Serving"),
        at("domains", "Domains"),
      ],
    },
    {
      label: "Account",
      places: [
        at("usage", "Usage"),
        at("plan", "Plan and invoices"),
        ...(may(member, "keys:write") ? [at("keys", "API keys")] : []),
        at("members", "Members"),
        ...(may(member, "audit:read") ? [at("audit", "Audit log")] : []),
      ],
    },
  ];
  return groups;
}

/** A person's own pages, and the way back to where they work. */
export function personNavigation({ tenants }: Person): readonly Group[] {
  const places = tenants.map(({ tenant, name }) => ({
    href: `/app/${encodeURIComponent(tenant)}/overview`,
    label: name,
  }));
  return [
    {
      label: "You",
      places: [
        { href: "/app/account", label: "Your account" },
        { href: "/app/sessions", label: "Where you are signed in" },
      ],
    },
    { label: "Organisations", places: [...places, { href: "/app/new", label: "New organisation" }] },
  ];
}

export const OPERATOR_NAVIGATION: readonly Group[] = [
  {
    label: "Operator",
    places: [
      { href: "/operator/status", label: "System status" },
      { href: "/operator/tenants", label: "Tenants" },
      { href: "/operator/dead-letters", label: "Dead letters" },
      { href: "/operator/usage", label: "Global usage" },
      { href: "/operator/prices", label: "Price tables" },
    ],
  },
];
