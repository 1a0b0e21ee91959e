import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest: begun last, one of them would run alone in the end. */
const long = [
  "test/permissions/matrix.test.ts",
  "test/together/together.test.ts",
  "test/live/project-changed-writes.test.ts",
  "test/actualizer/breaks/cluster-breaks.test.ts",
  "test/actualizer/breaks/platform-breaks.test.ts",
  "test/graph/mutations.test.ts",
];

const isLong = ({ moduleId }: TestSpecification) => long.some((path) => moduleId.endsWith(path));

/** From both ends in turn: the first, the last, the second, the last but one. */
const mixed = <Item>(items: readonly Item[]): Item[] =>
  items.map((_, index) => items.at(index % 2 === 0 ? index / 2 : -(index + 1) / 2) as Item);

/**
 * Begins with the files that are known to take long. The others come large and small in turn: large ones wait for much,
 * and while they do, small ones keep the machine busy.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return [...usual.filter(isLong), ...mixed(usual.filter((file) => !isLong(file)))];
  }
}
