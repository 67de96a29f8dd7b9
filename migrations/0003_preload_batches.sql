CREATE TABLE "preload_batch_entries" (
	"batch_id" text NOT NULL,
	"entry_id" text NOT NULL,
	CONSTRAINT "preload_batch_entries_batch_id_entry_id_pk" PRIMARY KEY("batch_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "preload_batches" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"run" integer,
	"lines" integer,
	"chunks" integer,
	"failure_code" text,
	"failure_message" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preload_chunks" (
	"batch_id" text NOT NULL,
	"chunk" integer NOT NULL,
	"rejected" integer NOT NULL,
	"errors" jsonb NOT NULL,
	CONSTRAINT "preload_chunks_batch_id_chunk_pk" PRIMARY KEY("batch_id","chunk")
);
--> statement-breakpoint
ALTER TABLE "preload_batch_entries" ADD CONSTRAINT "preload_batch_entries_batch_id_preload_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."preload_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preload_batches" ADD CONSTRAINT "preload_batches_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preload_chunks" ADD CONSTRAINT "preload_chunks_batch_id_preload_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."preload_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "preload_batches_by_age" ON "preload_batches" USING btree ("created_at");