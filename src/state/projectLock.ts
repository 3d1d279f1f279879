/** Who may write a project: one tab at a time. */
export interface ProjectLock {
  /** Gives the project free for other tabs. */
  release(): void;
}

/** Asks for projects, one at a time each. */
export interface ProjectLocks {
  /**
   * Null where another tab has the project, unless it is taken from it.
   * @param onLost Called when another tab takes the project over.
   */
  hold(projectId: string, takeOver: boolean, onLost: () => void): Promise<ProjectLock | null>;
}

/** For a page that shares its storage with no other. */
export const noLocks: ProjectLocks = { hold: async () => ({ release: () => {} }) };

/** Locks of the browser, shared by all tabs of the app; where it has none, every tab may write. */
export function browserLocks(): ProjectLocks {
  // Only pages that came by https or from this machine have locks.
  const manager = (navigator as { readonly locks?: LockManager }).locks;
  if (!manager) return noLocks;
  return {
    hold: (projectId, takeOver, onLost) =>
      new Promise((resolve, reject) => {
        const options = takeOver ? { steal: true } : { ifAvailable: true };
        let isHeld = false;
        manager
          .request(`counterpoise-project-${projectId}`, options, (lock) => {
            if (!lock) {
              resolve(null);
              return;
            }
            isHeld = true;
            return new Promise<void>((done) => resolve({ release: done }));
          })
          .catch((error: unknown) => {
            if (isHeld) onLost();
            else reject(error);
          });
      }),
  };
}
