import { NavLink } from "@mantine/core";
import type { Projects } from "./use-projects.ts";
import { addressOf } from "../address.state.ts";
import { levelWords } from "../words/level.words.ts";

/** A way to one project, with what the viewer may do there. */
export function ProjectLink(props: {
  project: Projects["projects"][number];
  isHere: boolean;
  onGo: () => void;
}) {
  const { project, isHere, onGo } = props;
  return (
    <NavLink
      href={addressOf(project)}
      active={isHere}
      aria-current={isHere ? "page" : undefined}
      label={
        <>
          {project.producer} <span className="environment">{project.env}</span>
        </>
      }
      description={levelWords[project.viewerPermission]}
      onClick={onGo}
    />
  );
}
