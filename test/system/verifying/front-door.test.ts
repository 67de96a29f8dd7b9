import { afterAll, beforeAll, describe, expect } from "vitest";
import { manage } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";
import { agree } from "./front-door/agree.ts";
import { MODES, openPlaces, PLACES, type Place, type Places } from "./front-door/places.ts";
import { materialBody } from "./origins/material-body.ts";
import { tellWhatIsLeftOut } from "./origins/start.ts";

let opened: Places | undefined;
let places: ReadonlyMap<string, Place>;

const stack = withStack(async () => {
  opened = await openPlaces();
  return opened.options;
});

beforeAll(async () => {
  if (!opened) throw new Error("the places open before the stack");
  places = await opened.furnish(stack());
  const keys = [...places.values()].flatMap(({ origin }) => origin.material.map(materialBody));
  const response = await manage(stack(), "/verification-keys", { body: { keys } });
  expect([response.status, await response.text()]).toEqual([201, expect.anything()]);
});
afterAll(async () => {
  await opened?.stop();
});

for (const name of PLACES) {
  const place = () => {
    const found = places.get(name);
    if (!found) throw new Error(`${name} was not opened`);
    return found;
  };
  describe(name, () => {
    for (const mode of MODES) describe(`under ${mode}`, () => agree(stack, place, mode));
  });
}
tellWhatIsLeftOut();
