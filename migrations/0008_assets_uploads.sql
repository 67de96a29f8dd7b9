CREATE TABLE "asset_contents" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text,
	"asset_id" text NOT NULL,
	"object_key" text NOT NULL,
	"size" bigint,
	"sha256" text,
	"stored_at" timestamp with time zone,
	"content_type" text,
	"upload_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "asset_contents_object_key_unique" UNIQUE("object_key"),
	CONSTRAINT "asset_contents_whole" CHECK (("asset_contents"."stored_at" is null) = ("asset_contents"."size" is null) and ("asset_contents"."stored_at" is null) = ("asset_contents"."sha256" is null))
);
--> statement-breakpoint
CREATE TABLE "asset_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"asset_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"max_downloads" integer,
	"downloads" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "asset_tokens_id_unique" UNIQUE("id"),
	CONSTRAINT "asset_tokens_downloads" CHECK ("asset_tokens"."downloads" <= "asset_tokens"."max_downloads")
);
--> statement-breakpoint
CREATE TABLE "asset_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"asset_id" text NOT NULL,
	"number" integer NOT NULL,
	"filename" text NOT NULL,
	"content_id" text NOT NULL,
	"is_public" boolean NOT NULL,
	"published_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assets" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"filename" text NOT NULL,
	"is_public" boolean NOT NULL,
	"content_id" text NOT NULL,
	"content_since" timestamp with time zone NOT NULL,
	"versions" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tus_uploads" (
	"upload_id" text PRIMARY KEY NOT NULL,
	"metadata" text NOT NULL,
	"concat" text,
	"tail_key" text,
	"tail_bytes" bigint DEFAULT 0 NOT NULL,
	"writer" text,
	"writer_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "upload_chunks" (
	"upload_id" text NOT NULL,
	"index" integer NOT NULL,
	"etag" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text,
	"doubtful" boolean DEFAULT false NOT NULL,
	CONSTRAINT "upload_chunks_upload_id_index_pk" PRIMARY KEY("upload_id","index")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"size" bigint NOT NULL,
	"user_id" text NOT NULL,
	"user_role" text NOT NULL,
	"content_type" text NOT NULL,
	"sha256" text,
	"asset" boolean NOT NULL,
	"chunk_bytes" bigint NOT NULL,
	"path" text NOT NULL,
	"store_upload" text,
	"token" text,
	"status" text DEFAULT 'initiated' NOT NULL,
	"etag" text,
	"file_sha256" text,
	"asset_id" text,
	"cleared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "uploads_path" UNIQUE("tenant_id","path")
);
--> statement-breakpoint
ALTER TABLE "asset_contents" ADD CONSTRAINT "asset_contents_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_tokens" ADD CONSTRAINT "asset_tokens_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_content_id_asset_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "public"."asset_contents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_content_id_asset_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "public"."asset_contents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tus_uploads" ADD CONSTRAINT "tus_uploads_upload_id_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_chunks" ADD CONSTRAINT "upload_chunks_upload_id_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_contents_by_tenant" ON "asset_contents" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "asset_contents_by_asset" ON "asset_contents" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "asset_contents_by_release" ON "asset_contents" USING btree ("released_at") WHERE "asset_contents"."released_at" is not null;--> statement-breakpoint
CREATE INDEX "asset_contents_begun" ON "asset_contents" USING btree ("created_at") WHERE "asset_contents"."stored_at" is null;--> statement-breakpoint
CREATE INDEX "asset_tokens_by_asset" ON "asset_tokens" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "asset_tokens_by_expiry" ON "asset_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "asset_versions_by_number" ON "asset_versions" USING btree ("asset_id","number");--> statement-breakpoint
CREATE INDEX "asset_versions_by_content" ON "asset_versions" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "asset_versions_by_tenant" ON "asset_versions" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "assets_by_creation" ON "assets" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "assets_by_content" ON "assets" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "uploads_open" ON "uploads" USING btree ("expires_at") WHERE "uploads"."status" in ('initiated', 'in_progress');--> statement-breakpoint
CREATE INDEX "uploads_ended" ON "uploads" USING btree ("updated_at") WHERE "uploads"."status" in ('cancelled', 'expired');