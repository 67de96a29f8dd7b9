import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgSchema, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * Who may sign in, and where they belong: tables of better-auth, in a schema of their own, so that a database role may be
 * let at these alone. Nothing but the console reads them. An organization has the id of its tenant, and no foreign key to
 * it: the tenant is the API's. https://better-auth.com/docs/concepts/database
 */
export const people = pgSchema("people");

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const made = () => moment("created_at").notNull().defaultNow();
const changed = () => moment("updated_at").notNull().defaultNow();

export const user = people.table("user", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Lower case. */
  email: text().notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text(),
  /** `operator`, or `user`; null: the same. Only an operator, or the command line, makes an operator. */
  role: text(),
  banned: boolean().default(false),
  banReason: text("ban_reason"),
  banExpires: moment("ban_expires"),
  twoFactorEnabled: boolean("two_factor_enabled").default(false),
  createdAt: made(),
  updatedAt: changed(),
});

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => user.id, { onDelete: "cascade" });

export const session = people.table(
  "session",
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: userId(),
    expiresAt: moment("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    activeOrganizationId: text("active_organization_id"),
    /** The operator who acts in the person's name. */
    impersonatedBy: text("impersonated_by"),
    createdAt: made(),
    updatedAt: changed(),
  },
  (table) => [index("session_by_user").on(table.userId)],
);

export const account = people.table(
  "account",
  {
    id: text().primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: userId(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text(),
    /** scrypt, with its salt. */
    password: text(),
    createdAt: made(),
    updatedAt: changed(),
  },
  (table) => [index("account_by_user").on(table.userId)],
);

/** What was sent by mail and is waited for. */
export const verification = people.table(
  "verification",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: made(),
    updatedAt: changed(),
  },
  (table) => [index("verification_by_identifier").on(table.identifier)],
);

export const organization = people.table("organization", {
  /** The tenant's. */
  id: text().primaryKey(),
  name: text().notNull(),
  /** The tenant's site. */
  slug: text().notNull().unique(),
  logo: text(),
  metadata: text(),
  createdAt: made(),
});

const organizationId = () =>
  text("organization_id")
    .notNull()
    .references(() => organization.id, { onDelete: "cascade" });

export const member = people.table(
  "member",
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    userId: userId(),
    role: text().notNull(),
    createdAt: made(),
  },
  (table) => [
    uniqueIndex("member_once").on(table.organizationId, table.userId),
    index("member_by_user").on(table.userId),
  ],
);

export const invitation = people.table(
  "invitation",
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    email: text().notNull(),
    role: text(),
    status: text().notNull().default("pending"),
    expiresAt: moment("expires_at").notNull(),
    inviterId: text("inviter_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: made(),
  },
  (table) => [
    index("invitation_by_organization").on(table.organizationId),
    index("invitation_by_email").on(table.email),
  ],
);

export const twoFactor = people.table(
  "two_factor",
  {
    id: text().primaryKey(),
    /** Encrypted, as are the codes, under the console's secret. */
    secret: text().notNull(),
    backupCodes: text("backup_codes").notNull(),
    userId: userId(),
    verified: boolean().default(true),
    failedVerificationCount: integer("failed_verification_count").default(0),
    lockedUntil: moment("locked_until"),
  },
  (table) => [index("two_factor_by_user").on(table.userId)],
);

/** How often an address has asked for what. */
export const rateLimit = people.table("rate_limit", {
  id: text().primaryKey().default(sql`gen_random_uuid()::text`),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
});
