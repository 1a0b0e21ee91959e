import { expect, test } from "vitest";
import { StillUnderway, UpstreamUnavailable } from "../../src/errors.ts";
import { carryOut, type Step } from "../../src/services/workspace/steps.ts";

const never = new AbortController().signal;

/** A step that notes what is done with it. */
function noted(
  title: string,
  notes: string[],
  apply: () => Promise<void> = async () => undefined,
): Step<null> {
  return {
    title,
    apply: () => {
      notes.push(title);
      return apply();
    },
    isDone: () => true,
    undo: async () => void notes.push(`undo ${title}`),
  };
}

async function failureOf(steps: readonly Step<null>[], lost: AbortSignal) {
  return carryOut(steps, { look: async () => null, lost }).then(
    () => undefined,
    (error: unknown) => (error as { extensions: { steps: object } }).extensions.steps,
  );
}

test("once the place is lost nothing more is written, nor undone: somebody else may have written since", async () => {
  const notes: string[] = [];
  const place = new AbortController();
  const first = noted("one", notes, async () => place.abort());
  const steps = await failureOf([first, noted("two", notes)], place.signal);
  expect(notes).toEqual(["one"]);
  expect(steps).toEqual([
    { title: "one", outcome: "LEFT" },
    { title: "two", outcome: "NOT_DONE" },
  ]);
});

test("a step that failed is not tried again once the place is lost", async () => {
  const notes: string[] = [];
  const place = new AbortController();
  const failing = noted("one", notes, async () => {
    place.abort();
    throw new UpstreamUnavailable("workspace-api", "cut off");
  });
  await failureOf([{ ...failing, isDone: () => false }], place.signal);
  expect(notes).toEqual(["one"]);
});

test("while a step is under way nothing is undone, and no other is begun", async () => {
  const notes: string[] = [];
  const hanging = noted("two", notes, async () => {
    throw new StillUnderway("workspace-api", "no answer yet", Promise.resolve());
  });
  const steps = await failureOf([noted("one", notes), hanging, noted("three", notes)], never);
  expect(notes).toEqual(["one", "two"]);
  expect(steps).toMatchObject([{ outcome: "LEFT" }, { outcome: "LEFT" }, { outcome: "NOT_DONE" }]);
});

test("of steps of which one fails for good, those begun are undone, last first", async () => {
  const notes: string[] = [];
  const failing = noted("two", notes, async () => {
    throw new UpstreamUnavailable("workspace-api", "cut off");
  });
  const steps = await failureOf(
    [noted("one", notes), { ...failing, isDone: () => false }, noted("three", notes)],
    never,
  );
  expect(notes).toEqual(["one", "two", "two", "undo two", "undo one"]);
  expect(steps).toMatchObject([{ outcome: "UNDONE" }, { outcome: "UNDONE" }, { outcome: "NOT_DONE" }]);
});
