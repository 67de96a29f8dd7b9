ALTER TABLE "entries" ADD COLUMN "parts_sha256" text;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "part_bytes" bigint;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "fresh_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "origin_rules" ADD COLUMN "obey_private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "fill_mode" text DEFAULT 'redirect' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "store_html" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "max_object_bytes" bigint;--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_fill_mode" CHECK ("tenants"."fill_mode" in ('redirect', 'stream', 'auto'));--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_max_object_bytes" CHECK ("tenants"."max_object_bytes" > 0);