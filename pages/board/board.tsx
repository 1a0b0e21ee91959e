import "./board.styles.ts";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { boardTheme, boardVariables } from "./board.theme.ts";
import { ErrorGuard } from "./frame/error.guard.tsx";
import { ForWhom } from "./identity/for-whom.tsx";

/** The live board: its look, and the page of whoever looks at it. */
export function Board() {
  return (
    <MantineProvider theme={boardTheme} cssVariablesResolver={boardVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} />
      <ErrorGuard>
        <ForWhom />
      </ErrorGuard>
    </MantineProvider>
  );
}

/** Shows the board in place of what says that it is loading. */
export function mountBoard(container: HTMLElement): void {
  createRoot(container).render(
    <StrictMode>
      <Board />
    </StrictMode>,
  );
}
