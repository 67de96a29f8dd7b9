import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll } from "vitest";
import type { Services } from "../../../setup/provided.ts";
import { startS3 } from "../../../setup/s3.ts";

/** A store beside the stack's own, at an address of its own. */
export type OtherStore = {
  readonly settings: Services["s3"];
  /** What it holds, asked by the vendor's own SDK. */
  keys(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

/** `hidden` is only ever read by the Worker, clients may be sent to `shown`. */
export type MoreStores = {
  readonly hidden: OtherStore;
  readonly shown: OtherStore;
  /** The Workers' setting STORES. */
  readonly setting: string;
};

/** Gives the tests of this file two more stores. Call it before `withStack`, whose options may then use them. */
export function withMoreStores(): () => MoreStores {
  let running: MoreStores | undefined;
  beforeAll(async () => {
    const [hidden, shown] = await Promise.all([startStore("hidden"), startStore("shown")]);
    const setting = [
      { name: "hidden", ...hidden.settings },
      { name: "shown", ...shown.settings, presign: true },
    ];
    running = { hidden, shown, setting: JSON.stringify(setting) };
  });
  afterAll(async () => {
    await Promise.all([running?.hidden.stop(), running?.shown.stop()]);
  });
  return () => {
    if (!running) throw new Error("the stores run only while tests do");
    return running;
  };
}

async function startStore(name: string): Promise<OtherStore> {
  const { settings, stop } = await startS3({
    bucket: `bucket-of-${name}-copies`,
    accessKeyId: `KEYIDOF${name.toUpperCase()}STORE`,
    secretAccessKey: `secret-key-of-${name}-store`,
  });
  const { endpoint, bucket, ...credentials } = settings;
  const client = new S3Client({ endpoint, region: "auto", forcePathStyle: true, credentials });
  let stopped: Promise<void> | null = null;
  return {
    settings,
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = "" }) => Key);
    },
    async stop() {
      stopped ??= stop();
      await stopped;
    },
  };
}
