import { defineConfig } from "drizzle-kit";

/** Only `drizzle-kit generate` reads this: migrations are applied by `npm run migrate`, over the driver the Workers use. */
export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./src/platform/postgres/schema.ts",
    "./src/platform/postgres/schema-preload.ts",
    "./src/platform/postgres/schema-usage.ts",
    "./src/platform/postgres/schema-dead-letters.ts",
    "./src/platform/postgres/schema-billing.ts",
    "./src/platform/postgres/schema-savings.ts",
    "./src/platform/postgres/schema-assets.ts",
    "./src/platform/postgres/schema-uploads.ts",
    "./src/console/auth/schema.ts",
  ],
  out: "./migrations",
});
