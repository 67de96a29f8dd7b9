/** What `services.ts` starts and tests may use; they get it by vitest's `inject`. */
export type Services = {
  /** An embedded Postgres with all migrations applied; tests share it and keep to tenants of their own. */
  readonly database: { readonly databaseUrl: string; readonly endpoint: string };
  /** An origin that answers as test/contracts/origin-samples.ts says. */
  readonly originUrl: string;
  /** An S3 that checks signatures. */
  readonly s3: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
};

declare module "vitest" {
  interface ProvidedContext {
    services: Services;
  }
}
