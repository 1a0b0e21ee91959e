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

/** Begins with the files that are known to take long; the others come in their usual order. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return [...usual.filter(isLong), ...usual.filter((file) => !isLong(file))];
  }
}
