/** A part of ours did not answer inside its time budget; what it does goes on. */
export class BudgetExceeded extends Error {
  constructor(what: string, ms: number) {
    super(`${what} did not answer within ${ms} ms`);
    this.name = "BudgetExceeded";
  }
}

/** The promise's outcome if it settles within `ms`; rejects with {@link BudgetExceeded} after that. */
export function withinBudget<Value>(what: string, ms: number, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new BudgetExceeded(what, ms)), ms);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
