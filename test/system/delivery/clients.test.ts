import { describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { awsSdk } from "./clients/aws-sdk.ts";
import { withDoor } from "./clients/door.ts";
import { HERE, tellWhatIsLeftOut } from "./clients/left-out.ts";
import { pieces } from "./clients/pieces.ts";
import { players } from "./clients/players.ts";
import { CURL, resuming, WGET } from "./clients/resuming.ts";
import { withDownloads } from "./clients/samples.ts";

const stack = withStack();
const door = withDoor(stack);
const path = withDownloads();

tellWhatIsLeftOut(["curl", "wget", "aria2c", "ffmpeg", "ffprobe"]);
if (HERE.has("curl")) describe("curl -C -", () => resuming(CURL, door, path));
if (HERE.has("wget")) describe("wget -c", () => resuming(WGET, door, path));
if (HERE.has("aria2c")) describe("aria2c -x8", () => pieces(door, path));
if (HERE.has("ffmpeg") && HERE.has("ffprobe")) describe("ffprobe and ffmpeg", () => players(door, path));
describe("AWS's SDK", () => awsSdk(stack));
