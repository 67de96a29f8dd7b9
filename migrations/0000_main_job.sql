CREATE TABLE "api_keys" (
	"hash" text PRIMARY KEY NOT NULL,
	"tenant_id" text,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"public_key" text NOT NULL,
	"state" text NOT NULL,
	"fence" bigint NOT NULL,
	"bound_to" text NOT NULL,
	"trusted" boolean NOT NULL,
	"source_url" text NOT NULL,
	"generation" text,
	"size" bigint,
	"content_type" text,
	"etag" text,
	"origin_etag" text,
	"sha256" text,
	"stored_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"failure_code" text,
	"failure_message" text,
	"hits" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "origin_rules" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "origin_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"scheme" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"path_prefix" text DEFAULT '/' NOT NULL,
	"access" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenant_hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"access" text DEFAULT 'probe' NOT NULL,
	"delivery" text DEFAULT 'edge' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_site_unique" UNIQUE("site")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "origin_rules" ADD CONSTRAINT "origin_rules_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_hosts" ADD CONSTRAINT "tenant_hosts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entries_by_change" ON "entries" USING btree ("tenant_id","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "entries_by_expiry" ON "entries" USING btree ("expires_at") WHERE "entries"."expires_at" is not null and "entries"."state" <> 'purged';--> statement-breakpoint
CREATE UNIQUE INDEX "origin_rules_once" ON "origin_rules" USING btree ("tenant_id","scheme","host","port","path_prefix");