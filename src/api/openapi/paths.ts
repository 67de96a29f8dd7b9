import { assetPaths } from "./asset-paths.ts";
import { billingPaths } from "./billing-paths.ts";
import { downloadPaths } from "./download-paths.ts";
import { entryPaths } from "./entry-paths.ts";
import { answer, type Json } from "./operation-parts.ts";
import { peoplePaths } from "./people-paths.ts";
import { purgePaths } from "./purge-paths.ts";
import { settingsPaths } from "./settings-paths.ts";
import { systemPaths } from "./system-paths.ts";
import { tusPaths } from "./tus-paths.ts";
import { uploadPaths } from "./upload-paths.ts";
import { usagePaths } from "./usage-paths.ts";

/** What can be asked of the API, path by path, in the form of OpenAPI 3.1. */
export function describePaths(): Json {
  return {
    ...downloadPaths,
    ...entryPaths(),
    ...purgePaths(),
    ...settingsPaths,
    ...peoplePaths,
    ...billingPaths,
    ...usagePaths(),
    ...systemPaths,
    ...assetPaths(),
    ...uploadPaths,
    ...tusPaths,
    "/health": { get: { summary: "State of each dependency", responses: { 200: answer("", "Health") } } },
    "/openapi.json": { get: { summary: "This description", responses: { 200: { description: "OpenAPI 3.1." } } } },
  };
}
