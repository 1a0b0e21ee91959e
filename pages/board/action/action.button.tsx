import { Button, Loader, Tooltip, VisuallyHidden, type ButtonProps } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { reasonNot } from "./reason.words.ts";

interface ActionButtonProps extends ButtonProps {
  /** Whose lack is the reason when it cannot be pressed, as the schema's `@can` names it. */
  permission: string;
  /** What `viewerCan` says of that permission: null where it could not be asked, undefined while it is being asked. */
  may: boolean | null | undefined;
  isPending?: boolean;
  /** What a screen reader says where the label alone would be said of many things, as "Restart hello". */
  name?: string;
  onAct: () => void;
  children: ReactNode;
}

/**
 * A button for what needs a permission. Where it is lacking the button stays in its place and in the order of the
 * keyboard, and says why: a button that is `disabled` can be neither reached nor asked.
 */
export function ActionButton(props: ActionButtonProps) {
  const { permission, may, isPending = false, name, onAct, children, ...look } = props;
  const reasonId = useId();
  const reason = reasonNot(permission, may);
  const isBlocked = reason !== undefined || isPending;
  return (
    <Tooltip
      label={reason}
      disabled={reason === undefined}
      events={{ hover: true, focus: true, touch: true }}
      withArrow
    >
      <span className="action">
        <Button
          size="compact-sm"
          variant="default"
          {...look}
          leftSection={isPending ? <Loader size={14} aria-hidden /> : look.leftSection}
          {...(name === undefined ? {} : { "aria-label": name })}
          {...(isBlocked ? { "aria-disabled": true, "data-disabled": true } : {})}
          {...(reason === undefined ? {} : { "aria-describedby": reasonId })}
          aria-busy={isPending}
          onClick={(event) => {
            if (isBlocked) event.preventDefault();
            else onAct();
          }}
        >
          {children}
        </Button>
        {reason !== undefined && <VisuallyHidden id={reasonId}>{reason}</VisuallyHidden>}
      </span>
    </Tooltip>
  );
}
