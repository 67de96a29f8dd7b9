import { listLetters } from "../../app/dead-letters/list-letters.ts";
import { replayLetter } from "../../app/dead-letters/replay.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { answer, expectNoBody, type ManagementCall, operatorOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { deadLetterQuery, lettersToBody, replayToBody } from "../schemas/dead-letters.ts";

/** What no letter is named by may be what Postgres cannot even be asked for. */
const LETTER_ID = /^[\w-]{1,64}$/;

/** `GET /dead-letters`: messages that were given up, the newest first, for operators. */
export async function listDeadLettersRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call);
  const { cursor = null, limit } = parse(deadLetterQuery, queryOf(call.request));
  return answer(lettersToBody(await listLetters({ cursor, limit }, call.parts)));
}

/** `POST /dead-letters/{id}/replay`: sends one again, for operators. */
export async function replayDeadLetterRoute(call: ManagementCall): Promise<Response> {
  const record = await operatorOf(call);
  await expectNoBody(call);
  const { params, requestId, parts } = call;
  const id = params.id ?? "";
  if (!LETTER_ID.test(id)) throw new SnapbyteError("NOT_FOUND");
  const replayed = await replayLetter(id, requestId, parts);
  const { letter, tenant, status } = replayed;
  const { kind, key, batch } = letter;
  await record(tenant, "dead_letters.replay", { dead_letter: id, kind, key, batch, status });
  return answer(replayToBody(replayed));
}
