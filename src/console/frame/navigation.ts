import type { Membership } from "../identity.ts";
import { may } from "../identity.ts";

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
