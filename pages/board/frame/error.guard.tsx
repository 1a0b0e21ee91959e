import { Component, type ReactNode } from "react";

/** A page that breaks says so and offers to begin anew, instead of going blank. */
export class ErrorGuard extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className="notice" role="alert">
        <p>The board broke, or a part of it could not be loaded.</p>
        <button type="button" onClick={() => location.reload()}>
          Load it again
        </button>
      </main>
    );
  }
}
