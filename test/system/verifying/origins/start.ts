import { it } from "vitest";
import { startS3 } from "../../../setup/s3.ts";
import { azuriteOrigin } from "./azurite.ts";
import { gcsVerifyIsHere, gcsVerifyOrigin } from "./gcs-verify.ts";
import { s3Origin } from "./s3.ts";
import type { VerifyingOrigin } from "./verifying-origin.ts";

type Start = Readonly<Record<string, () => Promise<VerifyingOrigin>>>;

/** How the origins start that are here, but for S3. */
export const OTHERS: Start = { Azurite: azuriteOrigin, ...(gcsVerifyIsHere && { "gcs-verify": gcsVerifyOrigin }) };

/** The same with an S3 that needs no stack. */
export const ALL: Start = {
  "R2's S3 endpoint": async () => {
    const { settings, stop } = await startS3();
    return { ...(await s3Origin(settings)), stop };
  },
  ...OTHERS,
};

/** Call it once in a test file: says what is not tested on this machine. */
export function tellWhatIsLeftOut(): void {
  if (gcsVerifyIsHere) return;
  const leftOut = "left out: gcs-verify is not here";
  it(leftOut, () => console.info(leftOut));
}
