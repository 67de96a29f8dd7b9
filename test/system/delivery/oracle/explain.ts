import { differences, type Told } from "./compare.ts";
import type { Asked } from "./exchange.ts";
import type { OracleFile } from "./files.ts";
import { MANNERS } from "./manners.ts";
import { REASONS, type Reason } from "./reasons.ts";

/**
 * Why ours answers another thing than nginx does: the names of what must all be so, and of none that need not; `null`:
 * nothing that is listed makes it right. A reason holds only where nginx gives our very answer to the request that the
 * reason says to be meant.
 */
export async function explain(
  asked: Asked,
  { ours, nginx, file }: { readonly ours: Told; readonly nginx: Told; readonly file: OracleFile },
  askNginx: (asked: Asked) => Promise<Told>,
): Promise<readonly string[] | null> {
  const answerTo = async (reasons: readonly Reason[]) =>
    agreement(ours, await askNginx(reasons.reduce((meant, { asIf }) => asIf(meant, file) ?? meant, asked)), file);
  const mannersAlone = agreement(ours, nginx, file);
  if (mannersAlone !== null) return mannersAlone;
  let needed = touching(asked, file);
  let manners = await answerTo(needed);
  if (manners === null) return null;
  for (const reason of needed) {
    const fewer = needed.filter((each) => each !== reason);
    const agreed = await answerTo(fewer);
    if (agreed !== null) [needed, manners] = [fewer, agreed];
  }
  return [...needed.map(({ name }) => name), ...manners];
}

/** Those that make another request of it, one after the other. */
function touching(asked: Asked, file: OracleFile): readonly Reason[] {
  let meant = asked;
  return REASONS.filter(({ asIf }) => {
    const other = asIf(meant, file);
    meant = other ?? meant;
    return other !== null;
  });
}

/** The names of the manners in which ours says what nginx says; `null`: it says another thing. */
function agreement(ours: Told, nginx: Told, file: OracleFile): readonly string[] | null {
  const manners = MANNERS.filter(({ statuses }) => statuses.includes(nginx.status ?? ""));
  const reworded = manners.reduce((told, { inOurWords }) => inOurWords(told, file, ours), nginx);
  if (differences(ours, reworded).length > 0) return null;
  return differences(ours, nginx).length > 0 ? manners.map(({ name }) => name) : [];
}
