import { freePort } from "../../../../src/dev/net/listen.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import type { TestStackOptions } from "../../stack/with-stack.ts";
import { type Door, openDoor } from "../origins/door.ts";
import { s3Origin } from "../origins/s3.ts";
import { OTHERS } from "../origins/start.ts";
import type { VerifyingOrigin } from "../origins/verifying-origin.ts";

/** The access modes that prove a right by the origin's own signature. */
export const MODES = ["probe", "verify"] as const;
export type Mode = (typeof MODES)[number];

/** An origin with a door for each mode. */
export type Place = { readonly origin: VerifyingOrigin; readonly doors: Readonly<Record<Mode, Door>> };

/** The stack's own origin, which is an S3. */
const DEMO_ORIGIN = "the demo origin";
export const PLACES: readonly string[] = [DEMO_ORIGIN, ...Object.keys(OTHERS)];

export type Places = {
  /** What the stack is started with. */
  readonly options: TestStackOptions;
  /** Fills the demo origin, once the stack runs. */
  furnish(stack: Stack): Promise<ReadonlyMap<string, Place>>;
  stop(): Promise<void>;
};

/** Starts all that must be there before the stack: its rules name the doors. */
export async function openPlaces(): Promise<Places> {
  const originPort = await freePort();
  const demoDoors = await openDoors(() => openDoor(originPort));
  const places = new Map<string, Place>();
  for (const [name, start] of Object.entries(OTHERS)) {
    const origin = await start();
    places.set(name, { origin, doors: await openDoors(origin.openDoor) });
  }
  const allDoors = [demoDoors, ...[...places.values()].map(({ doors }) => doors)];
  return {
    options: { originPort, originRules: allDoors.flatMap((doors) => MODES.map((mode) => doors[mode].rule(mode))) },
    async furnish({ originCredentials }) {
      const { endpoint, bucket, accessKeyId, secretAccessKey } = originCredentials;
      const origin = await s3Origin({ endpoint, bucket, accessKeyId, secretAccessKey });
      return places.set(DEMO_ORIGIN, { origin, doors: demoDoors });
    },
    async stop() {
      await Promise.all(allDoors.flatMap((doors) => MODES.map((mode) => doors[mode].stop())));
      await Promise.all([...places.values()].map(({ origin }) => origin.stop()));
    },
  };
}

async function openDoors(open: () => Promise<Door>): Promise<Place["doors"]> {
  return { probe: await open(), verify: await open() };
}
