import { Field, ObjectType, registerEnumType } from "type-graphql";

/** What became of a step of a write. */
export enum StepOutcome {
  DONE = "DONE",
  UNDONE = "UNDONE",
  LEFT = "LEFT",
  NOT_DONE = "NOT_DONE",
}

registerEnumType(StepOutcome, {
  name: "StepOutcome",
  description: "What became of a step of a write.",
  valuesConfig: {
    DONE: { description: "It was done, and what is there shows it." },
    UNDONE: { description: "It was done, or may have been, and was put back as it was." },
    LEFT: { description: "It was done, or may have been, and could not be put back." },
    NOT_DONE: { description: "It was not begun." },
  },
});

@ObjectType("WriteStep", {
  description: "One of the steps that a write was made of: only what differs is written.",
  simpleResolvers: true,
})
export class WriteStep {
  @Field(() => String, { description: "What it does." })
  title!: string;

  @Field(() => StepOutcome, { description: "What became of it." })
  outcome!: StepOutcome;
}
