CREATE TABLE "dead_letters" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "dead_letters_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"tenant_id" text,
	"key" text,
	"batch_id" text,
	"attempts" integer NOT NULL,
	"failure_code" text NOT NULL,
	"failure_message" text NOT NULL,
	"url_ends_at" timestamp with time zone,
	"sealed" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"replayed_at" timestamp with time zone,
	CONSTRAINT "dead_letters_position_unique" UNIQUE("position"),
	CONSTRAINT "dead_letters_kind" CHECK ("dead_letters"."kind" in ('fill', 'manifest', 'manifest_chunk', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "billing" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"customer" text NOT NULL,
	"subscription" text,
	"state" text,
	"plan" text,
	"period_end" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"paying_since" timestamp with time zone,
	"heard_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "billing_customer_unique" UNIQUE("customer")
);
--> statement-breakpoint
CREATE TABLE "billing_events" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"heard_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "billing_reports" (
	"identifier" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"customer" text NOT NULL,
	"meter" text NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"value" bigint NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"tried_at" timestamp with time zone,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "removed_origins" (
	"tenant_id" text NOT NULL,
	"rule_id" integer NOT NULL,
	"host" text NOT NULL,
	"prices" jsonb,
	"removed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "removed_origins_tenant_id_rule_id_pk" PRIMARY KEY("tenant_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "storage_days" (
	"tenant_id" text NOT NULL,
	"day" date NOT NULL,
	"byte_seconds" numeric NOT NULL,
	"stored_bytes" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "storage_days_tenant_id_day_pk" PRIMARY KEY("tenant_id","day")
);
--> statement-breakpoint
ALTER TABLE "origin_rules" ADD COLUMN "prices" jsonb;--> statement-breakpoint
ALTER TABLE "usage_changes" ADD COLUMN "at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "dead_letters" ADD CONSTRAINT "dead_letters_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing" ADD CONSTRAINT "billing_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_events" ADD CONSTRAINT "billing_events_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_reports" ADD CONSTRAINT "billing_reports_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removed_origins" ADD CONSTRAINT "removed_origins_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_days" ADD CONSTRAINT "storage_days_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dead_letters_by_age" ON "dead_letters" USING btree ("at");--> statement-breakpoint
CREATE INDEX "dead_letters_waiting" ON "dead_letters" USING btree ("position") WHERE "dead_letters"."replayed_at" is null;--> statement-breakpoint
CREATE INDEX "dead_letters_by_tenant" ON "dead_letters" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "billing_events_by_tenant" ON "billing_events" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "billing_reports_by_day" ON "billing_reports" USING btree ("tenant_id","meter","day");--> statement-breakpoint
CREATE INDEX "billing_reports_unsent" ON "billing_reports" USING btree ("made_at") WHERE "billing_reports"."sent_at" is null;--> statement-breakpoint
CREATE INDEX "storage_days_by_age" ON "storage_days" USING btree ("at");--> statement-breakpoint
CREATE INDEX "entries_unfinished" ON "entries" USING btree ("state","updated_at") WHERE "entries"."state" in ('filling', 'failed');--> statement-breakpoint
CREATE INDEX "usage_days_by_day" ON "usage_days" USING btree ("day");