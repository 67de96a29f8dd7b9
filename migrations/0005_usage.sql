CREATE TABLE "usage_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "usage_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"day" date NOT NULL,
	"taken" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"tenant_id" text NOT NULL,
	"day" date NOT NULL,
	"rule_id" integer NOT NULL,
	"hits" bigint,
	"misses" bigint,
	"bypass_credentials" bigint,
	"bypass_unreadable" bigint,
	"bypass_unstorable" bigint,
	"bypass_misnamed" bigint,
	"bypass_ended" bigint,
	"bypass_refused" bigint,
	"bypass_unproved" bigint,
	"bypass_unknown" bigint,
	"bypass_failed" bigint,
	"bypass_lost" bigint,
	"bypass_over_limit" bigint,
	"bypass_suspended" bigint,
	"refused_url" bigint,
	"refused_origin" bigint,
	"refused_link" bigint,
	"refused_network" bigint,
	"refused_key" bigint,
	"deliveries" bigint,
	"unchanged" bigint,
	"delivered_bytes" bigint,
	"assumed_deliveries" bigint,
	"assumed_bytes" bigint,
	"passes" bigint,
	"passed_bytes" bigint,
	"fills" bigint,
	"filled_bytes" bigint,
	"failed_fills" bigint,
	"origin_bytes" bigint,
	"purges" bigint,
	"uploads" bigint,
	"uploaded_bytes" bigint,
	"assets" bigint,
	"asset_bytes" bigint,
	CONSTRAINT "usage_days_tenant_id_day_rule_id_pk" PRIMARY KEY("tenant_id","day","rule_id")
);
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"tenant_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"entry_id" text NOT NULL,
	"rule_id" integer NOT NULL,
	"hits" bigint,
	"misses" bigint,
	"bypass_credentials" bigint,
	"bypass_unreadable" bigint,
	"bypass_unstorable" bigint,
	"bypass_misnamed" bigint,
	"bypass_ended" bigint,
	"bypass_refused" bigint,
	"bypass_unproved" bigint,
	"bypass_unknown" bigint,
	"bypass_failed" bigint,
	"bypass_lost" bigint,
	"bypass_over_limit" bigint,
	"bypass_suspended" bigint,
	"refused_url" bigint,
	"refused_origin" bigint,
	"refused_link" bigint,
	"refused_network" bigint,
	"refused_key" bigint,
	"deliveries" bigint,
	"unchanged" bigint,
	"delivered_bytes" bigint,
	"assumed_deliveries" bigint,
	"assumed_bytes" bigint,
	"passes" bigint,
	"passed_bytes" bigint,
	"fills" bigint,
	"filled_bytes" bigint,
	"failed_fills" bigint,
	"origin_bytes" bigint,
	"purges" bigint,
	"uploads" bigint,
	"uploaded_bytes" bigint,
	"assets" bigint,
	"asset_bytes" bigint,
	CONSTRAINT "usage_hours_tenant_id_hour_entry_id_rule_id_pk" PRIMARY KEY("tenant_id","hour","entry_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "usage_isolates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"batches" bigint NOT NULL,
	"last_sequence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_months" (
	"tenant_id" text NOT NULL,
	"month" date NOT NULL,
	"rule_id" integer NOT NULL,
	"hits" bigint,
	"misses" bigint,
	"bypass_credentials" bigint,
	"bypass_unreadable" bigint,
	"bypass_unstorable" bigint,
	"bypass_misnamed" bigint,
	"bypass_ended" bigint,
	"bypass_refused" bigint,
	"bypass_unproved" bigint,
	"bypass_unknown" bigint,
	"bypass_failed" bigint,
	"bypass_lost" bigint,
	"bypass_over_limit" bigint,
	"bypass_suspended" bigint,
	"refused_url" bigint,
	"refused_origin" bigint,
	"refused_link" bigint,
	"refused_network" bigint,
	"refused_key" bigint,
	"deliveries" bigint,
	"unchanged" bigint,
	"delivered_bytes" bigint,
	"assumed_deliveries" bigint,
	"assumed_bytes" bigint,
	"passes" bigint,
	"passed_bytes" bigint,
	"fills" bigint,
	"filled_bytes" bigint,
	"failed_fills" bigint,
	"origin_bytes" bigint,
	"purges" bigint,
	"uploads" bigint,
	"uploaded_bytes" bigint,
	"assets" bigint,
	"asset_bytes" bigint,
	CONSTRAINT "usage_months_tenant_id_month_rule_id_pk" PRIMARY KEY("tenant_id","month","rule_id")
);
--> statement-breakpoint
ALTER TABLE "usage_days" ADD CONSTRAINT "usage_days_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_hours" ADD CONSTRAINT "usage_hours_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_months" ADD CONSTRAINT "usage_months_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_batches_by_age" ON "usage_batches" USING btree ("at");--> statement-breakpoint
CREATE INDEX "usage_changes_by_day" ON "usage_changes" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "usage_hours_by_age" ON "usage_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "usage_isolates_by_age" ON "usage_isolates" USING btree ("last_at");