CREATE TABLE "link_keys" (
	"tenant_id" text NOT NULL,
	"kid" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "link_keys_tenant_id_kid_pk" PRIMARY KEY("tenant_id","kid")
);
--> statement-breakpoint
CREATE TABLE "tenant_cnames" (
	"tenant_id" text NOT NULL,
	"host" text NOT NULL,
	"bucket" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_cnames_tenant_id_host_pk" PRIMARY KEY("tenant_id","host")
);
--> statement-breakpoint
CREATE TABLE "verification_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "client_networks" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "management_networks" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "link_keys" ADD CONSTRAINT "link_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_cnames" ADD CONSTRAINT "tenant_cnames_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_keys" ADD CONSTRAINT "verification_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "verification_keys_once" ON "verification_keys" USING btree ("tenant_id","kind","name");--> statement-breakpoint
ALTER TABLE "origin_rules" ADD CONSTRAINT "origin_rules_access" CHECK ("origin_rules"."access" in ('probe', 'verify', 'signed', 'public'));--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_access" CHECK ("tenants"."access" in ('probe', 'verify', 'signed', 'public'));--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_delivery" CHECK ("tenants"."delivery" in ('edge', 'presigned'));