CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"detail" jsonb NOT NULL,
	"address" text,
	"request_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purge_jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"selection" jsonb NOT NULL,
	"soft" boolean NOT NULL,
	"purged" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "refresh_wanted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "origin_rules" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_hosts" ADD COLUMN "state" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_hosts" ADD COLUMN "custom_hostname_id" text;--> statement-breakpoint
ALTER TABLE "tenant_hosts" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "store" text;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "large_store" text;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "large_from_bytes" bigint;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "cors" jsonb;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "resource_policy" text DEFAULT 'cross-origin' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "show_active" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purge_jobs" ADD CONSTRAINT "purge_jobs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_by_time" ON "audit_log" USING btree ("tenant_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "purge_jobs_by_age" ON "purge_jobs" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "entries_by_public_key" ON "entries" USING btree ("tenant_id","public_key" collate "C");--> statement-breakpoint
CREATE INDEX "entries_by_source" ON "entries" USING btree ("tenant_id",left("source_url", 512) collate "C");--> statement-breakpoint
CREATE INDEX "entries_by_tag" ON "entries" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "tenant_hosts_by_tenant" ON "tenant_hosts" USING btree ("tenant_id");--> statement-breakpoint
ALTER TABLE "tenant_hosts" ADD CONSTRAINT "tenant_hosts_state" CHECK ("tenant_hosts"."state" in ('pending', 'active', 'failed'));--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_large_store" CHECK (("tenants"."large_store" is null) = ("tenants"."large_from_bytes" is null));--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_resource_policy" CHECK ("tenants"."resource_policy" in ('cross-origin', 'same-site', 'same-origin'));