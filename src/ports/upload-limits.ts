import type { UploadLimits } from "../core/uploads/upload-limits.ts";

/** What this deployment takes. Fails open: where nobody can say, its defaults are told. Never rejects. */
export type UploadLimitsSource = { read(): Promise<UploadLimits> };
